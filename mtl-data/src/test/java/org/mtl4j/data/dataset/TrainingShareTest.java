package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.data.union.IdScope;

/** Shares of the training rows: nested, of about their size, and of training alone. */
class TrainingShareTest {
  private static final int ROWS = 8_000;
  private static final Seed SEED = new Seed(7);

  private static SplitDataset whole() {
    List<Map<String, ?>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(Map.of("user", "u" + i % 500, "x", i));
    }
    return SplitDataset.of(
        BatchSource.of(Columns.of(ColumnType.UNTYPED, List.of("user", "x")), rows::stream),
        new RowRules(Optional.empty(), false, Map.of()),
        new SplitRule.Random(0.1, 0.2),
        SEED);
  }

  private static SplitDataset share(double share, Optional<String> groups) {
    return whole().sharing(share, groups, IdScope.WHOLE, SEED);
  }

  private static Set<Long> records(SplitDataset data, Split split) {
    Set<Long> records = new HashSet<>();
    data.forEach(
        split,
        100,
        rows -> {
          for (int row = 0; row < rows.rowCount(); row++) {
            records.add(rows.record(row));
          }
        });
    return records;
  }

  private static Set<String> users(SplitDataset data) {
    Set<String> users = new HashSet<>();
    data.forEach(
        Split.TRAIN,
        100,
        rows -> {
          for (int row = 0; row < rows.rowCount(); row++) {
            users.add(rows.text(0, row));
          }
        });
    return users;
  }

  @Test
  void aSmallerShareIsAPartOfALargerOneAndTheOtherSplitsStayWhole() {
    Set<Long> all = records(whole(), Split.TRAIN);
    Set<Long> fifth = records(share(.2, Optional.empty()), Split.TRAIN);
    Set<Long> twentieth = records(share(.05, Optional.empty()), Split.TRAIN);
    assertThat(all).containsAll(fifth);
    assertThat(fifth).containsAll(twentieth);
    assertThat(fifth.size() / (double) all.size()).isBetween(.18, .22);
    assertThat(twentieth.size() / (double) all.size()).isBetween(.04, .06);
    assertThat(records(share(1, Optional.empty()), Split.TRAIN)).isEqualTo(all);
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      assertThat(records(share(.05, Optional.empty()), split)).isEqualTo(records(whole(), split));
    }
  }

  @Test
  void groupsStayWholeAndNested() {
    SplitDataset fifth = share(.2, Optional.of("user"));
    Set<String> users = users(fifth);
    assertThat(users.size() / 500.0).isBetween(.14, .26);
    assertThat(users).containsAll(users(share(.05, Optional.of("user"))));
    long theirs =
        records(whole(), Split.TRAIN).stream().filter(r -> users.contains("u" + r % 500)).count();
    assertThat(records(fifth, Split.TRAIN)).hasSize((int) theirs);
  }

  @Test
  void anotherShareIsOtherDataAndTheWholeIsNot() {
    String all = whole().rows(Split.TRAIN).fingerprint();
    assertThat(share(1, Optional.empty()).rows(Split.TRAIN).fingerprint()).isEqualTo(all);
    assertThat(share(.2, Optional.empty()).rows(Split.TRAIN).fingerprint()).isNotEqualTo(all);
  }
}
