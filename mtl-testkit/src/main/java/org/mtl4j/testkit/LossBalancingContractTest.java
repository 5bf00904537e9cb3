package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.Balanced;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * What every {@link LossBalancing} promises: gradients for what is trained, of its shape; no task
 * that is put to silence by others, nor by its own lack of rows; regularisers as they are. Subclass
 * it for each method; add a test of the formula, which no contract can know.
 */
public abstract class LossBalancingContractTest {
  private static final int ROWS = 24;

  /** The method under test. */
  protected abstract LossBalancing balancing();

  private final SmallProblem problem = SmallProblem.withFunnel("click", "purchase");

  /** A linear model and half the sum of squares of a variable that no task knows. */
  private record Regularised() implements MultiTaskModel {
    private static final String VARIABLE = "regularised/free";

    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      ModelOutputs linear = new LinearModel().build(inputs, context);
      GraphContext scope = context.graph().scope("regularised");
      Operand<TFloating> free = scope.variable("free", Shape.of(3), new Initializer.Uniform(1));
      List<ModelLoss> losses = new ArrayList<>();
      context.tasks().forEach(t -> losses.add(new ModelLoss.OfOutput(t.name(), t.name())));
      losses.add(new ModelLoss.Regularizer("free", scope.tf().nn.l2Loss(free)));
      return context.graph().isTraining() ? linear.withLosses(losses) : linear;
    }
  }

  /** The method under test, stopped where a gradient is missing or does not fit its variable. */
  private LossBalancing checked() {
    return inputs -> {
      Balanced balanced = balancing().balance(inputs);
      List<Optional<Shape>> found = shapes(balanced.gradients());
      List<Optional<Shape>> expected = shapes(inputs.gradients().apply(sum(inputs)));
      assertThat(found).as("a gradient for each trained tensor").hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i).isPresent()).as("gradient %d is there", i).isTrue();
        assertThat(found.get(i).orElseThrow().isCompatibleWith(expected.get(i).orElseThrow()))
            .as("gradient %d: shape %s for %s", i, found.get(i), expected.get(i))
            .isTrue();
      }
      return balanced;
    };
  }

  @Test
  void gradientsHaveTheOrderAndShapesOfWhatIsTrained() {
    new ModelHarness(new Regularised(), problem, checked()).close();
  }

  private static List<Optional<Shape>> shapes(List<Optional<Operand<TFloating>>> gradients) {
    return gradients.stream().map(g -> g.map(tensor -> tensor.asOutput().shape())).toList();
  }

  private static Operand<TFloating> sum(LossBalancing.Inputs inputs) {
    List<Operand<TFloating>> terms = new ArrayList<>(inputs.regularizers());
    inputs.objectives().forEach(objective -> terms.add(objective.loss()));
    return inputs.context().tf().math.addN(terms);
  }

  @Test
  void lossAndGradientsAreFinite() {
    Random random = TestSeed.random();
    try (ModelHarness harness = harness()) {
      Map<String, double[]> parameters = harness.parameters(random);
      assertFinite(harness.evaluate(parameters, harness.batch(rows(random))).total(), "all tasks");
    }
  }

  @Test
  void regularisersCountAsTheyAre() {
    Random random = TestSeed.random();
    try (ModelHarness harness = harness()) {
      Map<String, double[]> parameters = harness.parameters(random);
      Batch batch = harness.batch(rows(random));
      double[] gradient =
          harness.evaluate(parameters, batch).total().gradients().get(Regularised.VARIABLE);
      assertThat(gradient)
          .as("seed %d", TestSeed.value())
          .containsExactly(parameters.get(Regularised.VARIABLE), within(1e-12));
    }
  }

  @Test
  void taskThatIsAloneInABatchIsFollowedWhateverTheOthersLack() {
    Random random = TestSeed.random();
    EncodedRows rows = rows(random);
    List<String> names = problem.tasks().stream().map(FittedTask::name).toList();
    try (ModelHarness harness = harness()) {
      Map<String, double[]> parameters = harness.parameters(random);
      for (String task : names) {
        List<String> others = names.stream().filter(name -> !name.equals(task)).toList();
        Batch batch = harness.batch(RowEdits.silence(rows, others));
        ModelHarness.Evaluation evaluation = harness.evaluate(parameters, batch);
        assertFinite(evaluation.total(), task);
        Map<String, double[]> own = evaluation.tasks().get(task).gradients();
        assertThat(cosine(evaluation.total().gradients(), own))
            .as("the step's direction against that of %s alone, seed %d", task, TestSeed.value())
            .isCloseTo(1, within(1e-9));
      }
    }
  }

  @Test
  void batchWithoutAnyLabelMovesNothingButByRegularisers() {
    Random random = TestSeed.random();
    List<String> names = problem.tasks().stream().map(FittedTask::name).toList();
    try (ModelHarness harness = harness()) {
      Map<String, double[]> parameters = harness.parameters(random);
      Batch batch = harness.batch(RowEdits.silence(rows(random), names));
      ModelHarness.Slope total = harness.evaluate(parameters, batch).total();
      assertFinite(total, "no task");
      total
          .gradients()
          .forEach(
              (name, gradient) -> {
                if (!name.equals(Regularised.VARIABLE)) {
                  assertThat(gradient).as(name).containsOnly(0);
                }
              });
    }
  }

  @Test
  @Tag("slow")
  void trainingLowersEveryTasksLoss() {
    try (TrainingSession session = new TrainingSession(spec(TestSeed.value()))) {
      EncodedRows rows = problem.rows(256, new LinearModel(), TestSeed.random());
      StepLosses first = ModelContractTest.train(session, rows, 1);
      StepLosses last = ModelContractTest.train(session, rows, 200);
      assertThat(last.total()).as("loss, seed %d", TestSeed.value()).isFinite();
      first
          .tasks()
          .forEach(
              (task, loss) ->
                  assertThat(last.tasks().get(task))
                      .as("%s, seed %d", task, TestSeed.value())
                      .isLessThan(0.95 * loss));
    }
  }

  @Test
  @Tag("slow")
  void sameSeedGivesTheSameBytes() {
    EncodedRows rows = problem.rows(64, new LinearModel(), TestSeed.random());
    try (TrainingSession first = new TrainingSession(spec(3));
        TrainingSession again = new TrainingSession(spec(3))) {
      ModelContractTest.train(first, rows, 20);
      ModelContractTest.train(again, rows, 20);
      assertThat(StateValues.bytes(again.state())).isEqualTo(StateValues.bytes(first.state()));
    }
  }

  private TrainerSpec spec(long seed) {
    return problem.trainer(new LinearModel(), SmallProblem.updates(balancing()), seed);
  }

  private ModelHarness harness() {
    return new ModelHarness(new Regularised(), problem, checked());
  }

  private EncodedRows rows(Random random) {
    return problem.rows(ROWS, new Regularised(), random);
  }

  private static void assertFinite(ModelHarness.Slope slope, String what) {
    assertThat(slope.loss()).as("loss of %s, seed %d", what, TestSeed.value()).isFinite();
    slope
        .gradients()
        .forEach(
            (name, gradient) -> {
              for (double value : gradient) {
                assertThat(value).as("%s by %s, seed %d", what, name, TestSeed.value()).isFinite();
              }
            });
  }

  /** Over everything but the variable of the regulariser. */
  private static double cosine(Map<String, double[]> a, Map<String, double[]> b) {
    double product = 0;
    double squaresOfA = 0;
    double squaresOfB = 0;
    for (String name : a.keySet()) {
      for (int i = 0; !name.equals(Regularised.VARIABLE) && i < a.get(name).length; i++) {
        product += a.get(name)[i] * b.get(name)[i];
        squaresOfA += a.get(name)[i] * a.get(name)[i];
        squaresOfB += b.get(name)[i] * b.get(name)[i];
      }
    }
    return product / Math.sqrt(squaresOfA * squaresOfB);
  }
}
