package org.mtl4j.experiment.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.Comparison.Verdict;
import org.mtl4j.experiment.diagnose.Evidence.MeanRatio;
import org.mtl4j.experiment.diagnose.Evidence.TaskCurve;
import org.mtl4j.experiment.diagnose.Evidence.TaskEvidence;

/** Each rule on both sides of its limit, with the whole of what it says. */
class FindingRulesTest {
  private static final TaskCurve FALLING = curve(List.of(0.6, 0.5, 0.4), List.of(0.62, 0.55, 0.5));

  private static TaskCurve curve(List<Double> training, List<Double> validation) {
    return new TaskCurve(training, Optional.of("log_loss"), validation, training.size());
  }

  private static Interval interval(double low, double high) {
    return new Interval(low, high, Interval.LEVEL, Interval.Method.BOOTSTRAP);
  }

  /** Evidence of two tasks with which nothing is wrong. */
  private static final class Case {
    private final List<TaskEvidence> tasks =
        new ArrayList<>(
            List.of(
                task("a", OptionalDouble.of(1), FALLING, FALLING, Optional.empty()),
                task("b", OptionalDouble.of(1), FALLING, FALLING, Optional.empty())));
    private final List<Comparison.Figure> figures = new ArrayList<>();
    private double cosine = 0;
    private double[] norms = {1, 2};
    private final List<GateEvidence> gates = new ArrayList<>();
    private Optional<ExpertEvidence> experts = Optional.empty();
    private final List<SlicedGate> sliced = new ArrayList<>();

    static TaskEvidence task(
        String name,
        OptionalDouble weight,
        TaskCurve together,
        TaskCurve alone,
        Optional<MeanRatio> calibration) {
      return new TaskEvidence(name, weight, together, Optional.of(alone), calibration);
    }

    Case first(TaskCurve together, TaskCurve alone) {
      tasks.set(0, task("a", OptionalDouble.of(1), together, alone, Optional.empty()));
      return this;
    }

    Case figure(String metric, Verdict verdict) {
      Difference difference = new Difference(-0.02, interval(-0.03, -0.01), 0.001);
      figures.add(
          new Comparison.Figure(
              "a",
              metric,
              true,
              500,
              List.of(
                  entry("single-task", 0.72, Optional.empty(), Verdict.BASELINE),
                  entry("multi-task", 0.7, Optional.of(difference), verdict))));
      return this;
    }

    private static Comparison.Entry entry(
        String run, double value, Optional<Difference> difference, Verdict verdict) {
      return new Comparison.Entry(
          run,
          OptionalDouble.of(value),
          Optional.empty(),
          difference,
          difference.isPresent() ? OptionalDouble.of(0.002) : OptionalDouble.empty(),
          verdict);
    }

    List<Finding> findings() {
      double[][] cosines = {{1, cosine}, {cosine, 1}};
      double[][] lower = {{1, cosine - 0.1}, {cosine - 0.1, 1}};
      Map<String, double[][]> layers = Map.of(GradientTrace.ALL, cosines, "trunk", lower);
      GradientTrace trace =
          new GradientTrace(
              List.of("a", "b"),
              List.of(
                  new GradientTrace.Epoch(1, layers, norms),
                  new GradientTrace.Epoch(2, layers, norms)));
      return FindingRules.of(
          new Evidence(tasks, figures, trace, new Evidence.Inside(gates, experts, sliced)));
    }
  }

  private static void assertOne(List<Finding> found, Finding expected) {
    assertThat(found).containsExactly(expected);
  }

  @Test
  void whereNothingIsWrongNothingIsFound() {
    assertThat(new Case().figure("auc", Verdict.BETTER).findings()).isEmpty();
  }

  @Test
  void aLossThatIsShownIsNegativeTransfer() {
    assertOne(
        new Case().figure("auc", Verdict.WORSE).findings(),
        new Finding(
            "NEGATIVE_TRANSFER",
            Severity.WARNING,
            List.of("a"),
            "auc of a is 0.7000 learnt with the other tasks and 0.7200 learnt alone: -0.0200, 95 %"
                + " [-0.0300, -0.0100], p 0.0020 after correction, on 500 rows.",
            "Raise tasks.a.loss_weight, give the task more of its own (a larger tower, mmoe or"
                + " cross_stitch in place of a shared bottom), or serve a model of this task"
                + " alone."));
    assertThat(new Case().figure("auc", Verdict.NO_DIFFERENCE_SHOWN).findings()).isEmpty();
    assertThat(new Case().figure("brier", Verdict.WORSE).figure("auc", Verdict.BETTER).findings())
        .as("the first figure decides")
        .isEmpty();
  }

