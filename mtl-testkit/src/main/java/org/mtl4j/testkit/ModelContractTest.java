package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.ndarray.Shape;

/**
 * What every {@link org.mtl4j.core.model.MultiTaskModel} promises that treats each row by itself.
 * Subclass it for each model; add a test of the forward pass against the paper's formula, which no
 * contract can know.
 */
public abstract class ModelContractTest extends ModelLearningContract {
  private static final int ROWS = 16;
  private static final int POINTS = 24;

  @Test
  void trainingAndInferenceAskForTheSameVariables() {
    ModelPass pass = new ModelPass(model(), problem());
    Map<String, Shape> training = pass.variables(true);
    assertThat(training).isNotEmpty().containsExactlyEntriesOf(pass.variables(false));
    assertThat(pass.variables(true, false))
        .as("an inference pass behind the training pass adds none")
        .containsExactlyEntriesOf(training);
  }

  @Test
  void passGivesItsOutputsInOrder() {
    List<String> names = model().outputs(problem().tasks()).stream().map(OutputSpec::name).toList();
    assertThat(new ModelPass(model(), problem()).outputs()).isEqualTo(names);
  }

  @Test
  void asksForAllFeaturesTogetherIfItSaysSo() {
    assertThat(!model().takesAllFeatures() || new ModelPass(model(), problem()).takesAllFeatures())
        .isTrue();
  }

  @Test
  void everyTaskIsAnOutputOfItsOwnName() {
    assertThat(model().outputs(problem().tasks()))
        .extracting(OutputSpec::name)
        .doesNotHaveDuplicates()
        .containsAll(problem().tasks().stream().map(FittedTask::name).toList());
  }

  /** Names are an API, and say whose a variable is: the model's, a task's, or a table's. */
  @Test
  void variablesStandInTheModelsOwnScopeOrInATasks() {
    Set<String> own = new TreeSet<>();
    for (String name : new ModelPass(model(), problem()).dense()) {
      assertThat(name).matches("[a-z0-9_]+(/[a-z0-9_]+)+");
      own.add(name.substring(0, name.indexOf('/')));
    }
    for (FittedTask task : problem().tasks()) {
      own.removeAll(List.of("tower_" + task.name(), "head_" + task.name()));
    }
    own.remove("bottom"); // A bottom's, which any model can stand on.
    assertThat(own).as("scopes of the model's own").hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void whatIsSaidToBeSharedIsMovedBySeveralTasks() {
    Random random = TestSeed.random();
    EncodedRows rows = problem().rows(ROWS, model(), random);
    var tasks = harness().evaluate(harness().parameters(random), harness().batch(rows)).tasks();
    for (String shared : new ModelPass(model(), problem()).shared()) {
      long movers =
          tasks.values().stream().filter(slope -> reaches(slope.gradients(), shared)).count();
      assertThat(movers).as(seed("losses that move " + shared)).isGreaterThan(1);
    }
  }

  /** Whether a loss has a gradient in a variable of that name or in that scope. */
  private static boolean reaches(Map<String, double[]> gradients, String scope) {
    return gradients.entrySet().stream()
        .filter(e -> e.getKey().equals(scope) || e.getKey().startsWith(scope + "/"))
        .flatMapToDouble(e -> Arrays.stream(e.getValue()))
        .anyMatch(gradient -> gradient != 0);
  }

  /**
   * On some rows at one of many points in as many steps, for a ReLU may be shut to a few rows, and
   * a gate of chance in a step; of tables the rows touched.
   */
  @Test
  void everyElementOfEveryVariableIsMovedByATask() {
    Map<String, boolean[]> moved = new LinkedHashMap<>();
    Map<String, boolean[]> touched = new LinkedHashMap<>();
    Random random = TestSeed.random();
    for (int step = 1;
        step <= POINTS && (step == 1 || !unmoved(touched, moved).isEmpty());
        step++) {
      Batch batch = harness().batch(problem().rows(2 * ROWS, model(), random));
      add(touched, harness().touched(batch));
      harness()
          .evaluate(harness().parameters(random), batch, step)
          .tasks()
          .values()
          .forEach(slope -> slope.gradients().forEach((name, g) -> add(moved, name, notZero(g))));
    }
    assertThat(unmoved(touched, moved)).as(seed("touched, and without a gradient")).isEmpty();
  }

  private List<String> unmoved(Map<String, boolean[]> touched, Map<String, boolean[]> moved) {
    List<String> unmoved = new ArrayList<>();
    for (Map.Entry<String, boolean[]> marks : moved.entrySet()) {
      String name = marks.getKey();
      for (int i = 0; i < marks.getValue().length && !notLearned().contains(name); i++) {
        if (!marks.getValue()[i] && touched.get(name)[i]) {
          unmoved.add("%s[%d]".formatted(name, i));
        }
      }
    }
    return unmoved;
  }

  private static boolean[] notZero(double... gradient) {
    boolean[] marks = new boolean[gradient.length];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = gradient[i] != 0;
    }
    return marks;
  }

