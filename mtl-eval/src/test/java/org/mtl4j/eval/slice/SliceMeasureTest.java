package org.mtl4j.eval.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.interval.DeLong;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.LogLoss;
import org.mtl4j.eval.metric.Pcoc;
import org.mtl4j.testkit.TestSeed;

/** Figures of slices against the definitions, over rows that a loop picks. */
class SliceMeasureTest {
  private static final OutputSpec CLICK =
      new OutputSpec(
          "click",
          new TaskType.Binary(List.of()),
          new LabelEncoding.Indicator(),
          new LabelRule.OfTask("click"),
          "a click");
  private static final List<String> NAMES = List.of("good", "bad", "tiny", "none");
  private static final int ROWS = 900;

  /** What happened in a row, and whether it has a say. */
  private record Row(int slice, double score, int label, boolean say) {}

  private final List<Row> rows = rows();

  private static List<Row> rows() {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int slice = i % 20 == 7 ? 2 : i % 2;
      int label = random.nextInt(2);
      double score = slice == 0 ? (label + random.nextDouble()) / 2 : random.nextDouble();
      // The tiny slice is ranked upside down: the worst of all, of some 45 rows.
      rows.add(new Row(slice, slice == 2 ? 1 - label * .5 - score / 4 : score, label, i % 5 != 0));
    }
    return rows;
  }

  private List<Row> say() {
    return rows.stream().filter(Row::say).toList();
  }

  private SlicedRows sliced() {
    BitSet say = new BitSet();
    IntStream.range(0, ROWS).filter(i -> rows.get(i).say()).forEach(say::set);
    return new SlicedRows(
        CLICK,
        new EvaluationRows(
            say().stream().mapToDouble(Row::score).toArray(),
            1,
            say().stream().mapToDouble(Row::label).toArray(),
            say().stream().mapToDouble(row -> 1).toArray(),
            Optional.empty()),
        say);
  }

  private SlicedOutput measured(Metric... metrics) {
    Slicing slicing = new Slicing("kind", NAMES, rows.stream().mapToInt(Row::slice).toArray());
    SlicedFigures figures =
        new SliceMeasure(new Evaluator(List.of(metrics)), new Bootstrap(200))
            .measure(slicing, List.of(sliced()));
    assertThat(figures.name()).isEqualTo("kind");
    return figures.outputs().get(0);
  }

  @Test
  void figuresAreThoseOfTheRowsPickedByHand() {
    SlicedOutput output = measured(new Auc(), new LogLoss());
    double whole = logLoss(say());
    assertThat(output.whole().get("log_loss").getAsDouble()).isCloseTo(whole, within(1e-12));
    for (SliceFigures slice : output.slices()) {
      List<Row> own =
          say().stream().filter(row -> NAMES.get(row.slice()).equals(slice.slice())).toList();
      assertThat(slice.size().rows()).isEqualTo(own.size());
      assertThat(slice.size().units()).isEqualTo(own.size());
      assertThat(slice.size().positives()).hasValue(own.stream().mapToInt(Row::label).sum());
      if (own.isEmpty()) {
        assertThat(slice.figures().get("auc").value()).isEmpty();
        assertThat(slice.figures().get("auc").difference()).isEmpty();
        continue;
      }
      String seed = slice.slice() + ", seed " + TestSeed.value();
      SliceFigures.Figure loss = slice.figures().get("log_loss");
      assertThat(loss.value().getAsDouble()).as(seed).isCloseTo(logLoss(own), within(1e-12));
      assertThat(loss.difference().getAsDouble())
          .as(seed)
          .isCloseTo(logLoss(own) - whole, within(1e-12));
      assertThat(slice.figures().get("auc").value().getAsDouble())
          .as(seed)
          .isCloseTo(auc(own), within(1e-12));
    }
  }

  @Test
  void slicesAreWorstFirstAndSmallOnesLastAndNoRowIsLost() {
    SlicedOutput output = measured(new Auc(), new LogLoss());
    assertThat(output.slices())
        .extracting(SliceFigures::slice)
        .containsExactly("bad", "good", "tiny", "none");
    assertThat(output.slices())
        .extracting(slice -> slice.size().small())
        .containsExactly(false, false, true, true);
    assertThat(output.slices().stream().mapToInt(slice -> slice.size().rows()).sum())
        .isEqualTo(say().size());
    assertThat(output.primary()).hasValue(new SlicedOutput.Primary("auc", true));
  }

  /** Of a loss the largest is the worst; one that describes is no measure of that. */
  @Test
  void theOrderGoesByTheFirstMetricThatJudgesAndItsDirection() {
    SlicedOutput output = measured(new Pcoc(), new LogLoss());
    assertThat(output.primary()).hasValue(new SlicedOutput.Primary("log_loss", false));
    assertThat(output.slices()).extracting(SliceFigures::slice).startsWith("bad", "good");
    assertThat(measured(new Pcoc()).primary()).isEmpty();
  }

  @Test
  void theAucHasDeLongsIntervalThePrimaryFigureOneOfDrawsAndOthersNone() {
    SlicedOutput byAuc = measured(new Auc(), new LogLoss());
    SliceFigures bad = byAuc.slices().get(0);
    int[] own = IntStream.range(0, say().size()).filter(i -> say().get(i).slice() == 1).toArray();
    assertThat(bad.figures().get("auc").interval())
        .isEqualTo(DeLong.interval(sliced().rows().select(own)))
        .isPresent();
    assertThat(bad.figures().get("log_loss").interval()).isEmpty();
    SliceFigures byLoss = measured(new LogLoss(), new Auc()).slices().get(0);
    assertThat(byLoss.figures().get("auc").interval()).isPresent();
    SliceFigures.Figure loss = byLoss.figures().get("log_loss");
    assertThat(loss.value().getAsDouble())
        .isBetween(loss.interval().orElseThrow().low(), loss.interval().orElseThrow().high());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(() -> new Slicing("kind", List.of("a"), new int[] {0, 1}))
        .hasMessage("expected rows in slices from 0 to 0, found one in another");
    assertThatThrownBy(() -> new SlicedRows(CLICK, sliced().rows(), new BitSet()))
        .hasMessage("expected 0 rows of output click that have a say, found 720");
  }

  private static double logLoss(List<Row> rows) {
    return rows.stream()
        .mapToDouble(row -> -Math.log(row.label() == 1 ? row.score() : 1 - row.score()))
        .average()
        .orElseThrow();
  }

  /** Pair by pair. */
  private static double auc(List<Row> rows) {
    double right = 0;
    double pairs = 0;
    for (Row yes : rows) {
      for (Row no : rows) {
        if (yes.label() == 1 && no.label() == 0) {
          right += yes.score() > no.score() ? 1 : yes.score() == no.score() ? .5 : 0;
          pairs++;
        }
      }
    }
    return right / pairs;
  }
}
