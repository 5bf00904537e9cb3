package org.mtl4j.models.aitm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Funnel;
import org.mtl4j.models.component.FunnelProducts;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Adaptive information transfer multi-task: Xi and others, "Modeling the sequential dependence
 * among audience multi-step conversions with multi-task learning in targeted display advertising",
 * KDD 2021, for a funnel of any number of stages. What a stage knows is handed to the next one,
 * which mixes it with what its own tower says, by attention:
 *
 * <pre>
 * q_t = tower_t(x),   z_1 = q_1,   p_t = relu(W_t z_(t-1) + b_t)
 * z_t = sum over u in {p_t, q_t} of w_u V(u),   w = softmax of Q(u) . K(u) / sqrt(width)
 * P(through t) = sigmoid(head_t(z_t))
 * loss = sum over t of CE(y_1 and ... and y_t, P(through t))
 *        + calibrator_weight * mean of max(P(through t) - P(through t-1), 0)
 * </pre>
 *
 * <p>each over all rows; Q, K and V are linear, with a bias as in common implementations. The last
 * term, the behavioural expectation calibrator, says that no stage is likelier than the one before.
 * It only leans on that: nothing enforces it, and the exported P(purchase | click), the ratio of
 * both, is 1 where it fails.
 *
 * <p>Outputs are those of {@code esmm}: each task, and {@code through_STAGE} for each stage after
 * the first. Unlike there the probability of getting through is what is learnt, and that of a stage
 * given the one before follows from it. Probes: {@code gate/STAGE} [B, 2] of {@code
 * expert/transferred_STAGE} and {@code expert/own_STAGE} [B, width]. Tasks that are no stage get a
 * tower of their own. x [B, width of all features] to logits [B] and log probabilities [B].
 *
 * <p>Use it where the first stage has many more positives than the last one. Do not use it where a
 * later stage can happen without the earlier one.
 *
 * @param stages names of binary tasks in the order of the funnel, at least two
 * @param towerLayers widths of each task's ReLU layers, at least one
 * @param calibratorWeight of the calibrator, at least 0; the paper takes 0.6
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "AITM (Xi and others, KDD 2021): what a stage of a funnel knows is handed to the next by attention.")
public record Aitm(
    List<String> stages,
    @Default("[128, 64]") List<Integer> towerLayers,
    @Default("0.6") double calibratorWeight,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Aitm {
    stages = new Funnel(stages).stages();
    towerLayers = Layers.atLeastOne("tower_layers", towerLayers);
    if (!(calibratorWeight >= 0 && calibratorWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "calibrator_weight: expected a number of at least 0, found " + calibratorWeight);
    }
    dropout = Layers.dropout(dropout);
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    return new Funnel(stages).outputs(tasks);
  }

  /** A tower over the features, trained on the task's own rows by its own loss, as any is. */
  @Override
  public MultiTaskModel forTask(String task) {
    return new TowerHeads(towers()).alone();
  }

  private Mlp towers() {
    return new Mlp(towerLayers, dropout, normalization);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    Funnel funnel = new Funnel(stages);
    Map<String, Probe> probes = new LinkedHashMap<>();
    Map<String, OutputTensor> logits = logits(inputs.features().all(), context, probes);
    GraphContext scope = context.graph().scope("aitm");
    Map<String, Operand<TFloating>> through = new LinkedHashMap<>();
    funnel.stages().forEach(s -> through.put(s, FunnelProducts.logSigmoid(scope, logits.get(s))));
    List<ModelLoss> losses = new ArrayList<>();
    for (FittedTask task : context.tasks()) {
      losses.add(new ModelLoss.OfOutput(funnel.through(task.name()), task.name()));
    }
    for (String stage : funnel.later()) {
      Operand<TFloating> before = through.get(funnel.before(stage));
      if (!inputs.supervision().isEmpty()) {
        Supervision known = inputs.supervision().get(funnel.through(stage));
        losses.add(
            new ModelLoss.PerExample(
                stage, excess(scope, through.get(stage), before), known.weights()));
      }
    }
    return new ModelOutputs(
        new StageRatios(funnel, logits, through).outputs(scope, context.tasks()),
        losses,
        List.of(),
        probes,
        shared());
  }

  /** What the loss of a later stage reaches of those before. */
  private Set<String> shared() {
    Set<String> shared = new LinkedHashSet<>();
    for (String stage : stages.subList(0, stages.size() - 1)) {
      shared.add("tower_" + stage);
      if (new Funnel(stages).isLater(stage)) {
        shared.add("aitm/transfer_" + stage);
      }
    }
    return shared;
  }

  /** Per task its logit: of a stage that of getting through it. */
  private Map<String, OutputTensor> logits(
      Operand<TFloating> x, ModelContext context, Map<String, Probe> probes) {
    Map<String, Operand<TFloating>> hidden = new LinkedHashMap<>();
    for (FittedTask task : context.tasks()) {
      hidden.put(task.name(), towers().apply(context.graph().scope("tower_" + task.name()), x));
    }
    Funnel funnel = new Funnel(stages);
    for (String stage : funnel.later()) {
      Transfer transfer =
          Transfer.of(
              context.graph().scope("aitm").scope("transfer_" + stage),
              hidden.get(funnel.before(stage)),
              hidden.get(stage),
              new Mlp(
                  towerLayers.subList(towerLayers.size() - 1, towerLayers.size()),
                  dropout,
                  normalization));
      hidden.put(stage, transfer.mixed());
      probes.putAll(transfer.probes(stage));
    }
    Map<String, OutputTensor> logits = new LinkedHashMap<>();
    for (FittedTask task : context.tasks()) {
      logits.put(task.name(), TaskHead.logit(context.graph(), task, hidden.get(task.name())));
    }
    return logits;
  }

  /** calibrator_weight * max(P(through t) - P(through t-1), 0), [B]. */
  private Operand<TFloating> excess(
      GraphContext scope, Operand<TFloating> through, Operand<TFloating> before) {
    Ops tf = scope.tf();
    Operand<TFloating> over = tf.nn.relu(tf.math.sub(tf.math.exp(through), tf.math.exp(before)));
    return tf.math.mul(over, scope.constant(calibratorWeight));
  }
}
