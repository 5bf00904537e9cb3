package org.mtl4j.models.sluice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.Regularized;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Sluice networks: Ruder, Bingel, Augenstein and Sogaard, "Latent multi-task architecture
 * learning", AAAI 2019, on fully connected layers. Each task has a network of its own, whose layers
 * are cut in two subspaces, one to share and one to keep. After layer k, weights alpha mix the 2 T
 * subspaces of all tasks; behind the last layer, weights beta mix a task's layers:
 *
 * <pre>
 * h~_(t,i,k) = sum over tasks s and subspaces j of alpha_k[(t,i), (s,j)] h_(s,j,k)
 * y_t        = head_t(sum_k beta_(t,k) h~_(t,k))
 * loss       = sum_t loss_t + orthogonality * sum over t, k of |G1_(t,k)' G2_(t,k)|^2
 * </pre>
 *
 * <p>G1 and G2 are the columns of a layer's kernel that make its first and its second subspace: the
 * squared Frobenius norm keeps the two from saying the same. alpha_k [2 T, 2 T] starts with {@code
 * keep} on the diagonal and (1 - keep) / (2 T - 1) elsewhere, beta [T, layers] with 1 / layers. As
 * beta adds layers up, all have one width. x [B, width of all features] to a logit [B] a task ([B,
 * classes] for a multiclass one). Probes: {@code alpha/LAYER} [2 T, 2 T], a task's subspaces side
 * by side, and {@code beta} [T, layers].
 *
 * <p>With alpha the identity and beta on the last layer it is a network a task. Use it where it is
 * not known which tasks go together, and in which layers; it costs T networks, so that with many
 * tasks experts are cheaper. The paper's networks are recurrent taggers; there, too, one width.
 *
 * @param layers widths of each task's ReLU layers, at least one, all equal and even
 * @param keep first weight of a subspace's own activations, in (0, 1]
 * @param orthogonality factor of the term that keeps subspaces apart, at least 0
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "Sluice networks (Ruder and others, AAAI 2019): what is shared is learnt, by subspace and layer.")
public record Sluice(
    @Default("[128, 128]") List<Integer> layers,
    @Default("0.9") double keep,
    @Default("0.001") double orthogonality,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  private static final int SUBSPACES = 2;

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Sluice {
    layers = Layers.atLeastOne("layers", layers);
    if (layers.stream().distinct().count() > 1 || layers.get(0) % SUBSPACES != 0) {
      throw new IllegalArgumentException("layers: expected equal, even widths, found " + layers);
    }
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("keep: expected above 0 and at most 1, found " + keep);
    }
    orthogonality = Regularized.strength("orthogonality", orthogonality);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("sluice");
    List<FittedTask> tasks = context.tasks();
    List<Operand<TFloating>> hidden = new ArrayList<>();
    tasks.forEach(task -> hidden.add(inputs.features().all()));
    List<List<Operand<TFloating>>> byLayer = new ArrayList<>();
    Map<String, Probe> probes = new LinkedHashMap<>();
    for (int layer = 1; layer <= layers.size(); layer++) {
      for (int t = 0; t < tasks.size(); t++) {
        GraphContext own = own(scope, tasks.get(t), layer);
        Dense dense = new Dense(layers.get(layer - 1), Activation.RELU, normalization);
        hidden.set(t, own.dropout(dense.apply(own, hidden.get(t)), dropout));
      }
      probes.put("alpha/" + layer, new Probe.Weights(mix(scope.scope("mix_" + layer), hidden)));
      byLayer.add(List.copyOf(hidden));
    }
    Initializer first = new Initializer.Constant(1.0 / layers.size());
    Operand<TFloating> beta = scope.variable("beta", Shape.of(tasks.size(), layers.size()), first);
    probes.put("beta", new Probe.Weights(beta));
    List<OutputTensor> logits = new ArrayList<>();
    for (Operand<TFloating> row : scope.tf().unstack(beta, (long) tasks.size())) {
      int t = logits.size();
      List<Operand<TFloating>> own = byLayer.stream().map(layer -> layer.get(t)).toList();
      logits.add(TaskHead.logit(context.graph(), tasks.get(t), sum(scope.tf(), row, own)));
    }
    return ModelOutputs.of(logits, Set.of("sluice"))
        .withLosses(Regularized.losses(tasks, overlap(scope, tasks)))
        .withProbes(probes);
  }

  private static GraphContext own(GraphContext scope, FittedTask task, int layer) {
    return scope.scope("task_" + task.name()).scope("dense_" + layer);
  }

  /** How much the subspaces of all layers have in common. */
  private ModelLoss.Regularizer overlap(GraphContext scope, List<FittedTask> tasks) {
    Ops tf = scope.tf();
    List<Operand<TFloating>> terms = new ArrayList<>();
    for (FittedTask task : tasks) {
      for (int layer = 1; layer <= layers.size(); layer++) {
        Operand<TFloating> kernel = own(scope, task, layer).variable("kernel");
        var halves = tf.split(tf.constant(1), kernel, (long) SUBSPACES).iterator();
        Operand<TFloating> first =
            tf.linalg.transpose(halves.next(), tf.constant(new int[] {1, 0}));
        terms.add(Regularized.squares(tf, tf.linalg.matMul(first, halves.next())));
      }
    }
    return new ModelLoss.Regularizer(
        "orthogonality", tf.math.mul(WideOps.sum(tf, terms), scope.constant(orthogonality)));
  }

  /** Mixes the tasks' subspaces in place and gives the weights [2 T, 2 T]. */
  private Operand<TFloating> mix(GraphContext scope, List<Operand<TFloating>> hidden) {
    Ops tf = scope.tf();
    int parts = SUBSPACES * hidden.size();
    Operand<TFloating> alpha =
        scope.variable("alpha", Shape.of(parts, parts), new Initializer.Diagonal(parts, keep));
    List<Operand<TFloating>> halves = new ArrayList<>();
    for (Operand<TFloating> task : hidden) {
      tf.split(tf.constant(1), task, (long) SUBSPACES).forEach(halves::add);
    }
    List<Operand<TFloating>> mixed = new ArrayList<>();
    tf.unstack(weighted(tf, alpha, halves), (long) parts).forEach(mixed::add);
    for (int t = 0; t < hidden.size(); t++) {
      hidden.set(t, tf.concat(mixed.subList(SUBSPACES * t, SUBSPACES * (t + 1)), tf.constant(1)));
    }
    return alpha;
  }

  /** What weights [n] make of n tensors [B, width]: one such tensor. */
  private static Operand<TFloating> sum(
      Ops tf, Operand<TFloating> weights, List<Operand<TFloating>> tensors) {
    Operand<TFloating> row = tf.reshape(weights, tf.constant(new int[] {1, tensors.size()}));
    int width = GraphContext.width(tensors.get(0));
    return tf.reshape(weighted(tf, row, tensors), tf.constant(new int[] {-1, width}));
  }

  /** What weights [m, n] make of n tensors [B, width]: [m, B, width]. */
  private static Operand<TFloating> weighted(
      Ops tf, Operand<TFloating> weights, List<Operand<TFloating>> tensors) {
    int width = GraphContext.width(tensors.get(0));
    Operand<TFloating> flat =
        tf.reshape(WideOps.stack(tf, tensors, 0), tf.constant(new int[] {tensors.size(), -1}));
    int rows = Math.toIntExact(weights.asOutput().shape().get(0));
    return tf.reshape(tf.linalg.matMul(weights, flat), tf.constant(new int[] {rows, -1, width}));
  }
}
