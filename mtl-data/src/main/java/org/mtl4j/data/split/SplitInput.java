package org.mtl4j.data.split;

import java.util.Optional;
import java.util.function.Consumer;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.data.union.ScopedIds;

/**
 * What a rule may look at before it says what rows are for.
 *
 * @param rows the rows that are to be split; most rules need only their columns
 * @param seed for rules that draw
 * @param scope whose ids are equal
 */
public record SplitInput(BatchSource rows, Seed seed, IdScope scope) {
  private static final int BLOCK = 4096;

  /** Rows that have no domains. */
  SplitInput(BatchSource rows, Seed seed) {
    this(rows, seed, IdScope.WHOLE);
  }

  /**
   * The position of the column that a rule names.
   *
   * @param key the rule's key that names it
   * @throws MtlException of code COLUMN_MISSING if there is none
   */
  int column(String key, String name) {
    try {
      return columns().indexOf(name);
    } catch (MtlException e) {
      throw e.at("data.split." + key);
    }
  }

  /**
   * The ids of the column that a rule names.
   *
   * @param key the rule's key that names it
   * @throws MtlException of code COLUMN_MISSING if there is none
   */
  ScopedIds ids(String key, String name) {
    column(key, name);
    return scope.bind(name, columns());
  }

  Columns columns() {
    return rows.columns();
  }

  /** The first block of rows; empty if there are none. */
  Optional<RawBatch> firstBlock() {
    try (RawCursor cursor = rows.open()) {
      return cursor.next(BLOCK);
    }
  }

  /** Reads all rows. */
  void forEachBlock(Consumer<RawBatch> consumer) {
    try (RawCursor cursor = rows.open()) {
      for (var block = cursor.next(BLOCK); block.isPresent(); block = cursor.next(BLOCK)) {
        consumer.accept(block.get());
      }
    }
  }
}
