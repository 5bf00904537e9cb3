package org.mtl4j.models.autoint;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.models.component.FieldVectors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.family.TFloating;

/**
 * AutoInt: Song and others, "AutoInt: automatic feature interaction learning via self-attentive
 * neural networks", CIKM 2019. Each feature is a vector e_f; in each layer every feature looks at
 * all others, per head h:
 *
 * <pre>
 * a_fg = softmax over g of (e_f Q_h) . (e_g K_h)
 * e'_f = relu([sum_g a_fg e_g V_h, heads side by side] + e_f R)
 * </pre>
 *
 * <p>The last layer's vectors side by side: [B, features * dim]. No scores are scaled and no matrix
 * has a bias, as in the paper. Variables {@code fields/FEATURE/kernel} where a feature has another
 * width, and a {@code kernel} [dim, dim] in each of {@code layer_N/query}, {@code key}, {@code
 * value} and {@code residual}. It costs the square of the number of features.
 *
 * @param dim width of the features' vectors, a multiple of the heads, 1 to 1024
 * @param layers number of layers, 1 to 16
 * @param heads number of heads
 */
@Summary("AutoInt (Song and others, CIKM 2019): self-attention between features.")
public record AutoInt(@Default("16") int dim, @Default("2") int layers, @Default("2") int heads)
    implements Bottom {
  private static final int MOST = 16;
  private static final int[] HEADS_FIRST = {0, 2, 1, 3};

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public AutoInt {
    dim = FieldVectors.checkDim(dim);
    if (layers < 1 || layers > MOST) {
      throw new IllegalArgumentException(
          "layers: expected 1 to %d, found %d".formatted(MOST, layers));
    }
    if (heads < 1 || dim % heads != 0) {
      throw new IllegalArgumentException(
          "heads: expected a divisor of dim, %d, found %d".formatted(dim, heads));
    }
  }

  @Override
  public Operand<TFloating> apply(GraphContext scope, FeatureTensors features) {
    Ops tf = scope.tf();
    List<Operand<TFloating>> vectors = FieldVectors.of(scope.scope("fields"), features, dim);
    int fields = vectors.size();
    Operand<TFloating> flat = places(tf, WideOps.stack(tf, vectors, 1));
    for (int layer = 1; layer <= layers; layer++) {
      GraphContext own = scope.scope("layer_" + layer);
      Operand<TFloating> residual = times(own, "residual", flat);
      flat = own.tf().nn.relu(own.tf().math.add(attended(own, flat, fields), residual));
    }
    return tf.reshape(flat, tf.constant(new int[] {-1, fields * dim}));
  }

  /** [B * features, dim], of as many. */
  private Operand<TFloating> attended(GraphContext scope, Operand<TFloating> flat, int fields) {
    Ops tf = scope.tf();
    Operand<TFloating> queries = heads(scope, "query", flat, fields);
    Operand<TFloating> keys = heads(scope, "key", flat, fields);
    Operand<TFloating> values = heads(scope, "value", flat, fields);
    Class<TFloating> type = queries.type();
    Operand<TFloating> scores = tf.train.batchMatMul(queries, keys, type, BatchMatMul.adjY(true));
    Operand<TFloating> sums = tf.train.batchMatMul(tf.nn.softmax(scores), values, type);
    return places(tf, tf.linalg.transpose(sums, tf.constant(HEADS_FIRST)));
  }

  /** A product of every feature, cut into heads: [B, heads, features, dim / heads]. */
  private Operand<TFloating> heads(
      GraphContext scope, String name, Operand<TFloating> flat, int fields) {
    Ops tf = scope.tf();
    Operand<TFloating> cut =
        tf.reshape(
            times(scope, name, flat), tf.constant(new int[] {-1, fields, heads, dim / heads}));
    return tf.linalg.transpose(cut, tf.constant(HEADS_FIRST));
  }

  private Operand<TFloating> places(Ops tf, Operand<TFloating> x) {
    return tf.reshape(x, tf.constant(new int[] {-1, dim}));
  }

  private Operand<TFloating> times(GraphContext scope, String name, Operand<TFloating> x) {
    GraphContext own = scope.scope(name);
    return own.tf()
        .linalg
        .matMul(x, own.variable("kernel", Shape.of(dim, dim), Initializer.glorotUniform(dim, dim)));
  }
}