  @Test
  void lowCosinesAreOpposedTasks() {
    Case opposed = new Case();
    opposed.cosine = -0.21;
    Finding note =
        new Finding(
            "OPPOSED_TASKS",
            Severity.NOTE,
            List.of("a", "b"),
            "The gradients of a and b have a cosine of -0.21 in all shared layers together, the"
                + " mean over 2 epochs; the lowest is -0.31 in trunk. Neither is shown to be better"
                + " off alone.",
            "Let them share less: mmoe or cross_stitch in place of a shared bottom, larger towers,"
                + " more units in shared layers; or train one of them by itself.");
    assertOne(opposed.findings(), note);
    assertThat(opposed.figure("auc", Verdict.WORSE).findings())
        .extracting(Finding::code, Finding::severity)
        .containsExactly(
            tuple("NEGATIVE_TRANSFER", Severity.WARNING), tuple("OPPOSED_TASKS", Severity.WARNING));
    Case nearly = new Case();
    nearly.cosine = -0.19;
    assertThat(nearly.findings()).isEmpty();
  }

  @Test
  void aPullOfTwentyTimesTheNextIsOutOfScale() {
    Case large = new Case();
    large.norms = new double[] {2, 50};
    assertOne(
        large.findings(),
        new Finding(
            "LOSS_SCALE",
            Severity.WARNING,
            List.of("b"),
            "In the shared layers the gradient of b, loss weight included, is 25.0 times as long as"
                + " that of a, the next: steps go where b wants them to.",
            "Set tasks.b.loss_weight to about 0.0400 (it is 1.00); of a regression look for labels"
                + " far off the others."));
    large.norms = new double[] {3, 50};
    assertThat(large.findings()).isEmpty();
    large.norms = new double[] {2, 50};
    large.tasks.set(0, Case.task("a", OptionalDouble.of(5), FALLING, FALLING, Optional.empty()));
    assertThat(large.findings()).as("with its weight").isEmpty();
    large.tasks.set(0, Case.task("a", OptionalDouble.empty(), FALLING, FALLING, Optional.empty()));
    assertThat(large.findings()).as("weights that change").isEmpty();
    large.tasks.set(0, Case.task("a", OptionalDouble.of(0), FALLING, FALLING, Optional.empty()));
    assertThat(large.findings()).as("a task that is only watched").isEmpty();
  }

  @Test
  void aLossThatStandsStillThoughItCouldFallHasStopped() {
    TaskCurve still = curve(List.of(0.69, 0.65, 0.649), List.of(0.7, 0.65, 0.65));
    assertOne(
        new Case().first(still, FALLING).findings(),
        new Finding(
            "STOPPED_LEARNING",
            Severity.WARNING,
            List.of("a"),
            "The training loss of a was 0.6900 in epoch 1, 0.6500 in epoch 2 and 0.6490 in the"
                + " last, 3; the model of this task alone ended at 0.4000.",
            "Raise tasks.a.loss_weight or lower those of the others, and see whether LOSS_SCALE or"
                + " OPPOSED_TASKS names the task that stands in its way."));
    assertThat(new Case().first(still, still).findings()).as("nobody gets it lower").isEmpty();
    Case other = new Case();
    other.tasks.set(
        0, new TaskEvidence("a", OptionalDouble.of(1), still, Optional.empty(), Optional.empty()));
    assertThat(other.findings()).as("another loss").isEmpty();
    TaskCurve moving = curve(List.of(0.69, 0.65, 0.64), List.of(0.7, 0.65, 0.64));
    assertThat(new Case().first(moving, FALLING).findings()).isEmpty();
  }

  @Test
  void validationThatRisesWhileTrainingFallsIsOverfitting() {
    TaskCurve rising = curve(List.of(0.6, 0.5, 0.4), List.of(0.55, 0.5, 0.52));
    assertOne(
        new Case().first(rising, FALLING).findings(),
        new Finding(
            "OVERFITTING",
            Severity.WARNING,
            List.of("a"),
            "log_loss of a on validation rows was best in epoch 2, 0.5000, and is 0.5200 in the"
                + " last, 3, while its training loss fell from 0.5000 to 0.4000. The state that is"
                + " kept, of epoch 3, has 0.5200.",
            "Stop by this task (training.early_stopping: {metric: a/log_loss}), or fewer epochs;"
                + " dropout in the model; smaller tables (dim, min_count)."));
    TaskCurve kept = new TaskCurve(rising.training(), rising.metric(), rising.validation(), 2);
    assertThat(new Case().first(kept, FALLING).findings())
        .extracting(Finding::severity, Finding::remedy)
        .containsExactly(
            tuple(Severity.NOTE, "The kept state is not hurt; fewer epochs would save time."));
    TaskCurve little = curve(List.of(0.6, 0.5, 0.4), List.of(0.55, 0.5, 0.509));
    assertThat(new Case().first(little, FALLING).findings()).isEmpty();
    TaskCurve both = curve(List.of(0.6, 0.5, 0.55), List.of(0.55, 0.5, 0.6));
    assertThat(new Case().first(both, both).findings()).as("training gets worse, too").isEmpty();
  }

  private static List<Finding> calibrated(double ratio, double low, double high) {
    Case of = new Case();
    of.tasks.set(
        0,
        Case.task(
            "a",
            OptionalDouble.of(1),
            FALLING,
            FALLING,
            Optional.of(new MeanRatio(ratio, interval(low, high)))));
    return of.findings();
  }

