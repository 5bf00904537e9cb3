package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.optimizer.Sgd;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Runs that really diverge: what stops them, what they say and what stays as it was. */
class DivergenceTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final Sgd SMALL_STEPS = new Sgd(0.01, 0);

  /** The column of {@code age} among the dense inputs. */
  private static final int AGE = 0;

  @TempDir Path folder;

  /**
   * A linear model with |age x| added to the logit of one task, x a variable or the item's vector.
   * Written as a root of a square, its derivative where age is 0 is infinity times 0, that is NaN,
   * while its value is a sound 0.
   */
  private record Kinked(String task, boolean ofItem) implements MultiTaskModel {
    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      ModelOutputs linear = new LinearModel().build(inputs, context);
      List<OutputTensor> outputs =
          linear.outputs().stream()
              .map(o -> o.name().equals(task) ? kinked(o, inputs, context.graph()) : o)
              .toList();
      return ModelOutputs.of(outputs, Set.of());
    }

    private OutputTensor kinked(OutputTensor logit, ModelInputs inputs, GraphContext context) {
      GraphContext scope = context.scope("kink");
      Ops tf = scope.tf();
      Operand<TFloating> x =
          ofItem
              ? inputs.features().feature("item")
              : scope.variable("scale", Shape.of(1, 1), new Initializer.Constant(1));
      Operand<TFloating> product = tf.math.mul(inputs.features().feature("age"), x);
      Operand<TFloating> length = tf.math.sqrt(tf.sum(tf.math.square(product), tf.constant(1)));
      return new OutputTensor.Logit(logit.name(), tf.math.add(logit.tensor(), length));
    }
  }

  /**
   * A linear model and a regulariser whose value is 0 and whose slope is the same everywhere. Its
   * variable takes part in the logit of {@code click}, times 0: only if it is finite is the logit.
   */
  private record Steep(int size, double slope) implements MultiTaskModel {
    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      GraphContext scope = context.graph().scope("steep");
      Ops tf = scope.tf();
      Operand<TFloating> hill = scope.variable("hill", Shape.of(size), Initializer.zeros());
      ModelOutputs linear = new LinearModel().build(inputs, context);
      List<OutputTensor> outputs =
          linear.outputs().stream()
              .map(o -> o.name().equals("click") ? joined(o, times(scope, hill, 0), tf) : o)
              .toList();
      return ModelOutputs.of(outputs, Set.of())
          .withLosses(
              List.of(
                  new ModelLoss.OfOutput("click", "click"),
                  new ModelLoss.Regularizer("hill", times(scope, hill, slope))));
    }

    private static Operand<TFloating> times(
        GraphContext scope, Operand<TFloating> hill, double factor) {
      Ops tf = scope.tf();
      return tf.sum(tf.math.mul(hill, scope.constant(factor)), tf.constant(0));
    }

    private static OutputTensor joined(OutputTensor logit, Operand<TFloating> scalar, Ops tf) {
      return new OutputTensor.Logit(logit.name(), tf.math.add(logit.tensor(), scalar));
    }
  }

  private static TrainerSpec trainer(MultiTaskModel model, Optimizer dense, Optimizer embedding) {
    return PROBLEM.trainer(
        model, new TrainerSpec.Updates(new StaticWeights(), dense, embedding), 1);
  }

  private static EncodedRows rows(MultiTaskModel model) {
    return PROBLEM.rows(20, model, TestSeed.random());
  }

  private static StepLosses step(TrainingSession session, EncodedRows rows, long number) {
    Batch batch = new Batch(session.batchLayout(rows.rowCount()));
    batch.fill(rows, IntStream.range(0, rows.rowCount()).toArray(), 0, rows.rowCount());
    return session.step(batch, number);
  }

  private static MtlException divergence(TrainingSession session, EncodedRows rows, long number) {
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> step(session, rows, number));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.DIVERGED);
    assertThat(failure.problems()).hasSize(1);
    assertThat(failure.problems().get(0).where()).isEqualTo("step " + number);
    return failure;
  }

  /**
   * Two good steps, the bad one refused with nothing changed, and a third as if it had not been.
   */
  private static String whatIsSaidAtStep3(MultiTaskModel model, EncodedRows good, EncodedRows bad) {
    TrainerSpec spec = trainer(model, SMALL_STEPS, SMALL_STEPS);
    try (TrainingSession session = new TrainingSession(spec);
        TrainingSession spared = new TrainingSession(spec)) {
      for (int number = 1; number <= 2; number++) {
        assertThat(step(session, good, number)).isEqualTo(step(spared, good, number));
      }
      Map<String, ByteBuffer> before = StateValues.bytes(session.state());
      MtlException failure = divergence(session, bad, 3);
      assertThat(StateValues.bytes(session.state())).isEqualTo(before);
      assertThat(step(session, good, 3)).isEqualTo(step(spared, good, 3));
      assertThat(StateValues.bytes(session.state())).isEqualTo(StateValues.bytes(spared.state()));
      return failure.getMessage();
    }
  }

  @Test
  void gradientOfADenseVariableThatIsNaNWhileTheLossIsFiniteNamesVariableAndTask() {
    MultiTaskModel model = new Kinked("click", false);
    EncodedRows bad = rows(model);
    bad.dense().get(AGE)[7] = 0;
    assertThat(whatIsSaidAtStep3(model, rows(model), bad))
        .contains("found a gradient that is not finite of kink/scale, by the task click.")
        .contains("Lower training.optimizer.learning_rate, and look for")
        .doesNotContain("the loss of");
  }

  @Test
  void gradientOfATablesRowThatIsNaNWhileTheLossIsFiniteNamesTableIdAndTask() {
    MultiTaskModel model = new Kinked("rating", true);
    EncodedRows bad = rows(model);
    bad.dense().get(AGE)[7] = 0;
    bad.labels().get("rating").mask()[7] = true;
    int item = bad.ids().get(2)[7];
    assertThat(whatIsSaidAtStep3(model, rows(model), bad))
        .contains(
            "found a gradient that is not finite of embedding/item (id %d), by the task rating."
                .formatted(item))
        .contains("Lower training.embedding_optimizer.learning_rate, and look for")
        .doesNotContain("the loss of");
  }

  @Test
  void lossThatOverflowsWhileGradientsAreFiniteNamesTheTask() {
    MultiTaskModel model = new LinearModel();
    EncodedRows bad = rows(model);
    bad.labels().get("rating").labels()[7] = 1e20f;
    bad.labels().get("rating").weights()[7] = 1e30f;
    bad.labels().get("rating").mask()[7] = true;
    assertThat(whatIsSaidAtStep3(model, rows(model), bad))
        .contains("found the loss of the task rating Infinity")
        .contains("training.optimizer.learning_rate or training.embedding_optimizer.learning_rate")
        .contains("look for very large labels, example weights and numeric features")
        .doesNotContain("click")
        .doesNotContain("gradient that");
  }

  /** 3e38 times a loss above 10 is beyond float32. */
  @Test
  void weightThatTakesAFiniteLossBeyondFloat32IsNamed() {
    MultiTaskModel model = new LinearModel();
    EncodedRows bad = rows(model);
    Arrays.fill(bad.labels().get("rating").labels(), 50);
    Arrays.fill(bad.labels().get("rating").mask(), true);
    TrainerSpec spec =
        PROBLEM
            .withLossWeight("rating", 3e38)
            .withLossWeight("click", 7)
            .trainer(
                model, new TrainerSpec.Updates(new StaticWeights(), SMALL_STEPS, SMALL_STEPS), 1);
    try (TrainingSession session = new TrainingSession(spec)) {
      assertThat(divergence(session, bad, 1))
          .hasMessageContaining("found the total loss Infinity though each task's is finite")
          .hasMessageContaining(
              "Lower tasks.rating.loss_weight (3.0E38) or training.optimizer.learning_rate");
    }
  }

  @Test
  void weightOfATaskWhoseOwnLossIsNotFiniteIsNotToBlame() {
    MultiTaskModel model = new LinearModel();
    EncodedRows bad = rows(model);
    bad.labels().get("rating").labels()[7] = Float.NaN;
    bad.labels().get("rating").mask()[7] = true;
    TrainerSpec spec = trainer(model, SMALL_STEPS, SMALL_STEPS);
    try (TrainingSession session = new TrainingSession(spec)) {
      assertThat(divergence(session, bad, 1).getMessage()).doesNotContain("loss_weight");
    }
  }

  @Test
  void finiteGradientsWhoseSumOverflowsAreRefused() {
    try (TrainingSession session =
        new TrainingSession(trainer(new Steep(1000, 1e36), SMALL_STEPS, SMALL_STEPS))) {
      assertThat(divergence(session, rows(new Steep(1, 1)), 1))
          .hasMessageContaining("found finite gradients so large that their sum is not.");
    }
  }

  private MtlException trained(TrainerSpec spec, Optional<Supplier<MetricReport>> judge) {
    EncodedRows rows = rows(spec.model());
    TrainingPlan plan = new TrainingPlan(rows, judge, 2, 20, Optional.empty());
    try (TrainingSession session = new TrainingSession(spec)) {
      Trainer trainer =
          new Trainer(
              session,
              plan,
              new CheckpointStore(folder),
              new TrainingListener() {},
              Progress.start());
      MtlException failure = catchThrowableOfType(MtlException.class, trainer::run);
      assertThat(failure).isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.DIVERGED);
      return failure;
    }
  }

  /** Slope 1e5 times a rate of 1e35: the update leaves float32, though the gradient does not. */
  @Test
  void updateThatLeavesTheRangeIsNeverSaved() {
    TrainerSpec spec = trainer(new Steep(3, 1e5), new Sgd(1e35, 0), SMALL_STEPS);
    assertThat(trained(spec, Optional.empty()))
        .hasMessageContaining("step 1: Training diverged")
        .hasMessageContaining("found values that are not finite in")
        .hasMessageContaining("steep/hill")
        .hasMessageContaining("Nothing of it was saved: there is no checkpoint yet.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void updateThatLeavesTheRangeIsTheReasonWhyPredictionsCannotBeJudged() {
    TrainerSpec spec = trainer(new Steep(3, 1e5), new Sgd(1e35, 0), SMALL_STEPS);
    Supplier<MetricReport> judge =
        () -> {
          throw new MtlException(
              Problem.of(ErrorCode.DATA_VALUE, "row 1", "The prediction is not finite."));
        };
    assertThat(trained(spec, Optional.of(judge)))
        .hasMessageContaining("step 1: Training diverged")
        .hasMessageContaining("found values that are not finite in")
        .hasMessageContaining("steep/hill");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void runThatDivergesLaterNamesItsLastGoodCheckpoint() {
    MultiTaskModel model = new LinearModel();
    EncodedRows rows = rows(model);
    TrainerSpec spec = trainer(model, SMALL_STEPS, SMALL_STEPS);
    TrainingListener spoiler =
        new TrainingListener() {
          @Override
          public void onEpoch(Epoch epoch) {
            rows.labels().get("rating").labels()[7] = Float.NaN;
            rows.labels().get("rating").mask()[7] = true;
          }
        };
    TrainingPlan plan = new TrainingPlan(rows, Optional.empty(), 2, 20, Optional.empty());
    try (TrainingSession session = new TrainingSession(spec)) {
      CheckpointStore store = new CheckpointStore(folder);
      Trainer trainer = new Trainer(session, plan, store, spoiler, Progress.start());
      assertThat(catchThrowableOfType(MtlException.class, trainer::run))
          .hasMessageContaining("step 2: Training diverged")
          .hasMessageContaining("the loss of the task rating NaN")
          .hasMessageContaining(
              "the last good checkpoint is that of step 1, " + folder.resolve("step-1") + ".");
      assertThat(store.latestStep()).isEqualTo(1);
    }
  }
}
