package org.mtl4j.models.dselectk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.ExpertOutputs;
import org.mtl4j.models.component.Experts;
import org.mtl4j.models.component.Gates;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.Regularized;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Differentiable selection of k experts: Hazimeh and others, "DSelect-k: differentiable selection
 * in the mixture of experts with applications to multi-task learning", NeurIPS 2021. {@code mmoe}
 * with gates that end with k experts a task, without a step at which one is dropped at once:
 *
 * <pre>
 * y_t = head_t(h_t(sum_e g_t(e) f_e(x)))
 * loss = entropy * sum over tasks of the mean over rows of the selectors' entropies
 * </pre>
 *
 * <p>g_t is a {@link Selection}; the entropy's mean is over the rows that have a say in the task. x
 * [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). Probes:
 * {@code expert/N} [B, last width], {@code gate/TASK} [B, experts]. Every expert is computed for
 * every row, those of weight 0 too. Take it to see which experts tasks share, or where many experts
 * blur into one; its gates learn more slowly than those of {@code mmoe}.
 *
 * @param experts number of experts, 2 to 1024
 * @param expertLayers widths of an expert's ReLU layers, at least one
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 * @param selection selectors a task, and how they choose
 */
@Summary("DSelect-k (Hazimeh and others, NeurIPS 2021): gates that end with k experts a task.")
public record DselectK(
    @Default("8") int experts,
    @Default("[64]") List<Integer> expertLayers,
    @Default("[16]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization,
    @Default("{selectors: 2, per_example: true, gamma: 1, entropy: 0}") Selection selection)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public DselectK {
    if (experts == 1) {
      throw new IllegalArgumentException("experts: expected 2 to 1024, found 1");
    }
    dropout = Layers.dropout(dropout);
    expertLayers = new Experts(experts, expertLayers, dropout, normalization).layers();
    towerLayers = Layers.checked("tower_layers", towerLayers);
    if (selection.selectors() > experts) {
      throw new IllegalArgumentException(
          "selection: expected at most as many selectors as experts, %d, found %d"
              .formatted(experts, selection.selectors()));
    }
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("dselect_k");
    Operand<TFloating> x = inputs.features().all();
    ExpertOutputs outputs =
        new Experts(experts, expertLayers, dropout, normalization).apply(scope.scope("experts"), x);
    Map<String, Probe> probes = new LinkedHashMap<>();
    for (Operand<TFloating> output : outputs.each(scope.scope("probes"))) {
      probes.put("expert/" + (probes.size() + 1), new Probe.Expert(output));
    }
    List<String> names = List.copyOf(probes.keySet());
    List<ModelLoss.Regularizer> losses = new ArrayList<>();
    Map<String, Operand<TFloating>> mixed = new LinkedHashMap<>();
    for (FittedTask task : context.tasks()) {
      GraphContext own = scope.scope("gate_" + task.name());
      Selection.Gate gate = selection.apply(own, x, experts);
      Operand<TFloating> weights = everyRow(own.tf(), gate.weights(), x);
      probes.put("gate/" + task.name(), new Probe.Gate(task.name(), names, weights));
      mixed.put(task.name(), outputs.mix(own, weights));
      if (own.isTraining() && selection.entropy() > 0) {
        Operand<TFloating> say = Gates.rowsWithASay(own, inputs, List.of(task));
        losses.add(new ModelLoss.Regularizer(own.path() + "/entropy", loss(own, gate, say)));
      }
    }
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return ModelOutputs.of(
            towers.apply(context, task -> mixed.get(task.name())), Set.of("dselect_k/experts"))
        .withProbes(probes)
        .withLosses(Regularized.losses(context.tasks(), losses));
  }

  /** The weights of a gate [B, experts], if they are the same for all rows once a row. */
  private Operand<TFloating> everyRow(Ops tf, Operand<TFloating> weights, Operand<TFloating> x) {
    if (selection.perExample()) {
      return weights;
    }
    var rows = tf.gather(tf.shape(x), tf.constant(0), tf.constant(0));
    return tf.tile(weights, tf.stack(List.of(rows, tf.constant(1))));
  }

  private Operand<TFloating> loss(GraphContext scope, Selection.Gate gate, Operand<TFloating> say) {
    return scope
        .tf()
        .math
        .mul(Gates.mean(scope, gate.entropy(), say), scope.constant(selection.entropy()));
  }
}
