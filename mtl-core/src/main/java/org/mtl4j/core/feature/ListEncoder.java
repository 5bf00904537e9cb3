package org.mtl4j.core.feature;

import java.util.function.Function;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.ListPooling;
import org.mtl4j.core.graph.sequence.Convolution;
import org.mtl4j.core.graph.sequence.Gru;
import org.mtl4j.core.graph.sequence.History;
import org.mtl4j.core.graph.sequence.Lstm;
import org.mtl4j.core.graph.sequence.SelfAttention;
import org.mtl4j.core.graph.sequence.TargetAttention;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.SequenceEncoder;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.core.schema.TextFeature;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** Makes one vector of a list's embedded values, in training and in an export alike. */
final class ListEncoder {
  /**
   * A list's embedded values.
   *
   * @param values their rows [B, L, dim]
   * @param weights [B, L], what a value weighs, 1 without weights; 0 for padding
   */
  record Embedded(Operand<TFloating> values, Operand<TFloating> weights) {}

  private final GraphContext context;
  private final FittedList feature;
  private final Function<String, Operand<TFloating>> single;

  /**
   * An encoder in the feature's own scope.
   *
   * @param single the vector of a feature with one value by its name: what a history is asked by
   */
  ListEncoder(
      GraphContext context, FittedList feature, Function<String, Operand<TFloating>> single) {
    this.context = context;
    this.feature = feature;
    this.single = single;
  }

  /** Whether the encoder lays its steps out in the graph, and so takes lists of one length only. */
  static boolean isWhole(FittedList feature) {
    return feature.spec() instanceof SequenceFeature sequence
        && (sequence.encoder() instanceof SequenceEncoder.Gru
            || sequence.encoder() instanceof SequenceEncoder.Lstm);
  }

  /** The list as a block of one feature. */
  FeatureTensors.Block block(Embedded list) {
    var tf = context.tf();
    Operand<TFloating> vector =
        tf.reshape(
            encode(list.values(), list.weights()), tf.constant(new int[] {-1, feature.width()}));
    return FeatureTensors.Block.of(vector, feature, feature.width());
  }

  private Operand<TFloating> encode(Operand<TFloating> values, Operand<TFloating> weights) {
    if (feature.spec() instanceof MultiCategoricalFeature list) {
      return new ListPooling(context).pool(values, weights, list.pooling());
    }
    if (feature.spec() instanceof TextFeature text) {
      return new ListPooling(context).pool(values, weights, text.pooling());
    }
    int dim = feature.values().spec().dim();
    // A history's values have no weights: 1 or, for padding, 0.
    History history = new History(values, weights, feature.length(), dim);
    return encode(((SequenceFeature) feature.spec()).encoder(), history);
  }

  private Operand<TFloating> encode(SequenceEncoder encoder, History history) {
    if (encoder instanceof SequenceEncoder.Gru gru) {
      return new Gru(gru.units()).apply(context, history);
    }
    if (encoder instanceof SequenceEncoder.Lstm lstm) {
      return new Lstm(lstm.units()).apply(context, history);
    }
    if (encoder instanceof SequenceEncoder.Convolution filter) {
      return new Convolution(filter.filters(), filter.window()).apply(context, history);
    }
    if (encoder instanceof SequenceEncoder.TargetAttention target) {
      Operand<TFloating> query = single.apply(target.query());
      return new TargetAttention(target.units()).apply(context, history, query);
    }
    if (encoder instanceof SequenceEncoder.SelfAttention self) {
      return new SelfAttention(self.heads()).apply(context, history);
    }
    if (encoder instanceof SequenceEncoder.Mean) {
      return new ListPooling(context).pool(history.values(), history.mask(), Pooling.MEAN);
    }
    throw new IllegalStateException("there is no layer for the encoder " + encoder);
  }
}
