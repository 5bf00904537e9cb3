package org.mtl4j.models.stem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.feature.Embeddings;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.ExpertBank;
import org.mtl4j.models.component.ExpertCounts;
import org.mtl4j.models.component.Experts;
import org.mtl4j.models.component.Gates;
import org.mtl4j.models.component.Gating;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Shared and task-specific embeddings, STEM-Net: Su and others, "STEM: unleashing the power of
 * embeddings for multi-task recommendation", AAAI 2024. Each feature has an embedding that the
 * tasks share and one of each task's own; x are the features by the shared ones, x_t by those of
 * task t, and experts of each kind see theirs. A task's gate takes all experts forward, and sends
 * gradients to its own and the shared ones alone:
 *
 * <pre>
 * h_t = g_t(x_t + x) [stop(E_1(x_1)), ..., E_t(x_t), ..., stop(E_T(x_T)), E(x)]
 * y_t = head_t(tower_t(h_t)),   g_t(v) = softmax(W_t v + b_t)
 * </pre>
 *
 * <p>So what is a task's own, embeddings and experts, learns from that task only, and the others
 * still see it (under {@code rowwise_adagrad} the step's size follows from the whole row of a
 * table, and so from all). x, x_t [B, width of all features] to a logit [B] a task ([B, classes]
 * for a multiclass one). A gate's weights are those of the tasks' experts in the tasks' order, then
 * the shared ones'. Scopes {@code stem/experts_TASK}, {@code stem/experts}, {@code stem/gate_TASK}.
 * Probes: {@code expert/TASK/N}, {@code expert/N} of the shared ones [B, last width], {@code
 * gate/TASK} [B, all]. Every embedding is drawn by itself, but those of a file's vectors, and
 * kernels are Glorot uniform, so that nothing else begins alike. In a pass that predicts no
 * gradient stops, so that predictions are explained by all that they are made of.
 *
 * <p>One level, as in the paper: in a second one the shared experts would hand gradients of all
 * tasks to what is a task's own. That gates see x_t + x is what the authors' code does; theirs have
 * hidden layers, these are linear. Numbers and vectors that are not trained are the same in x and
 * x_t. Tables, their slots and an export are T + 1 times as large. Use it where tasks disagree on
 * the same ids and have rows enough for embeddings of their own; else take {@code ple}.
 *
 * @param taskExperts how many experts each task has of its own, 0 to 1024; without any its
 *     embeddings feed its gate alone
 * @param expertsByTask how many some tasks have instead, a budget a task: {@code {purchase: 4}}, 0
 *     to 1024
 * @param sharedExperts how many are shared, 1 to 1024
 * @param expertLayers widths of an expert's ReLU layers, at least one
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 * @param gating temperature, load balancing and expert dropout
 */
@Summary(
    "STEM-Net (Su and others, AAAI 2024): embeddings and experts of each task's own, and shared.")
public record Stem(
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
  public Stem {
    dropout = Layers.dropout(dropout);
    expertsByTask = new ExpertCounts(taskExperts, expertsByTask, sharedExperts).byTask();
    expertLayers = Layers.atLeastOne("expert_layers", expertLayers);
    towerLayers = Layers.checked("tower_layers", towerLayers);
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    counts().checkTasks(tasks);
    return MultiTaskModel.super.outputs(tasks);
  }

  /** One of each task's own. */
  @Override
  public Embeddings embeddings(List<FittedTask> tasks) {
    return new Embeddings(tasks.stream().map(FittedTask::name).toList());
  }

  @Override
  public MultiTaskModel forTask(String task) {
    return new Stem(
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

  private Experts experts(int count) {
    return new Experts(count, expertLayers, dropout, normalization);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("stem");
    FeatureTensors features = inputs.features();
    Gates gates = new Gates(gating, inputs);
    Map<String, ExpertBank> own = own(scope, features, context.tasks(), gates);
    Map<String, ExpertBank> stopped = new LinkedHashMap<>();
    own.forEach((task, bank) -> stopped.put(task, bank.stopped(scope.scope("stopped_" + task))));
    ExpertBank shared =
        ExpertBank.of(
            scope.scope("experts"), "expert", experts(sharedExperts), features.all(), gates);
    Map<String, Operand<TFloating>> mixed = new LinkedHashMap<>();
    for (FittedTask task : context.tasks()) {
      List<ExpertBank> seen = new ArrayList<>();
      own.keySet().forEach(t -> seen.add((t.equals(task.name()) ? own : stopped).get(t)));
      seen.add(shared);
      GraphContext at = scope.scope("gate_" + task.name());
      Operand<TFloating> x =
          at.tf().math.add(features.embedding(task.name()).all(), features.all());
      Operand<TFloating> gate = gates.gate(at, "gate", List.of(task), x, ExpertBank.names(seen));
      mixed.put(task.name(), ExpertBank.mix(at, seen, gate));
    }
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return gates.addTo(
        ModelOutputs.of(
            towers.apply(context, task -> mixed.get(task.name())), Set.of("stem/experts")),
        context.tasks());
  }

  /** Per task that has such, its own experts over the features by its own embeddings. */
  private Map<String, ExpertBank> own(
      GraphContext scope, FeatureTensors features, List<FittedTask> tasks, Gates gates) {
    Map<String, ExpertBank> own = new LinkedHashMap<>();
    for (FittedTask task : tasks) {
      String t = task.name();
      if (counts().of(t) > 0) {
        Operand<TFloating> x = features.embedding(t).all();
        Experts experts = experts(counts().of(t));
        own.put(t, ExpertBank.of(scope.scope("experts_" + t), "expert/" + t, experts, x, gates));
      }
    }
    return own;
  }
}
