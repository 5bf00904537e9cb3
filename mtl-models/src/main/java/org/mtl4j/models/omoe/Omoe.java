package org.mtl4j.models.omoe;

import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.models.component.ExpertOutputs;
import org.mtl4j.models.component.Experts;
import org.mtl4j.models.component.Gates;
import org.mtl4j.models.component.Gating;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * One-gate mixture-of-experts: the baseline beside MMoE in Ma and others, "Modeling task
 * relationships in multi-task learning with multi-gate mixture-of-experts", KDD 2018, after Jacobs
 * and others 1991. All tasks mix the experts f_i alike:
 *
 * <pre>
 * g(x) = softmax(W x),   y_t = head_t(h_t(sum_i g(x)_i f_i(x)))
 * </pre>
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one).
 * Probes: {@code expert/N} [B, last width], and the gate as {@code gate/TASK} [B, experts] of every
 * task. It has a bias, as those of {@code mmoe} have; the paper's has none. Take it to see what a
 * gate a task is worth; it is a larger shared bottom, and tasks that conflict do so here, too.
 *
 * @param experts number of experts, 1 to 1024
 * @param expertLayers widths of an expert's ReLU layers, at least one
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 * @param gating temperature, load balancing and expert dropout
 */
@Summary(
    "One-gate mixture-of-experts (Ma and others, KDD 2018): experts mixed alike for all tasks.")
public record Omoe(
    @Default("8") int experts,
    @Default("[64]") List<Integer> expertLayers,
    @Default("[16]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization,
    @Default("{temperature: 1, load_balance: 0, expert_dropout: 0}") Gating gating)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Omoe {
    dropout = Layers.dropout(dropout);
    expertLayers = new Experts(experts, expertLayers, dropout, normalization).layers();
    towerLayers = Layers.checked("tower_layers", towerLayers);
  }

  /** A model that does not normalise, its gate a plain softmax. */
  public Omoe(int experts, List<Integer> expertLayers, List<Integer> towerLayers, double dropout) {
    this(experts, expertLayers, towerLayers, dropout, Normalization.NONE, Gating.plain());
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("omoe");
    GraphContext gateScope = scope.scope("gate");
    Operand<TFloating> x = inputs.features().all();
    ExpertOutputs outputs =
        new Experts(experts, expertLayers, dropout, normalization).apply(scope.scope("experts"), x);
    Gates gates = new Gates(gating, inputs);
    List<String> names = gates.see("expert", scope.scope("probes"), outputs);
    Operand<TFloating> mixed =
        outputs.mix(gateScope, gates.gate(gateScope, "gate", context.tasks(), x, names));
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return gates.addTo(
        ModelOutputs.of(towers.apply(context, mixed), Set.of("omoe")), context.tasks());
  }
}
