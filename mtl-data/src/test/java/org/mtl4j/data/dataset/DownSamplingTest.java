package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.testkit.TestSeed;

class DownSamplingTest {
  private static final int ROWS = 20_000;
  private static final Seed SEED = new Seed(TestSeed.value());
  private static final Task CLICK =
      new Task(
          "click",
          new TaskType.Binary(List.of("yes")),
          Expression.parse("click"),
          new SampleSpace(Optional.of(Expression.parse("shown == 1"))),
          Optional.empty(),
          1);

  /** Of ten rows one is a click, one has no label, and one was not shown. */
  private static BatchSource rows() {
    return BatchSource.of(
        IntStream.range(0, ROWS)
            .mapToObj(
                i -> {
                  Map<String, Object> row = new HashMap<>(Map.of("i", i));
                  row.put("click", i % 10 == 0 ? "yes" : i % 10 == 1 ? null : "no");
                  row.put("shown", i % 10 == 2 ? 0 : 1);
                  return row;
                })
            .toList());
  }

  private static SplitDataset all(String where) {
    RowRules rules =
        new RowRules(
            where.isEmpty() ? Optional.empty() : Optional.of(Expression.parse(where)),
            false,
            Map.of());
    SplitRule.ByRow split = new SplitRule.Random(0.1, 0.1);
    return SplitDataset.of(rows(), rules, split, SEED);
  }

  private static SplitDataset sampled(String where, Seed seed) {
    return all(where).downSampled(new DownSampling("click", 0.2), CLICK, seed);
  }

  private static Set<Integer> records(SplitDataset data, Split split, int block) {
    Set<Integer> records = new HashSet<>();
    data.forEach(
        split,
        block,
        rows ->
            IntStream.range(0, rows.rowCount()).forEach(r -> records.add((int) rows.record(r))));
    return records;
  }

  private static boolean isNegative(int record) {
    return record % 10 > 2;
  }

  @Test
  void aShareOfTheNegativesOfTrainingIsKeptAndEveryOtherRow() {
    Set<Integer> train = records(all(""), Split.TRAIN, 100);
    Set<Integer> kept = records(sampled("", SEED), Split.TRAIN, 100);
    long negatives = train.stream().filter(DownSamplingTest::isNegative).count();
    long stayed = kept.stream().filter(DownSamplingTest::isNegative).count();
    double deviation = Math.sqrt(0.2 * 0.8 / negatives);
    assertThat((double) stayed / negatives)
        .as("seed %d", TestSeed.value())
        .isCloseTo(0.2, within(5 * deviation));
    train.removeIf(DownSamplingTest::isNegative);
    kept.removeIf(DownSamplingTest::isNegative);
    assertThat(kept).isEqualTo(train);
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      assertThat(records(sampled("", SEED), split, 100)).isEqualTo(records(all(""), split, 100));
    }
  }

  @Test
  void recordStaysOrGoesWhateverRowsAreBesideIt() {
    Set<Integer> kept = records(sampled("", SEED), Split.TRAIN, 64);
    Set<Integer> some = records(sampled("i > 7000", SEED), Split.TRAIN, 1000);
    kept.removeIf(record -> record <= 7000);
    assertThat(some).isEqualTo(kept);
    Set<Integer> together = new HashSet<>();
    sampled("", SEED)
        .forEach(
            333,
            (split, rows) -> {
              if (split == Split.TRAIN) {
                IntStream.range(0, rows.rowCount())
                    .forEach(r -> together.add((int) rows.record(r)));
              }
            });
    together.removeIf(record -> record <= 7000);
    assertThat(together).isEqualTo(kept);
    Seed other = new Seed(SEED.value() + 1);
    SplitDataset elsewhere = all("").downSampled(new DownSampling("click", 0.2), CLICK, other);
    assertThat(records(elsewhere, Split.TRAIN, 64))
        .isNotEqualTo(records(sampled("", SEED), Split.TRAIN, 64));
  }

  @Test
  void fingerprintTellsTheShareApart() {
    SplitDataset all = all("");
    assertThat(
            List.of(
                all.rows(Split.TRAIN).fingerprint(),
                sampled("", SEED).rows(Split.TRAIN).fingerprint(),
                all.downSampled(new DownSampling("click", 0.3), CLICK, SEED)
                    .rows(Split.TRAIN)
                    .fingerprint()))
        .doesNotHaveDuplicates();
  }

  @Test
  void keptNegativesStandForThoseLeftOutInOtherTasks() {
    boolean[] mask = {true, true, false, true};
    LabelColumn click = new LabelColumn(new float[] {1, 0, 0, 0}, mask, new float[] {1, 3, 1, 1});
    boolean[] all = {true, true, true, false};
    LabelColumn like = new LabelColumn(new float[] {0, 1, 0, 1}, all, new float[] {2, 3, 4, 1});
    Map<String, LabelColumn> weighed =
        new DownSampling("click", 0.25).weigh(Map.of("click", click, "like", like));
    assertThat(weighed.get("click")).isSameAs(click);
    assertThat(weighed.get("like").weights()).containsExactly(2, 12, 4, 4);
    assertThat(weighed.get("like").labels()).containsExactly(0, 1, 0, 1);
    assertThat(weighed.get("like").mask()).isEqualTo(all);
    assertThat(like.weights()).containsExactly(2, 3, 4, 1);
  }

  @Test
  void setsOfClassesStayWhatTheyAre() {
    boolean[] mask = {true, true};
    LabelColumn click = new LabelColumn(new float[] {1, 0}, mask, new float[] {1, 1});
    LabelColumn moods =
        new LabelColumn(new float[] {1, 0, 1, 0, 1, 1}, mask, new float[] {2, 3}, 3);
    LabelColumn weighed =
        new DownSampling("click", 0.25).weigh(Map.of("click", click, "moods", moods)).get("moods");
    assertThat(weighed.weights()).containsExactly(2, 12);
    assertThat(weighed.labels()).containsExactly(1, 0, 1, 0, 1, 1);
    assertThat(weighed.classes()).isEqualTo(3);
  }

  @Test
  void whatIsNoShareIsRefused() {
    for (double keep : new double[] {0, -0.1, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> new DownSampling("click", keep))
          .hasMessage("keep: expected a share above 0, at most 1, found " + keep);
    }
  }
}
