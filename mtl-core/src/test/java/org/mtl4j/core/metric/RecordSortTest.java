package org.mtl4j.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSortTest {
  /** Bytes of heap for a part, over four: ten records a run. */
  private static final long TEN_RECORDS = 4 * 10 * 24;

  private final SplittableRandom random = new SplittableRandom(7);

  @TempDir private Path folder;

  private RecordFile records(long... keys) {
    try (RecordWriter writer = new RecordWriter(folder, Long.BYTES + Integer.BYTES)) {
      for (int i = 0; i < keys.length; i++) {
        writer.next().putLong(keys[i]).putInt(i);
      }
      return writer.toFile();
    }
  }

  private RecordSort sort(long bytes, int runsAtOnce) {
    return new RecordSort(
        new RowRoom(folder, bytes, ""),
        (file, i) -> (file.getInt(i, 0) & 0xffffffffL) | ((long) file.getInt(i, 4) << 32),
        runsAtOnce);
  }

  private static List<Integer> places(RecordFile file) {
    return IntStream.range(0, file.size()).mapToObj(i -> file.getInt(i, Long.BYTES)).toList();
  }

  private static List<Integer> expected(long... keys) {
    return IntStream.range(0, keys.length)
        .boxed()
        .sorted(Comparator.comparing(i -> keys[i], Long::compareUnsigned))
        .toList();
  }

  /** 1 to 101 runs, by two and by three at once: up to seven levels of merges. */
  @Test
  void recordsComeInTheOrderOfTheirKeysAndTiesKeepTheirs() throws Exception {
    for (int n : new int[] {0, 1, 2, 9, 10, 11, 99, 100, 257, 1001}) {
      long[] keys = random.longs(n, -20, 20).toArray();
      for (int runsAtOnce : new int[] {2, 3, RecordSort.RUNS_AT_ONCE}) {
        assertThat(places(sort(TEN_RECORDS, runsAtOnce).sort(records(keys))))
            .as("%d records, %d runs at once", n, runsAtOnce)
            .isEqualTo(expected(keys));
      }
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  /** No heap to speak of: every record is a run. */
  @Test
  void aRunHasOneRecordAtLeast() {
    long[] keys = random.longs(300).toArray();
    assertThat(places(sort(0, 2).sort(records(keys)))).isEqualTo(expected(keys));
  }

  @Test
  void sortedAndFallingKeysAreSortedToo() {
    long[] rising = IntStream.range(0, 500).mapToLong(i -> i - 250L).toArray();
    long[] falling = IntStream.range(0, 500).mapToLong(i -> 250L - i).toArray();
    assertThat(places(sort(TEN_RECORDS, 3).sort(records(rising)))).isEqualTo(expected(rising));
    assertThat(places(sort(TEN_RECORDS, 3).sort(records(falling)))).isEqualTo(expected(falling));
  }
}
