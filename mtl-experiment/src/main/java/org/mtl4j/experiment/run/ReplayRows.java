package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.JoinedRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.task.Columns;

/**
 * The training rows that an export's certificate replays: the first ones, and of a union the first
 * ones of each domain, as many of one as of another.
 */
final class ReplayRows {
  private static final int ROWS = 256;

  private final DomainNumbers domains;
  private final int[] wanted;
  private final List<RawBatch> parts = new ArrayList<>();

  /** None yet, of a source whose rows have these columns. */
  ReplayRows(Choice source, Columns columns) {
    domains = DomainNumbers.of(source, columns);
    int parts = Math.max(1, domains.names().size());
    wanted = new int[parts];
    Arrays.fill(wanted, Math.max(1, ROWS / parts));
  }

  /** Takes of a block of training rows what is wanted of it. */
  void observe(RawBatch block) {
    Optional<int[]> numbers = domains.of(block);
    int[] taken =
        IntStream.range(0, block.rowCount())
            .filter(row -> take(numbers.map(of -> of[row]).orElse(0)))
            .toArray();
    if (taken.length > 0) {
      parts.add(block.select(taken));
    }
  }

  private boolean take(int domain) {
    return domain >= 0 && wanted[domain] > 0 && wanted[domain]-- > 0;
  }

  /** The rows taken; at least one was seen. */
  RawBatch rows() {
    return JoinedRows.of(parts);
  }
}
