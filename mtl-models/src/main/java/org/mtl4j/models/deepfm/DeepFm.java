package org.mtl4j.models.deepfm;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.models.component.FieldVectors;
import org.mtl4j.models.component.Layers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * DeepFM: Guo and others, "DeepFM: a factorization-machine based neural network for CTR
 * prediction", IJCAI 2017. A factorisation machine and a deep network over the same embeddings.
 * With v_f the vector of feature f and x all features side by side, this bottom gives
 *
 * <pre>
 * [ w x + b,   1/2 ((sum_f v_f)^2 - sum_f v_f^2),   MLP(x) ]
 * </pre>
 *
 * <p>side by side, squares elementwise: [B, 1 + dim + last deep width]. The paper adds the middle
 * part up into one number, the sum over pairs of v_f . v_g, for its one logit; here each task's
 * network weighs the elements itself (as He and Chua, "Neural factorization machines", SIGIR 2017,
 * do). Variables {@code linear/kernel}, {@code fields/FEATURE/kernel}, {@code deep/dense_N}.
 *
 * @param dim width of the features' vectors, 1 to 1024: features of this width are taken as they
 *     are, others through a matrix
 * @param deepLayers widths of the deep network's ReLU layers, at least one
 * @param dropout share of the deep network's activations set to 0 in training, in [0, 1)
 * @param normalization of the deep layers' sums: none, batch or layer
 */
@Summary("DeepFM (Guo and others, IJCAI 2017): products of pairs of features, and a deep network.")
public record DeepFm(
    @Default("8") int dim,
    @Default("[128]") List<Integer> deepLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements Bottom {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public DeepFm {
    dim = FieldVectors.checkDim(dim);
    deepLayers = Layers.atLeastOne("deep_layers", deepLayers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public Operand<TFloating> apply(GraphContext scope, FeatureTensors features) {
    Ops tf = scope.tf();
    Operand<TFloating> x = features.all();
    Operand<TFloating> linear = new Dense(1, Activation.LINEAR).apply(scope.scope("linear"), x);
    List<Operand<TFloating>> vectors = FieldVectors.of(scope.scope("fields"), features, dim);
    Operand<TFloating> squareOfSum = tf.math.square(WideOps.sum(tf, vectors));
    Operand<TFloating> sumOfSquares =
        WideOps.sum(tf, vectors.stream().<Operand<TFloating>>map(tf.math::square).toList());
    Operand<TFloating> pairs =
        tf.math.mul(tf.math.sub(squareOfSum, sumOfSquares), scope.constant(0.5));
    Operand<TFloating> deep =
        new Mlp(deepLayers, dropout, normalization).apply(scope.scope("deep"), x);
    return tf.concat(List.of(linear, pairs, deep), tf.constant(1));
  }
}
