package org.mtl4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.data.split.TestSplits.SEED;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.testkit.TestSeed;

/** Two domains in which the same ids stand for different users, or for the same. */
class DomainSplitTest {
  private static final int USERS = 500;
  private static final int ROWS = 4;

  private static List<Split> assign(SplitRule.ByRow rule, Set<String> shared) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String domain : List.of("us", "de")) {
      for (int i = 0; i < USERS * ROWS; i++) {
        rows.add(Map.of("domain", domain, "user", i % USERS, "time", i));
      }
    }
    BatchSource source = BatchSource.of(rows);
    IdScope scope = new IdScope(Optional.of("domain"), shared);
    SplitAssigner assigner = rule.assigner(new SplitInput(source, SEED, scope));
    RawBatch batch = TestSplits.first(source);
    return IntStream.range(0, rows.size()).mapToObj(row -> assigner.of(batch, row)).toList();
  }

  @Test
  void lastRowsAreThoseOfAUserInADomain() {
    SplitRule.LeaveLastOut rule = new SplitRule.LeaveLastOut("user", "time");
    List<Split> apart = assign(rule, Set.of());
    List<Split> shared = assign(rule, Set.of("user"));
    for (int row = 0; row < apart.size(); row++) {
      int left = ROWS - row % (USERS * ROWS) / USERS; // Of the user in this domain.
      Split last = left == 1 ? Split.TEST : left == 2 ? Split.VALIDATION : Split.TRAIN;
      assertThat(apart.get(row)).as("row %d", row).isEqualTo(last);
      // Of equal times the later record is the later row.
      boolean second = row >= USERS * ROWS;
      assertThat(shared.get(row))
          .as("row %d", row)
          .isEqualTo(left > 1 ? Split.TRAIN : second ? Split.TEST : Split.VALIDATION);
    }
  }

  @Test
  void groupIsAUserInADomain() {
    SplitRule.Group rule = new SplitRule.Group("user", .3, .3);
    List<Split> shared = assign(rule, Set.of("user"));
    assertThat(shared.subList(0, USERS * ROWS))
        .isEqualTo(shared.subList(USERS * ROWS, shared.size()));
    List<Split> apart = assign(rule, Set.of());
    int equal = 0;
    for (int row = 0; row < apart.size(); row++) {
      int first = row - row % (USERS * ROWS) + row % USERS;
      assertThat(apart.get(row)).as("row %d", row).isEqualTo(apart.get(first));
      if (row < USERS) {
        equal += apart.get(row) == apart.get(row + USERS * ROWS) ? 1 : 0;
      }
    }
    // Two draws of shares .4, .3 and .3 are equal with a probability of .34, give or take .09.
    assertThat(equal / (double) USERS).as("seed %d", TestSeed.value()).isBetween(.25, .43);
  }
}
