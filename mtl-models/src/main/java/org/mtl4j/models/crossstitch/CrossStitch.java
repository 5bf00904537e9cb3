package org.mtl4j.models.crossstitch;

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
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Cross-stitch networks: Misra and others, "Cross-stitch networks for multi-task learning", CVPR
 * 2016, on fully connected layers. Each task has a network of its own; after each layer a unit
 * mixes the T tasks' activations unit by unit with one learnt weight a pair of tasks:
 *
 * <pre>
 * h~_t = sum_s a_(t,s) h_s
 * </pre>
 *
 * <p>a [T, T] starts with {@code keep} on the diagonal and (1 - keep) / (T - 1) elsewhere. The
 * paper also tries weights a channel; these are its weights a layer. x [B, width of all features]
 * to a logit [B] a task ([B, classes] for a multiclass one). Probes: {@code stitch/LAYER} [T, T].
 * It costs T networks; with many tasks prefer experts.
 *
 * @param layers widths of each task's ReLU layers, at least one
 * @param keep first weight of a task's own activations, in (0, 1]
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "Cross-stitch networks (Misra and others, CVPR 2016): a network a task, mixed layer by layer.")
public record CrossStitch(
    @Default("[128, 64]") List<Integer> layers,
    @Default("0.9") double keep,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public CrossStitch {
    layers = Layers.atLeastOne("layers", layers);
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("keep: expected above 0 and at most 1, found " + keep);
    }
    dropout = Layers.dropout(dropout);
  }

  /** A model that does not normalise. */
  public CrossStitch(List<Integer> layers, double keep, double dropout) {
    this(layers, keep, dropout, Normalization.NONE);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("cross_stitch");
    List<FittedTask> tasks = context.tasks();
    List<Operand<TFloating>> hidden = new ArrayList<>();
    tasks.forEach(task -> hidden.add(inputs.features().all()));
    Map<String, Probe> probes = new LinkedHashMap<>();
    for (int layer = 1; layer <= layers.size(); layer++) {
      for (int t = 0; t < tasks.size(); t++) {
        GraphContext own = scope.scope("task_" + tasks.get(t).name()).scope("dense_" + layer);
        Dense dense = new Dense(layers.get(layer - 1), Activation.RELU, normalization);
        hidden.set(t, own.dropout(dense.apply(own, hidden.get(t)), dropout));
      }
      GraphContext unit = scope.scope("stitch_" + layer);
      probes.put("stitch/" + layer, new Probe.Weights(stitch(unit, hidden)));
    }
    List<OutputTensor> logits = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      logits.add(TaskHead.logit(context.graph(), tasks.get(t), hidden.get(t)));
    }
    return ModelOutputs.of(logits, Set.of("cross_stitch")).withProbes(probes);
  }

  /** Mixes the tasks' activations in place and gives the unit's weights [T, T]. */
  private Operand<TFloating> stitch(GraphContext scope, List<Operand<TFloating>> hidden) {
    Ops tf = scope.tf();
    int tasks = hidden.size();
    Operand<TFloating> weights =
        scope.variable("weights", Shape.of(tasks, tasks), new Initializer.Diagonal(tasks, keep));
    Operand<TFloating> stacked = WideOps.stack(tf, hidden, 0);
    Operand<TFloating> flat = tf.reshape(stacked, tf.constant(new int[] {tasks, -1}));
    Operand<TFloating> mixed = tf.linalg.matMul(weights, flat);
    int width = GraphContext.width(hidden.get(0));
    Operand<TFloating> unflat = tf.reshape(mixed, tf.constant(new int[] {tasks, -1, width}));
    int t = 0;
    for (Operand<TFloating> task : tf.unstack(unflat, (long) tasks)) {
      hidden.set(t++, task);
    }
    return weights;
  }
}
