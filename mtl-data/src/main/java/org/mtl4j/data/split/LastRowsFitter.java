package org.mtl4j.data.split;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.union.ScopedIds;

/**
 * Finds the last two rows of each user, in one pass. It holds every user in half of the heap at
 * most, whatever the number of rows.
 *
 * @param rule what the user asked for
 * @param input the rows
 */
record LastRowsFitter(SplitRule.LeaveLastOut rule, SplitInput input) {
  private static final double HEAP_SHARE = 0.5;

  /** With fewer rows none would be left to learn the user from. */
  private static final int LEAST_ROWS = 3;

  /** Two rows of a user, 48 bytes, and their records in the split that comes of them. */
  private static final int USER_BYTES = 64;

  /** What says for each row what it is for. */
  SplitAssigner fit() {
    return fit(HeapShare.of(HEAP_SHARE));
  }

  /** As {@link #fit()}, with a share of the heap for the users. */
  SplitAssigner fit(HeapShare heap) {
    ScopedIds group = input.ids("group", rule.group());
    int column = input.column("time", rule.time());
    Optional<RawBatch> first = input.firstBlock();
    if (first.isEmpty()) {
      return (rows, row) -> Split.TRAIN; // Of no rows: whoever counts them says so.
    }
    TimeColumn times = TimeColumn.of(TimeColumn.Use.split(rule.time()), column, first.get());
    Map<String, LastRows> users = new HashMap<>();
    input.forEachBlock(
        rows -> {
          for (int row = 0; row < rows.rowCount(); row++) {
            double time = times.at(rows, row);
            String user = group.of(rows, row);
            if (user != null) {
              of(user, users, heap).add(time, rows.record(row));
            }
          }
        });
    return new LastRowsSplit(
        records(users.values(), rows -> rows.lastRecord),
        records(users.values(), rows -> rows.recordBefore));
  }

  private LastRows of(String user, Map<String, LastRows> users, HeapShare heap) {
    LastRows known = users.get(user);
    if (known != null) {
      return known;
    }
    if (!heap.takeText(user) || !heap.take(USER_BYTES)) {
      throw heap.refusal(
          "data.split.group",
          String.format(
              Locale.ROOT,
              "remembering the last two rows of %,d different values of \"%s\" takes",
              users.size() + 1,
              rule.group()),
          "Split by time, with validation_from and test_from, which holds nothing.");
    }
    LastRows rows = new LastRows();
    users.put(user, rows);
    return rows;
  }

  private static long[] records(Collection<LastRows> users, ToLongFunction<LastRows> record) {
    return users.stream()
        .filter(rows -> rows.count >= LEAST_ROWS)
        .mapToLong(record)
        .sorted()
        .toArray();
  }

  /** A user's last two rows so far; records come in their order. */
  private static final class LastRows {
    private double lastTime = Double.NEGATIVE_INFINITY;
    private double timeBefore = Double.NEGATIVE_INFINITY;
    private long lastRecord;
    private long recordBefore;
    private int count;

    void add(double time, long record) {
      count = Math.min(LEAST_ROWS, count + 1);
      if (time >= lastTime) {
        timeBefore = lastTime;
        recordBefore = lastRecord;
        lastTime = time;
        lastRecord = record;
      } else if (time >= timeBefore) {
        timeBefore = time;
        recordBefore = record;
      }
    }
  }
}
