package org.mtl4j.models.escm2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
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
 * The entire space counterfactual multi-task model: Wang and others, "ESCM2: Entire space
 * counterfactual multi-task model for post-click conversion rate estimation", SIGIR 2022. It is
 * ESMM, whose conversion rate is pulled below the truth as nothing is said of it where it is seen,
 * and besides a loss of the conversion rate that is unbiased over all rows D, though only clicked
 * ones (o = 1) show it. With p the click's probability, e the cross-entropy of the conversion rate:
 *
 * <pre>
 * loss = CE(click) + CE(click and purchase, P(through)) + cvr_weight * R
 * IPS:  R = 1/|D| sum over D of o e / p
 * DR:   R = 1/|D| sum over D of i + o (e - i) / p + o (e - i)^2 / p
 * </pre>
 *
 * <p>where i = softplus(a linear layer over a tower of its own) imputes e where it cannot be seen,
 * and the last term of DR is what the imputation alone learns from: no gradient goes through its e.
 * As i has a tower of its own, the conversion rate's tower then has IPS's gradient, and DR differs
 * by what i teaches the embeddings. p is at least {@code propensity_min} and no gradient goes
 * through it: the click's tower must not learn to make rows cheap. The paper has a funnel of two
 * stages; of a longer one p is P(through the stage before), and each later stage has its own R.
 *
 * <p><b>DR is unstable</b>: its terms grow with 1 / p, the error's square most of all, and its loss
 * can be below 0. Clip more (0.1, 0.2) and lower the learning rate when it diverges, or take IPS,
 * which the paper finds not far behind. Neither helps where clicks depend on what no feature says.
 *
 * <p>Outputs, towers and names are those of {@code esmm}; {@code imputation_STAGE} beside them for
 * DR. x [B, width of all features] to logits [B] and log probabilities [B]. Class weights and label
 * smoothing of a later stage's task count for P(through) and not for R.
 *
 * @param stages names of binary tasks in the order of the funnel, at least two
 * @param estimator of R: ips or dr
 * @param propensityMin what p is at least, above 0, at most 1: no row counts more than 1 / p
 * @param cvrWeight of R beside the loss of P(through), at least 0
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "ESCM2 (Wang and others, SIGIR 2022): ESMM with a debiased loss of the conversion rate (IPS, DR).")
public record Escm2(
    List<String> stages,
    @Default("ips") Estimator estimator,
    @Default("0.05") double propensityMin,
    @Default("0.1") double cvrWeight,
    @Default("[128, 64]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Escm2 {
    stages = new Funnel(stages).stages();
    if (!(propensityMin > 0 && propensityMin <= 1)) {
      throw new IllegalArgumentException(
          "propensity_min: expected a number above 0 and at most 1, found " + propensityMin);
    }
    if (!(cvrWeight >= 0 && cvrWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "cvr_weight: expected a number of at least 0, found " + cvrWeight);
    }
    towerLayers = Layers.checked("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public List<String> warnings() {
    return estimator == Estimator.DR
        ? List.of(
            "escm2 with estimator: dr can be unstable: its loss grows with 1 / p where the stage"
                + " before is rare. Watch log_loss beside auc, raise propensity_min, or take"
                + " estimator: ips. The loss can be below 0, which balancing by uncertainty, famo"
                + " or geometric does not allow for.")
        : List.of();
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
    GraphContext scope = context.graph().scope("escm2");
    Operand<TFloating> x = inputs.features().all();
    Map<String, OutputTensor> outputs =
        FunnelProducts.of(funnel, scope, new TowerHeads(towers()).apply(context, x)).outputs();
    List<ModelLoss> losses = new ArrayList<>();
    for (FittedTask task : context.tasks()) {
      losses.add(new ModelLoss.OfOutput(funnel.through(task.name()), task.name()));
    }
    for (String stage : funnel.later()) {
      StageRisk risk =
          new StageRisk(
              outputs.get(stage).tensor(),
              propensity(scope, outputs.get(funnel.through(funnel.before(stage)))),
              imputed(context.graph().scope("imputation_" + stage), x));
      if (!inputs.supervision().isEmpty()) {
        losses.add(loss(scope, risk, stage, inputs.supervision()));
      }
    }
    return ModelOutputs.of(List.copyOf(outputs.values()), Set.of()).withLosses(losses);
  }

  private static Operand<TFloating> propensity(GraphContext scope, OutputTensor through) {
    Ops tf = scope.tf();
    return through instanceof OutputTensor.Logit
        ? tf.math.sigmoid(through.tensor())
        : tf.math.exp(through.tensor());
  }

  /** In inference, too, which has to ask for the same variables. */
  private Optional<Operand<TFloating>> imputed(GraphContext scope, Operand<TFloating> x) {
    if (estimator == Estimator.IPS) {
      return Optional.empty();
    }
    Ops tf = scope.tf();
    Operand<TFloating> hidden = towers().apply(scope, x);
    Operand<TFloating> linear = new Dense(1, Activation.LINEAR).apply(scope.scope("loss"), hidden);
    return Optional.of(tf.math.softplus(tf.reshape(linear, tf.constant(new int[] {-1}))));
  }

  /** Over the rows of which it is known whether they got through. */
  private ModelLoss loss(
      GraphContext scope, StageRisk risk, String stage, Map<String, Supervision> supervision) {
    Funnel funnel = new Funnel(stages);
    Supervision through = supervision.get(funnel.through(stage));
    Operand<TFloating> seen = supervision.get(funnel.through(funnel.before(stage))).labels();
    Operand<TFloating> values = risk.values(scope, seen, through.labels(), propensityMin);
    return new ModelLoss.PerExample(
        stage, scope.tf().math.mul(values, scope.constant(cvrWeight)), through.weights());
  }
}
