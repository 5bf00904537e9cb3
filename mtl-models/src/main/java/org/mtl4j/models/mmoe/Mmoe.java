package org.mtl4j.models.mmoe;

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
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.ExpertOutputs;
import org.mtl4j.models.component.Experts;
import org.mtl4j.models.component.Gates;
import org.mtl4j.models.component.Gating;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Multi-gate mixture-of-experts: Ma and others, "Modeling task relationships in multi-task learning
 * with multi-gate mixture-of-experts", KDD 2018. Experts f_i are shared, and each task mixes them
 * with a gate of its own:
 *
 * <pre>
 * g_t(x) = softmax(W_t x),   y_t = head_t(h_t(sum_i g_t(x)_i f_i(x)))
 * </pre>
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one).
 * Probes: {@code gate/TASK} [B, experts] and {@code expert/N} [B, last width]. Gates have a bias,
 * as in common implementations; the paper's have none. Use it where tasks are only partly related;
 * on tasks that agree it buys little over a shared bottom of the same size.
 *
 * @param experts number of experts, 1 to 1024
 * @param expertLayers widths of an expert's ReLU layers, at least one
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 * @param gating temperature, load balancing and expert dropout
 */
@Summary("Multi-gate mixture-of-experts (Ma and others, KDD 2018): shared experts, a gate a task.")
public record Mmoe(
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
  public Mmoe {
    dropout = Layers.dropout(dropout);
    expertLayers = new Experts(experts, expertLayers, dropout, normalization).layers();
    towerLayers = Layers.checked("tower_layers", towerLayers);
  }

  /** A model that does not normalise, its gates a plain softmax. */
  public Mmoe(int experts, List<Integer> expertLayers, List<Integer> towerLayers, double dropout) {
    this(experts, expertLayers, towerLayers, dropout, Normalization.NONE, Gating.plain());
  }

  /** The same model with other gates. */
  public Mmoe with(Gating other) {
    return new Mmoe(experts, expertLayers, towerLayers, dropout, normalization, other);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("mmoe");
    Operand<TFloating> x = inputs.features().all();
    ExpertOutputs outputs =
        new Experts(experts, expertLayers, dropout, normalization).apply(scope.scope("experts"), x);
    Gates gates = new Gates(gating, inputs);
    List<String> names = gates.see("expert", scope.scope("probes"), outputs);
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    List<OutputTensor> logits =
        towers.apply(
            context,
            (FittedTask task) -> {
              GraphContext gateScope = scope.scope("gate_" + task.name());
              return outputs.mix(gateScope, gates.gate(gateScope, "gate", List.of(task), x, names));
            });
    return gates.addTo(ModelOutputs.of(logits, Set.of("mmoe/experts")), context.tasks());
  }
}
