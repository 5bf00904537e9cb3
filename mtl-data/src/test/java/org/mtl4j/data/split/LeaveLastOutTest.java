package org.mtl4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.data.split.TestSplits.SEED;
import static org.mtl4j.data.split.TestSplits.assign;
import static org.mtl4j.data.split.TestSplits.failure;
import static org.mtl4j.data.split.TestSplits.numbers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.testkit.TestSeed;

/** Each user's last row, by sorting all rows of a user. */
class LeaveLastOutTest {
  private static final SplitRule.LeaveLastOut RULE = new SplitRule.LeaveLastOut("user", "time");

  @Test
  void lastRowOfEachUserIsTestAndTheOneBeforeValidation() {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      // Few times, so that many are equal; some users of one, two or three rows.
      int user = (int) (3_000 * Math.pow(random.nextDouble(), 2));
      rows.add(Map.of("user", "u" + user, "time", random.nextInt(20)));
    }
    List<Split> splits = assign(RULE, BatchSource.of(rows));
    List<Split> expected = sorted(rows);
    assertThat(splits).as("seed %d", TestSeed.value()).isEqualTo(expected);
    assertThat(expected).contains(Split.TRAIN, Split.VALIDATION, Split.TEST);
  }

  private static List<Split> sorted(List<Map<String, Object>> rows) {
    Map<Object, List<Integer>> users = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      users.computeIfAbsent(rows.get(i).get("user"), u -> new ArrayList<>()).add(i);
    }
    Split[] splits = new Split[rows.size()];
    for (List<Integer> own : users.values()) {
      own.sort(Comparator.comparing((Integer i) -> (Integer) rows.get(i).get("time")));
      for (int k = 0; k < own.size(); k++) {
        int left = own.size() - k;
        splits[own.get(k)] =
            own.size() < 3 || left > 2 ? Split.TRAIN : left == 1 ? Split.TEST : Split.VALIDATION;
      }
    }
    return List.of(splits);
  }

  @Test
  void usersOfFewerThanThreeRowsAndRowsWithoutOneStayInTraining() {
    String[] users = {"a", "b", null, "a", null, "c", "b", null, "c", "c"};
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < users.length; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("user", users[i]);
      row.put("time", "2024-03-%02dT10:00+01:00".formatted(31 - i));
      rows.add(row);
    }
    List<Split> splits = assign(RULE, BatchSource.of(rows));
    Split[] expected = new Split[users.length];
    Arrays.fill(expected, Split.TRAIN);
    expected[5] = Split.TEST; // Times fall: the first row of c is the last.
    expected[8] = Split.VALIDATION;
    assertThat(splits).containsExactly(expected);
  }

  @Test
  void columnsThatAreNotThereAreNamedByTheirKeys() {
    MtlException user = failure(() -> assign(RULE, numbers("usr", 3)));
    assertThat(user.code()).isEqualTo(ErrorCode.COLUMN_MISSING);
    assertThat(user)
        .hasMessage("data.split.group: The source has no column \"user\". Did you mean \"usr\"?");
    MtlException time = failure(() -> assign(RULE, numbers("user", 3)));
    assertThat(time).hasMessageStartingWith("data.split.time: The source has no column \"time\".");
  }

  @Test
  void rowWithoutATimeIsRefusedWhereverItsUserGoes() {
    Map<String, Object> lacks = new HashMap<>(Map.of("user", "a"));
    lacks.put("time", null);
    List<Map<String, Object>> rows = List.of(Map.of("user", "a", "time", 1), lacks);
    assertThat(failure(() -> assign(RULE, BatchSource.of(rows))))
        .hasMessage(
            "row 1: Rows are split by the time in column \"time\", and it is missing here."
                + " Leave such rows out: data.where: \"not is_missing(`time`)\".");
  }

  @Test
  void usersThatTheShareOfTheHeapCannotHoldAreRefused() {
    List<Map<String, Object>> rows =
        IntStream.range(0, 90)
            .mapToObj(i -> Map.<String, Object>of("user", "u" + (10 + i % 30), "time", i))
            .toList();
    LastRowsFitter fitter = new LastRowsFitter(RULE, new SplitInput(BatchSource.of(rows), SEED));
    long bytes = 30L * (104 + 2 * 3 + 64); // Of rows there may be any number.
    fitter.fit(new HeapShare(0.5, 2 * bytes));
    MtlException error = failure(() -> fitter.fit(new HeapShare(0.5, 2 * bytes - 2)));
    assertThat(error.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(error)
        .hasMessage(
            "data.split.group: Expected what fits into 50 % of the heap, 0.0 MB; found that"
                + " remembering the last two rows of 30 different values of \"user\" takes more."
                + " Split by time, with validation_from and test_from, which holds nothing. Or"
                + " give Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere.");
  }
}
