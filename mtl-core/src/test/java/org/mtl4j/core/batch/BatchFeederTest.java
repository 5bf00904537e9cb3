package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchFeederTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);

  /** Per batch the first dense input of its rows: it tells rows apart. */
  private static List<List<Float>> batches(EncodedRows rows, int[] order, int size, int first)
      throws InterruptedException {
    List<List<Float>> batches = new ArrayList<>();
    try (BatchFeeder feeder = new BatchFeeder(TestEncoded.layout(size), rows, order, first)) {
      while (feeder.hasNext()) {
        Batch batch = feeder.next();
        FloatBuffer dense = batch.dense();
        batches.add(IntStream.range(0, batch.size()).mapToObj(r -> dense.get(2 * r)).toList());
      }
    }
    return batches;
  }

  private static List<Float> expected(EncodedRows rows, int[] order, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> rows.dense().get(0)[order[i]]).toList();
  }

  private static int[] order(int n) {
    return new Random(SEED).ints(n, 0, n).toArray();
  }

  @Test
  void rowsComeInOrderAndTheLastBatchIsSmaller() throws InterruptedException {
    EncodedRows rows = TestEncoded.random(23, SEED);
    int[] order = order(23);
    List<List<Float>> batches = batches(rows, order, 5, 0);
    assertThat(batches).hasSize(BatchFeeder.batches(23, 5)).hasSize(5);
    for (int b = 0; b < 5; b++) {
      assertThat(batches.get(b))
          .as("batch %d, seed %d", b, SEED)
          .isEqualTo(expected(rows, order, 5 * b, Math.min(23, 5 * b + 5)));
    }
  }

  @Test
  void queriesComeWholeAndAreNumberedWithinTheirBatch() throws InterruptedException {
    EncodedRows plain = TestEncoded.random(10, SEED);
    int[] queries = {70, 70, 70, 5, 5, 9, 9, 9, 9, 70};
    EncodedRows rows =
        new EncodedRows(10, plain.ids(), plain.dense(), plain.labels(), Optional.of(queries));
    int[] order = {0, 1, 2, 9, 3, 4, 8, 7, 6, 5};
    BatchLayout layout = TestEncoded.layout(6);
    BatchLayout whole =
        new BatchLayout(6, layout.stores(), layout.denseWidth(), layout.labels(), true);
    try (BatchFeeder feeder =
        new BatchFeeder(whole, rows, new BatchOrder(order, new int[] {6, 10}), 0)) {
      IntBuffer first = feeder.next().queries();
      assertThat(first).isEqualTo(IntBuffer.wrap(new int[] {0, 0, 0, 0, 1, 1}));
      Batch second = feeder.next();
      assertThat(second.size()).isEqualTo(4);
      assertThat(second.queries()).isEqualTo(IntBuffer.wrap(new int[4]));
      assertThat(feeder.hasNext()).isFalse();
    }
  }

  @Test
  void rowsArePartedBetweenQueriesWhereThatCanBe() {
    EncodedRows plain = TestEncoded.random(7, SEED);
    int[] queries = {4, 4, 4, 4, 2, 2, 1};
    EncodedRows rows =
        new EncodedRows(7, plain.ids(), plain.dense(), plain.labels(), Optional.of(queries));
    BatchLayout layout = TestEncoded.layout(7);
    Batch batch =
        new Batch(new BatchLayout(7, layout.stores(), layout.denseWidth(), layout.labels(), true));
    batch.fill(rows, IntStream.range(0, 7).toArray(), 0, 7);
    assertThat(batch.wholeQueries(0, 5)).isEqualTo(4);
    assertThat(batch.wholeQueries(0, 6)).isEqualTo(6);
    assertThat(batch.wholeQueries(4, 7)).isEqualTo(7);
    assertThat(batch.wholeQueries(0, 3)).isEqualTo(3);
  }

  @Test
  void numbersOfBatchesAreExactUpToTheLargestOnes() {
    int most = Integer.MAX_VALUE;
    assertThat(BatchFeeder.batches(most, most)).isEqualTo(1);
    assertThat(BatchFeeder.batches(most, most - 1)).isEqualTo(2);
    assertThat(BatchFeeder.batches(23, most)).isEqualTo(1);
    assertThat(BatchFeeder.batches(most, 2)).isEqualTo(1 << 30);
    assertThat(BatchFeeder.batches(0, 5)).isZero();
  }

  @Test
  void startingInTheMiddleGivesTheBatchesThatWereLeft() throws InterruptedException {
    EncodedRows rows = TestEncoded.random(100, SEED);
    int[] order = order(100);
    List<List<Float>> all = batches(rows, order, 8, 0);
    for (int first : new int[] {1, 7, 12}) {
      assertThat(batches(rows, order, 8, first))
          .as("from batch %d, seed %d", first, SEED)
          .isEqualTo(all.subList(first, all.size()));
    }
    assertThat(batches(rows, order, 8, 13)).isEmpty();
    assertThat(batches(rows, order, 8, 99)).isEmpty();
  }

  @Test
  void lentBatchKeepsItsRowsWhileOthersAreFilled() throws InterruptedException {
    EncodedRows rows = TestEncoded.random(400, SEED);
    int[] order = IntStream.range(0, 400).toArray();
    try (BatchFeeder feeder = new BatchFeeder(TestEncoded.layout(4), rows, order, 0)) {
      for (int b = 0; b < 100; b++) {
        Batch batch = feeder.next();
        for (int look = 0; look < 3; look++) {
          for (int r = 0; r < 4; r++) {
            assertThat(batch.dense().get(2 * r)).isEqualTo(rows.dense().get(0)[4 * b + r]);
          }
        }
      }
    }
  }

  @Test
  void askingBeyondTheEndIsAnError() throws InterruptedException {
    EncodedRows rows = TestEncoded.random(3, SEED);
    try (BatchFeeder feeder = new BatchFeeder(TestEncoded.layout(4), rows, order(3), 0)) {
      feeder.next();
      assertThat(feeder.hasNext()).isFalse();
      assertThatThrownBy(feeder::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the batch feeder is at its end");
    }
  }

  @Test
  void closedFeederRefusesInsteadOfWaitingForEver() {
    EncodedRows rows = TestEncoded.random(100, SEED);
    BatchFeeder feeder = new BatchFeeder(TestEncoded.layout(4), rows, order(100), 0);
    feeder.close();
    assertThat(feeder.hasNext()).isFalse();
    assertThatThrownBy(feeder::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the batch feeder is closed");
  }

  @Test
  void closingEarlyEndsTheThread() throws InterruptedException {
    EncodedRows rows = TestEncoded.random(1000, SEED);
    Set<Thread> before = feederThreads();
    Thread filling;
    try (BatchFeeder feeder = new BatchFeeder(TestEncoded.layout(4), rows, order(1000), 0)) {
      Set<Thread> started = feederThreads();
      started.removeAll(before);
      assertThat(started).hasSize(1);
      filling = started.iterator().next();
      feeder.next();
      assertThat(filling.isAlive()).isTrue();
    }
    assertThat(filling.isAlive()).isFalse();
  }

  private static Set<Thread> feederThreads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().equals("mtl-batch-feeder"));
    return threads;
  }

  /**
   * Rows that are slow to read: only when the reader waits for them, and then by a good deal of the
   * clock and of the processor.
   */
  private record SlowRows(EncodedRows rows, Thread reader, Semaphore asked) implements EncodedData {
    static final long NANOS = 5_000_000;

    @Override
    public int rowCount() {
      return rows.rowCount();
    }

    @Override
    public RowLayout layout() {
      return rows.layout();
    }

    @Override
    public void read(int[] order, int from, int size, int[] records) {
      // The reader may be waiting still for the batch before, which is there already.
      asked.acquireUninterruptibly();
      while (reader.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long start = threads.getCurrentThreadCpuTime();
      while (threads.getCurrentThreadCpuTime() - start < NANOS) {
        Thread.onSpinWait();
      }
      rows.read(order, from, size, records);
    }
  }

  @Test
  void timesAreThoseThatTheReaderWaitedAndTheFeederWorked() throws InterruptedException {
    Semaphore asked = new Semaphore(0);
    SlowRows rows = new SlowRows(TestEncoded.random(8, SEED), Thread.currentThread(), asked);
    try (BatchFeeder feeder = new BatchFeeder(TestEncoded.layout(4), rows, order(8), 0)) {
      assertThat(feeder.times().waitedNanos()).isZero();
      asked.release();
      feeder.next();
      FeedTimes first = feeder.times();
      assertThat(first.waitedNanos()).isGreaterThanOrEqualTo(SlowRows.NANOS);
      assertThat(first.processorNanos().orElseThrow()).isGreaterThanOrEqualTo(SlowRows.NANOS);
      asked.release();
      feeder.next();
      FeedTimes both = feeder.times();
      assertThat(both.waitedNanos()).isGreaterThanOrEqualTo(2 * SlowRows.NANOS);
      assertThat(both.processorNanos().orElseThrow()).isGreaterThanOrEqualTo(2 * SlowRows.NANOS);
    }
  }

  @Test
  void failureWhileFillingReachesTheReader() {
    EncodedRows rows = TestEncoded.random(10, SEED);
    int[] order = {0, 1, 2, 99};
    try (BatchFeeder feeder = new BatchFeeder(TestEncoded.layout(4), rows, order, 0)) {
      assertThatThrownBy(feeder::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("filling a batch failed")
          .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    }
  }
}
