package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;

class ReadAheadTest {
  /** Rows 0 to 99, and behind them a failure or the end. */
  private static final class Rows implements RawCursor {
    private final RawCursor rows =
        BatchSource.of(IntStream.range(0, 100).mapToObj(x -> Map.of("x", x)).toList()).open();
    private final Optional<Throwable> atEnd;
    private volatile boolean closed;

    Rows(Optional<Throwable> atEnd) {
      this.atEnd = atEnd;
    }

    @Override
    public Optional<RawBatch> next(int maxRows) {
      Optional<RawBatch> block = rows.next(maxRows);
      if (block.isEmpty() && atEnd.isPresent()) {
        if (atEnd.get() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) atEnd.get();
      }
      return block;
    }

    @Override
    public void close() {
      closed = true;
      rows.close();
    }
  }

  private static List<Double> readAll(RawCursor cursor, List<Double> into) {
    for (var block = cursor.next(7); block.isPresent(); block = cursor.next(7)) {
      for (int row = 0; row < block.get().rowCount(); row++) {
        into.add(block.get().number(0, row));
      }
    }
    return into;
  }

  private static List<Double> all() {
    return IntStream.range(0, 100).mapToObj(x -> (double) x).toList();
  }

  @Test
  void rowsComeInTheirOrderToTheEndAndTheEndStays() {
    Rows rows = new Rows(Optional.empty());
    try (ReadAhead ahead = new ReadAhead(rows, 7)) {
      assertThat(readAll(ahead, new ArrayList<>())).isEqualTo(all());
      assertThat(ahead.next(7)).isEmpty();
    }
    assertThat(rows.closed).isTrue();
  }

  @Test
  void failureComesAsItIsAfterTheRowsBeforeIt() {
    for (Throwable failure :
        List.of(new IllegalStateException("line 7"), new StackOverflowError())) {
      List<Double> read = new ArrayList<>();
      try (ReadAhead ahead = new ReadAhead(new Rows(Optional.of(failure)), 7)) {
        assertThatThrownBy(() -> readAll(ahead, read)).isSameAs(failure);
        assertThat(ahead.next(7)).isEmpty();
      }
      assertThat(read).isEqualTo(all());
    }
  }

  @Test
  void closingBeforeTheEndStopsTheThreadAndClosesTheRows() {
    Rows rows = new Rows(Optional.empty());
    ReadAhead ahead = new ReadAhead(rows, 1);
    assertThat(ahead.next(1)).isPresent();
    ahead.close();
    assertThat(rows.closed).isTrue();
    assertThat(ahead.next(1)).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("mtl-read-ahead") && thread.isAlive());
  }
}
