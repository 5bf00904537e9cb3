package org.mtl4j.core.feature;

import static org.mtl4j.core.schema.Vocabulary.MISSING;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.TextRule;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TFloating;

/** {@link FittedIds#encode} and {@link FittedList#encode} in a graph. */
final class IdTwins {
  private final GraphContext context;
  private final RawPlaceholders raw;
  private final IdTwin tokens;

  /**
   * Twins over raw inputs.
   *
   * @param tokens looks values up
   */
  IdTwins(GraphContext context, RawPlaceholders raw, IdTwin tokens) {
    this.context = context;
    this.raw = raw;
    this.tokens = tokens;
  }

  /** Per id column of a feature its ids [B]. */
  List<Operand<TInt64>> ids(FittedIds feature) {
    Ops tf = context.scope(feature.name()).tf();
    if (feature instanceof FittedCategorical categorical) {
      return List.of(tokens.ids(tf, categorical, raw.text(feature.name()), MISSING));
    }
    if (feature instanceof FittedBuckets buckets) {
      return List.of(new BucketTwin(tf).ids(buckets, raw.number(feature.name())));
    }
    if (feature instanceof FittedCross cross) {
      List<Operand<TString>> values =
          cross.spec().of().stream().map(value -> raw.text(value.name())).toList();
      return List.of(tokens.ids(tf, cross, values));
    }
    if (feature instanceof FittedPretrained vectors) {
      return List.of(tokens.ids(tf, vectors.values(), raw.text(feature.name()), MISSING));
    }
    if (feature instanceof FittedTimeIds time) {
      return new TimeTwin(tf).ids(time.spec(), raw.time(feature.name()));
    }
    throw new IllegalStateException("there is no twin of " + feature);
  }

  /**
   * A list.
   *
   * @param ids [B, length]
   * @param weights [B, length], if it has such
   */
  record ListTensors(Operand<TInt64> ids, Optional<Operand<TFloating>> weights) {}

  /** The ids and weights of a list. */
  ListTensors list(FittedList feature) {
    Ops tf = context.scope(feature.name()).tf();
    Operand<TString> texts = texts(tf, feature);
    if (feature.spec().weight().isEmpty()) {
      Operand<TInt64> ids = tokens.ids(tf, feature.values(), texts, ListColumns.PADDING);
      return new ListTensors(ids, Optional.empty());
    }
    WeightTwin weight = new WeightTwin(tf, feature.spec().weight().get());
    Operand<TInt64> ids =
        tokens.ids(tf, feature.values(), weight.values(texts), ListColumns.PADDING);
    return new ListTensors(ids, Optional.of(context.toFloating(weight.weights(texts, ids))));
  }

  /** The values of a list, with their weights: [B, length]. */
  private Operand<TString> texts(Ops tf, FittedList feature) {
    Operand<TString> whole = IdTwin.withoutMissing(tf, feature.missing(), raw.text(feature.name()));
    return feature.spec().list() instanceof ListRule rule
        ? new ListTwin(tf, rule, feature.length()).values(whole)
        : new TextTwin(tf, (TextRule) feature.spec().list(), feature.length()).values(whole);
  }
}
