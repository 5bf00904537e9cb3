package org.mtl4j.experiment.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.JoinedRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.provenance.Seed;

/**
 * Rows drawn from a source in one pass, each set of them as likely as another: those with the
 * lowest of numbers that seed and place in the source give. Twice as many as wanted are held at
 * most, and a block.
 *
 * @param rows the rows drawn, in the source's order; empty if the source has none
 * @param total number of rows of the source
 */
record RowSample(Optional<RawBatch> rows, long total) {
  private static final int BLOCK = 4096;

  /** Draws so many rows, or all of them if there are not more. */
  static RowSample of(BatchSource source, int wanted, Seed seed) {
    Drawing drawing = new Drawing(wanted, seed);
    try (RawCursor cursor = source.open()) {
      for (var block = cursor.next(BLOCK); block.isPresent(); block = cursor.next(BLOCK)) {
        drawing.add(block.get());
      }
    }
    drawing.shrink();
    return new RowSample(drawing.joined(), drawing.total);
  }

  private static final class Drawing {
    private final int wanted;
    private final Seed seed;
    private final List<RawBatch> parts = new ArrayList<>();
    private final List<long[]> numbers = new ArrayList<>();
    private long limit = Long.MAX_VALUE;
    private int held;
    private long total;

    Drawing(int wanted, Seed seed) {
      this.wanted = wanted;
      this.seed = seed;
    }

    void add(RawBatch block) {
      long[] drawn = new long[block.rowCount()];
      Arrays.setAll(drawn, row -> seed.indexed(total + row));
      total += drawn.length;
      keep(block, drawn);
      if (held > 2L * wanted) {
        shrink();
      }
    }

    private void keep(RawBatch block, long[] drawn) {
      int[] kept = IntStream.range(0, drawn.length).filter(r -> drawn[r] <= limit).toArray();
      if (kept.length > 0) {
        parts.add(block.select(kept));
        numbers.add(IntStream.of(kept).mapToLong(r -> drawn[r]).toArray());
        held += kept.length;
      }
    }

    /** Rows above the limit are of no use whatever comes. */
    void shrink() {
      if (held <= wanted) {
        return;
      }
      limit =
          numbers.stream()
              .flatMapToLong(Arrays::stream)
              .sorted()
              .skip(wanted - 1)
              .findFirst()
              .orElseThrow();
      List<RawBatch> before = List.copyOf(parts);
      List<long[]> drawn = List.copyOf(numbers);
      parts.clear();
      numbers.clear();
      held = 0;
      for (int i = 0; i < before.size(); i++) {
        keep(before.get(i), drawn.get(i));
      }
    }

    Optional<RawBatch> joined() {
      return parts.isEmpty() ? Optional.empty() : Optional.of(JoinedRows.of(parts));
    }
  }
}
