package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.union.UnionConfig;

/**
 * The domains of a union by number, from 0 in the order of the experiment file.
 *
 * @param names of the domains; none for a source of another type
 * @param column where a row has its domain
 */
record DomainNumbers(List<String> names, int column) {
  /** The domains of a source, whose rows have these columns. */
  static DomainNumbers of(Choice source, Columns columns) {
    return UnionConfig.of(source)
        .map(union -> new DomainNumbers(union.domains(), columns.indexOf(union.column())))
        .orElseGet(() -> new DomainNumbers(List.of(), 0));
  }

  /** The number of each row's domain [n]; empty for a source of another type. */
  Optional<int[]> of(RawBatch rows) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    int[] numbers = new int[rows.rowCount()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = names.indexOf(rows.text(column, row));
    }
    return Optional.of(numbers);
  }
}