  private static void add(Map<String, boolean[]> sums, Map<String, boolean[]> more) {
    more.forEach((name, marks) -> add(sums, name, marks));
  }

  private static void add(Map<String, boolean[]> sums, String name, boolean... marks) {
    boolean[] sum = sums.computeIfAbsent(name, n -> new boolean[marks.length]);
    for (int i = 0; i < sum.length; i++) {
      sum[i] |= marks[i];
    }
  }

  @Test
  void predictionsAreFiniteAndHaveTheirOutputsShape() {
    Predictions predictions = learned().predict(rows(ROWS));
    assertThat(predictions.rowCount()).isEqualTo(ROWS);
    for (OutputSpec output : model().outputs(problem().tasks())) {
      float[] values = predictions.values().get(output.name());
      assertThat(values).as(seed(output.name())).hasSize(ROWS * output.width());
      for (float value : values) {
        assertThat(value).as(seed(output.name())).isFinite();
        if (!(output.type() instanceof TaskType.Regression
            || output.type() instanceof TaskType.Reconstruction)) {
          assertThat(value).as(seed(output.name())).isBetween(0f, 1f);
        }
      }
      if (output.encoding() instanceof LabelEncoding.Classes) {
        assertRowsSumToOne(values, output.width());
      }
    }
  }

  private static void assertRowsSumToOne(float[] values, int width) {
    for (int first = 0; first < values.length; first += width) {
      double sum = 0;
      for (int c = 0; c < width; c++) {
        sum += values[first + c];
      }
      assertThat(sum).as(seed("row of classes")).isEqualTo(1, within(1e-5));
    }
  }

  /**
   * Whether the model stops gradients on purpose, so that no finite difference agrees with them. A
   * subclass that says so shows the slopes in a test of its own.
   */
  protected boolean stopsGradients() {
    return false;
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    assumeFalse(stopsGradients(), "gradients are stopped on purpose");
    Random random = TestSeed.random();
    Batch batch = harness().batch(problem().rows(ROWS, model(), random));
    Map<String, double[]> point = harness().parametersAwayFromKinks(random, batch);
    Map<String, double[]> gradients = harness().evaluate(point, batch).total().gradients();
    new FiniteDifferences(values -> harness().loss(values, batch), point, random).check(gradients);
  }

  /** Gates sum to 1 over experts that are probes, too; whatever is looked at is finite. */
  @Test
  void probesAreWhatTheirKindPromises() {
    Map<String, Probe> probes = learned().probes().declared();
    Map<String, float[]> values = probed(learned());
    assertThat(values).containsOnlyKeys(probes.keySet());
    values.forEach(
        (name, numbers) -> {
          for (float number : numbers) {
            assertThat(number).as(seed(name)).isFinite();
          }
        });
    probes.forEach(
        (name, probe) -> {
          if (probe instanceof Probe.Gate gate) {
            assertThat(problem().tasks())
                .extracting(FittedTask::name)
                .as(seed(name))
                .contains(gate.task());
            assertThat(gate.experts())
                .as(seed(name))
                .allMatch(expert -> probes.get(expert) instanceof Probe.Expert);
            assertThat(values.get(name)).hasSize(PROBED * gate.experts().size());
            assertRowsSumToOne(values.get(name), gate.experts().size());
          }
        });
  }

  /** Experts that start alike have the same gradients, and stay alike. */
  @Test
  void noTwoExpertsStartAlike() {
    Map<String, float[]> experts = firstProbes();
    List<String> names = new ArrayList<>();
    session()
        .probes()
        .declared()
        .forEach(
            (name, probe) -> {
              if (probe instanceof Probe.Expert) {
                names.add(name);
              }
            });
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        float[] one = experts.get(names.get(i));
        float[] other = experts.get(names.get(j));
        if (one.length == other.length) {
          assertThat(difference(one, other))
              .as(seed(names.get(i) + " and " + names.get(j)))
              .isGreaterThan(0.01 * size(one));
        }
      }
    }
  }

  private static double difference(float[] one, float[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += Math.pow(one[i] - other[i], 2);
    }
    return Math.sqrt(squares);
  }

  private static double size(float... values) {
    return difference(values, new float[values.length]);
  }

  @Test
  void rowsInAnotherOrderGivePredictionsInThatOrder() {
    EncodedRows rows = rows(ROWS);
    int[] order = RandomRows.permutation(ROWS, TestSeed.random());
    Predictions straight = learned().predict(rows);
    Predictions permuted = learned().predict(RowEdits.select(rows, order));
    for (OutputSpec output : model().outputs(problem().tasks())) {
      int width = output.width();
      float[] expected = straight.values().get(output.name());
      float[] actual = permuted.values().get(output.name());
      for (int r = 0; r < ROWS; r++) {
        assertThat(Arrays.copyOfRange(actual, r * width, (r + 1) * width))
            .as(seed(output.name()))
            .containsExactly(
                Arrays.copyOfRange(expected, order[r] * width, (order[r] + 1) * width),
                within(1e-6f));
      }
    }
  }
}