  @Test
  void probabilitiesThatAreOffAreMiscalibrated() {
    assertOne(
        calibrated(1.2, 1.1, 1.3),
        new Finding(
            "MISCALIBRATION",
            Severity.WARNING,
            List.of("a"),
            "a promises 1.2000 times the positives that there are (pcoc), 95 % [1.1000, 1.3000].",
            "Set tasks.a.calibration: platt, isotonic or temperature. If the test rows are later"
                + " than the training rows, their rate may have changed: mtl lint looks at that."));
    assertThat(calibrated(0.9, 0.85, 0.95)).hasSize(1);
    assertThat(calibrated(1.2, 0.9, 1.5)).as("may be chance").isEmpty();
    assertThat(calibrated(1.04, 1.03, 1.05)).as("too little to matter").isEmpty();
  }

  private static GateEvidence gate(String task, double... weights) {
    return new GateEvidence(
        "gate/" + task,
        task,
        List.of("x", "y"),
        List.of(new GateEvidence.Slice("all rows", 10, weights, 0.5)));
  }

  @Test
  void anExpertUnderATwentiethOfAnEvenShareIsDead() {
    Case dead = new Case();
    dead.gates.add(gate("a", 0.976, 0.024));
    dead.gates.add(gate("b", 0.98, 0.02));
    assertOne(
        dead.findings(),
        new Finding(
            "DEAD_EXPERT",
            Severity.WARNING,
            List.of("y"),
            "No gate uses y: its mean weights are a 0.0240, b 0.0200, where an even share is"
                + " 0.5000.",
            "Lower model.experts: it costs time and learns nothing. If it died early, lower the"
                + " learning rate."));
    dead.gates.set(0, gate("a", 0.974, 0.026));
    assertThat(dead.findings()).isEmpty();
  }

  private static List<Finding> alike(double correlation, double spread) {
    Case of = new Case();
    of.experts =
        Optional.of(
            new ExpertEvidence(
                List.of("x", "y"),
                new double[] {spread, 1},
                new double[][] {{1, correlation}, {correlation, 1}}));
    return of.findings();
  }

  @Test
  void expertsThatSayTheSameAreEqual() {
    assertOne(
        alike(0.96, 1),
        new Finding(
            "EQUAL_EXPERTS",
            Severity.WARNING,
            List.of("x", "y"),
            "x and y put out the same, up to a factor: the correlation of their units' outputs is"
                + " 0.9600.",
            "Lower model.experts, as one of the two would do; or give them dropout, so that they"
                + " part."));
    assertThat(alike(0.94, 1)).isEmpty();
    assertThat(alike(-0.99, 1)).isEmpty();
    assertThat(alike(Double.NaN, 0)).extracting(Finding::code).containsExactly("DEAD_EXPERT");
  }

  private static SlicedGate.Slice slice(
      String name, int units, List<Double> weights, SlicedGate.Shift shift) {
    return new SlicedGate.Slice(
        name,
        new SlicedGate.Size(2L * units, units, units < 30),
        weights,
        0.5,
        Optional.ofNullable(shift));
  }

  private static Case sliced(int units, double distance, double p) {
    SlicedGate.Shift far =
        new SlicedGate.Shift(distance, Optional.of(new SlicedGate.Chance(0.03, p)));
    Case with = new Case();
    with.sliced.add(
        new SlicedGate(
            "country",
            "gate/a",
            "a",
            List.of("expert/1", "expert/2"),
            List.of(
                slice("DE", units, List.of(0.2, 0.8), far),
                slice("FR", 300, List.of(0.5, 0.5), null),
                slice("US", 100, List.of(0.3, 0.7), null))));
    return with;
  }

  /** The others have (300 * 0.5 + 100 * 0.7) / 400 = 0.55 on the second expert. */
  @Test
  void aSliceThatTakesOtherExpertsIsNoted() {
    assertOne(
        sliced(600, 0.24, 0.001).findings(),
        new Finding(
            "EXPERTS_BY_SLICE",
            Severity.NOTE,
            List.of("a", "expert/2"),
            "The gate of a gives the 1,200 rows of \"DE\" (country) other experts than the others:"
                + " 24.0 % of its weight lies elsewhere, by chance it would be 3.0 % (p 0.0010). Most"
                + " of it is on expert/2, with 0.8000 where the other rows have 0.5500.",
            "See the slice's own figures (evaluation.slices). Where they are as good as the"
                + " others', this is what gates are for; where they are worse, its experts learn"
                + " from its rows alone: fewer experts, or dropout, make them learn from all."));
  }

  @Test
  void aSliceIsNotFarByChanceNorByLittleNorWhereItIsSmall() {
    assertThat(sliced(600, 0.24, 0.06).findings()).as("chance").isEmpty();
    assertThat(sliced(600, 0.22, 0.001).findings()).as("0.19 beyond chance").isEmpty();
    assertThat(sliced(29, 0.9, 0.001).findings()).as("small").isEmpty();
  }
}
