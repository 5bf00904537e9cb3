package org.mtl4j.models.cgc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.ExpertCounts;
import org.mtl4j.models.component.ExtractionLevel;
import org.mtl4j.models.component.Gates;
import org.mtl4j.models.component.Gating;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Customized gate control: Tang and others, "Progressive layered extraction (PLE): a novel
 * multi-task learning model for personalized recommendations", RecSys 2020, section 4.1. Each task
 * mixes experts of its own, which no other task trains, with shared ones:
 *
 * <pre>
 * y_t = head_t(h_t(g_t(x) [E_t(x), E_s(x)])),   g_t(x) = softmax(W_t x)
 * </pre>
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). A
 * gate's weights are those of the task's own experts first, then the shared ones'. Probes: {@code
 * expert/N} of the shared experts, {@code expert/TASK/N} of a task's [B, last width], {@code
 * gate/TASK} [B, both]. Gates have a bias; the paper's have none. With {@code task_experts: 0} it
 * is {@code mmoe}; take it in its place where tasks conflict.
 *
 * @param taskExperts how many experts each task has of its own, 0 to 1024
 * @param expertsByTask how many some tasks have instead, a budget a task: {@code {purchase: 4}}, 0
 *     to 1024
 * @param sharedExperts how many are shared, 1 to 1024
 * @param expertLayers widths of an expert's ReLU layers, at least one
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 * @param gating temperature, load balancing and expert dropout
 */
@Summary("Customized gate control (Tang and others, RecSys 2020): shared experts and a task's own.")
public record Cgc(
    @Default("2") int taskExperts,
    @Default("{}") Map<String, Integer> expertsByTask,
    @Default("4") int sharedExperts,
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
  public Cgc {
    dropout = Layers.dropout(dropout);
    expertsByTask = new ExpertCounts(taskExperts, expertsByTask, sharedExperts).byTask();
    expertLayers = Layers.atLeastOne("expert_layers", expertLayers);
    towerLayers = Layers.checked("tower_layers", towerLayers);
  }

  /** A model that does not normalise, all tasks with as many experts, its gates a plain softmax. */
  public Cgc(
      int taskExperts,
      int sharedExperts,
      List<Integer> expertLayers,
      List<Integer> towerLayers,
      double dropout) {
    this(
        taskExperts,
        Map.of(),
        sharedExperts,
        expertLayers,
        towerLayers,
        dropout,
        Normalization.NONE,
        Gating.plain());
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    counts().checkTasks(tasks);
    return MultiTaskModel.super.outputs(tasks);
  }

  @Override
  public MultiTaskModel forTask(String task) {
    return new Cgc(
        taskExperts,
        counts().only(task),
        sharedExperts,
        expertLayers,
        towerLayers,
        dropout,
        normalization,
        gating);
  }

  private ExpertCounts counts() {
    return new ExpertCounts(taskExperts, expertsByTask, sharedExperts);
  }

  private ExtractionLevel level() {
    return new ExtractionLevel(counts(), expertLayers, dropout, normalization);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    Gates gates = new Gates(gating, inputs);
    Map<String, Operand<TFloating>> mixed =
        level()
            .last(
                context.graph().scope("cgc"),
                "",
                ExtractionLevel.Streams.of(context.tasks(), inputs.features().all()),
                gates);
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return gates.addTo(
        ModelOutputs.of(
            towers.apply(context, task -> mixed.get(task.name())), Set.of("cgc/experts")),
        context.tasks());
  }
}
