package org.mtl4j.experiment.online;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedCross;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.Vocabulary;

/**
 * A model's features with the tokens that newer rows brought, behind those that it knew, which keep
 * their ids unless some are forgotten. Scales, cuts, lengths of lists and vectors of files stay.
 */
final class PipelineExtension {
  private final Map<String, Vocabulary> known = new LinkedHashMap<>();
  private final Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
  private final Map<String, Decision.Tokens> changes = new LinkedHashMap<>();
  private final FeaturePipeline pipeline;

  /**
   * Extends features.
   *
   * @param model the model's
   * @param newer what the newer rows teach by themselves
   * @param forgotten per table which ids' tokens go
   */
  PipelineExtension(
      FeaturePipeline model, List<FittedFeature> newer, Map<String, IntPredicate> forgotten) {
    Map<String, FittedCategorical> brought = new LinkedHashMap<>();
    newer.forEach(feature -> values(feature).ifPresent(v -> brought.put(v.spec().table(), v)));
    for (FittedFeature feature : model.features()) {
      values(feature)
          .filter(values -> !vocabularies.containsKey(values.spec().table()))
          .ifPresent(
              values -> {
                String table = values.spec().table();
                IntPredicate goes = forgotten.getOrDefault(table, id -> false);
                extend(values, brought.get(table), goes);
              });
    }
    pipeline =
        new FeaturePipeline(model.features().stream().map(this::extended).toList(), model.served());
  }

  /** How a feature's tokens become ids, if it has learnt some. */
  private static Optional<FittedCategorical> values(FittedFeature feature) {
    FittedCategorical values =
        feature instanceof FittedCategorical own
            ? own
            : feature instanceof FittedCross cross
                ? cross.joined()
                : feature instanceof FittedList list ? list.values() : null;
    return Optional.ofNullable(values).filter(found -> found.vocabulary().isPresent());
  }

  private void extend(FittedCategorical values, FittedCategorical newer, IntPredicate goes) {
    Vocabulary before = values.vocabulary().orElseThrow();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < before.tokens().size(); i++) {
      if (!goes.test(i + Vocabulary.FIRST_TOKEN)) {
        tokens.add(before.tokens().get(i));
      }
    }
    int kept = tokens.size();
    Set<String> there = new HashSet<>(tokens);
    int most = ((CategoricalFeature.Learnt) values.spec().ids()).maxSize();
    for (String token : newer.vocabulary().orElseThrow().tokens()) {
      if (tokens.size() < most && there.add(token)) {
        tokens.add(token);
      }
    }
    String table = values.spec().table();
    boolean same = tokens.equals(before.tokens());
    known.put(table, before);
    vocabularies.put(table, same ? before : new Vocabulary(tokens));
    changes.put(
        table,
        new Decision.Tokens(
            before.tokens().size(), tokens.size() - kept, before.tokens().size() - kept));
  }

  private FittedFeature extended(FittedFeature feature) {
    if (feature instanceof FittedCategorical own) {
      return extended(own);
    }
    if (feature instanceof FittedCross cross) {
      return new FittedCross(cross.spec(), extended(cross.joined()), cross.missing());
    }
    return feature instanceof FittedList list
        ? new FittedList(list.spec(), extended(list.values()), list.length(), list.missing())
        : feature;
  }

  private FittedCategorical extended(FittedCategorical values) {
    return values.vocabulary().isEmpty()
        ? values
        : new FittedCategorical(
            values.spec(), Optional.of(vocabularies.get(values.spec().table())), values.missing());
  }

  /** The features. */
  FeaturePipeline pipeline() {
    return pipeline;
  }

  /** Per table what became of its tokens. */
  Map<String, Decision.Tokens> changes() {
    return changes;
  }

  /** Per table the tokens that the model knew. */
  Map<String, Vocabulary> before() {
    return known;
  }

  /** Per table its tokens now. */
  Map<String, Vocabulary> after() {
    return vocabularies;
  }
}
