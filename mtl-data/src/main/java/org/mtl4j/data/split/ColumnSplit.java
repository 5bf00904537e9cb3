package org.mtl4j.data.split;

import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * Rows as a column says.
 *
 * @param name the column's name
 * @param column its position
 */
record ColumnSplit(String name, int column) implements SplitAssigner {
  @Override
  public Split of(RawBatch rows, int row) {
    String value = rows.text(column, row);
    return switch (value == null ? "" : value.trim()) {
      case "train" -> Split.TRAIN;
      case "validation" -> Split.VALIDATION;
      case "test" -> Split.TEST;
      default ->
          throw new MtlException(
              new Problem(
                  ErrorCode.DATA_VALUE,
                  rows.place(row),
                  "The column \"%s\" says what a row is for: expected train, validation or test, "
                          .formatted(name)
                      + (value == null ? "found nothing." : "found \"" + Excerpt.of(value) + "\"."),
                  "Mend the value, or leave such rows out by data.where."));
    };
  }
}
