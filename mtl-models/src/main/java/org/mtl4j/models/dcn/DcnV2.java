package org.mtl4j.models.dcn;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.models.component.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Deep and cross network v2: Wang and others, "DCN V2: improved deep and cross network and
 * practical lessons for web-scale learning to rank systems", WWW 2021. L cross layers multiply all
 * features x_0 with each other, up to products of L + 1 of them:
 *
 * <pre>
 * x_(l+1) = x_0 * (W_l x_l + b_l) + x_l
 * </pre>
 *
 * <p>elementwise; with a {@code rank} W_l is U_l V_l, of [width, rank] and [rank, width], which the
 * paper found to lose little. x_0 [B, width] to [B, width + last deep width], the crosses beside a
 * deep network over x_0 (the paper's parallel structure), or the crosses alone without deep layers.
 * Variables {@code cross_N/kernel} [width, width] and {@code bias}, with a rank {@code
 * cross_N/down/kernel} and {@code cross_N/up/kernel}; {@code deep/dense_N}.
 *
 * @param crosses number of cross layers, 1 to 16
 * @param rank of the cross layers' matrices; 0: full
 * @param deepLayers widths of the deep network's ReLU layers; none: no deep network
 * @param dropout share of the deep network's activations set to 0 in training, in [0, 1)
 * @param normalization of the deep layers' sums: none, batch or layer
 */
@Summary("DCN V2 (Wang and others, WWW 2021): learnt products of features beside a deep network.")
public record DcnV2(
    @Default("2") int crosses,
    @Default("0") int rank,
    @Default("[]") List<Integer> deepLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements Bottom {
  private static final int MOST = 16;

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public DcnV2 {
    if (crosses < 1 || crosses > MOST) {
      throw new IllegalArgumentException(
          "crosses: expected 1 to %d, found %d".formatted(MOST, crosses));
    }
    if (rank < 0) {
      throw new IllegalArgumentException("rank: expected at least 0, found " + rank);
    }
    deepLayers = Layers.checked("deep_layers", deepLayers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public Operand<TFloating> apply(GraphContext scope, FeatureTensors features) {
    Ops tf = scope.tf();
    Operand<TFloating> first = features.all();
    Operand<TFloating> x = first;
    for (int layer = 1; layer <= crosses; layer++) {
      Operand<TFloating> sums = sums(scope.scope("cross_" + layer), x);
      x = tf.math.add(tf.math.mul(first, sums), x);
    }
    if (deepLayers.isEmpty()) {
      return x;
    }
    Operand<TFloating> deep =
        new Mlp(deepLayers, dropout, normalization).apply(scope.scope("deep"), first);
    return tf.concat(List.of(x, deep), tf.constant(1));
  }

  private Operand<TFloating> sums(GraphContext scope, Operand<TFloating> x) {
    Ops tf = scope.tf();
    int width = GraphContext.width(x);
    Operand<TFloating> bias = scope.variable("bias", Shape.of(width), Initializer.zeros());
    Operand<TFloating> product =
        rank == 0
            ? times(scope, "kernel", x, width)
            : times(
                scope.scope("up"), "kernel", times(scope.scope("down"), "kernel", x, rank), width);
    return tf.nn.biasAdd(product, bias);
  }

  private static Operand<TFloating> times(
      GraphContext scope, String name, Operand<TFloating> x, int units) {
    int in = GraphContext.width(x);
    return scope
        .tf()
        .linalg
        .matMul(x, scope.variable(name, Shape.of(in, units), Initializer.glorotUniform(in, units)));
  }
}
