package org.mtl4j.models.esmm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The entire space multi-task model: Ma and others, "Entire space multi-task model: an effective
 * approach for estimating post-click conversion rate", SIGIR 2018, for a funnel of any number of
 * stages. Over shared embeddings each stage k has a tower of its own for the probability of the
 * stage given the one before, and the product goes through the funnel:
 *
 * <pre>
 * log P(through k) = sum over j up to k of log sigmoid(x_j)
 * loss = sum over k of CE(y_1 and ... and y_k, P(through k)), each over <em>all</em> rows
 * </pre>
 *
 * <p>Outputs: each task ({@code purchase} is P(purchase | the stage before), measured on its own
 * rows) and for each stage after the first {@code through_STAGE}, measured over all rows. The
 * towers of later stages are never trained on the biased sample of rows that reached them. Tasks
 * that are no stage (a rating, a dwell time) get a tower and their own loss. A stage takes its
 * task's {@code loss_weight} for the loss of {@code through_STAGE}; its {@code where} says on which
 * rows its own metrics are measured.
 *
 * <p>x [B, width of all features] to logits [B] and log probabilities [B]. Do not use it where a
 * later stage can happen without the earlier one: the product would be wrong.
 *
 * @param stages names of binary tasks in the order of the funnel, at least two
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "ESMM (Ma and others, SIGIR 2018): the probabilities of getting through a funnel of tasks.")
public record Esmm(
    List<String> stages,
    @Default("[128, 64]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Esmm {
    stages = List.copyOf(stages);
    if (stages.size() < 2 || Set.copyOf(stages).size() != stages.size()) {
      throw new IllegalArgumentException(
          "stages: expected at least two different tasks, found " + stages);
    }
    towerLayers = Layers.checked("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  /** A model that does not normalise. */
  public Esmm(List<String> stages, List<Integer> towerLayers, double dropout) {
    this(stages, towerLayers, dropout, Normalization.NONE);
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    checkStages(tasks);
    List<OutputSpec> outputs = new ArrayList<>(MultiTaskModel.super.outputs(tasks));
    for (int k = 2; k <= stages.size(); k++) {
      List<String> through = stages.subList(0, k);
      outputs.add(
          new OutputSpec(
              throughName(through.get(k - 1)),
              new TaskType.Binary(List.of()),
              new LabelEncoding.Indicator(),
              new LabelRule.ThroughStages(through),
              "P(" + String.join(" and ", through) + ")"));
    }
    return outputs;
  }

  private void checkStages(List<FittedTask> tasks) {
    for (String stage : stages) {
      Optional<FittedTask> task = tasks.stream().filter(t -> t.name().equals(stage)).findFirst();
      if (task.isEmpty()
          || !(task.get().task().type() instanceof TaskType.Binary binary)
          || !binary.loss().givesProbabilities()) {
        throw new IllegalArgumentException(
            "stages: expected binary tasks of loss: log_loss, found \"%s\"; the tasks are %s"
                .formatted(stage, tasks.stream().map(FittedTask::name).toList()));
      }
    }
  }

  /** A tower over the features, trained on the task's own rows by its own loss, as any is. */
  @Override
  public MultiTaskModel forTask(String task) {
    return (inputs, context) ->
        ModelOutputs.of(
            new TowerHeads(new Mlp(towerLayers, dropout, normalization))
                .apply(context, inputs.features().all()),
            Set.of());
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    Operand<TFloating> x = inputs.features().all();
    Map<String, OutputTensor> outputs = new LinkedHashMap<>();
    for (OutputTensor logit :
        new TowerHeads(new Mlp(towerLayers, dropout, normalization)).apply(context, x)) {
      outputs.put(logit.name(), logit);
    }
    addProducts(context.graph().scope("esmm"), outputs);
    return ModelOutputs.of(List.copyOf(outputs.values()), Set.of())
        .withLosses(losses(context.tasks()));
  }

  private void addProducts(GraphContext scope, Map<String, OutputTensor> outputs) {
    Operand<TFloating> through = logSigmoid(scope, outputs.get(stages.get(0)));
    for (String stage : stages.subList(1, stages.size())) {
      through = scope.tf().math.add(through, logSigmoid(scope, outputs.get(stage)));
      outputs.put(throughName(stage), new OutputTensor.LogProbability(throughName(stage), through));
    }
  }

  /** log sigmoid(x) = -softplus(-x). */
  private static Operand<TFloating> logSigmoid(GraphContext scope, OutputTensor logit) {
    Ops tf = scope.tf();
    return tf.math.neg(tf.math.softplus(tf.math.neg(logit.tensor())));
  }

  private List<ModelLoss> losses(List<FittedTask> tasks) {
    List<ModelLoss> losses = new ArrayList<>();
    for (FittedTask task : tasks) {
      boolean later = stages.indexOf(task.name()) > 0;
      losses.add(
          new ModelLoss.OfOutput(later ? throughName(task.name()) : task.name(), task.name()));
    }
    return losses;
  }

  private static String throughName(String stage) {
    return "through_" + stage;
  }
}
