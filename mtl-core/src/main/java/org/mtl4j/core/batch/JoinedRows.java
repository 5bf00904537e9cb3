package org.mtl4j.core.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Blocks of one source as one block. */
public final class JoinedRows {
  private JoinedRows() {}

  /**
   * The rows of all blocks, in their order, with their records, their places, and which of them
   * were drawn. Texts and numbers are copied.
   *
   * @param parts one at least, all of the same columns
   * @throws IllegalArgumentException if there is none, or their columns differ
   */
  public static RawBatch of(List<RawBatch> parts) {
    if (parts.stream().map(part -> part.columns().all()).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "expected blocks of the same columns, found those of "
              + parts.stream().map(part -> part.columns().names()).toList());
    }
    int count = parts.stream().mapToInt(RawBatch::rowCount).sum();
    List<Object> values = new ArrayList<>();
    for (int column = 0; column < parts.get(0).columns().size(); column++) {
      values.add(joined(parts, column, count));
    }
    long[] records = new long[count];
    String[] places = new String[count];
    int at = 0;
    for (RawBatch part : parts) {
      for (int row = 0; row < part.rowCount(); row++, at++) {
        records[at] = part.record(row);
        places[at] = part.place(row);
      }
    }
    RawBatch rows = RawBatch.ofRecords(parts.get(0).columns(), records, values, row -> places[row]);
    return drawn(parts, count).map(rows::withDrawn).orElse(rows);
  }

  private static Object joined(List<RawBatch> parts, int column, int count) {
    boolean numbers = parts.stream().allMatch(part -> part.values(column) instanceof double[]);
    double[] ofNumbers = new double[numbers ? count : 0];
    String[] ofTexts = new String[numbers ? 0 : count];
    int at = 0;
    for (RawBatch part : parts) {
      for (int row = 0; row < part.rowCount(); row++) {
        if (numbers) {
          ofNumbers[at++] = part.number(column, row);
        } else {
          ofTexts[at++] = part.text(column, row);
        }
      }
    }
    return numbers ? ofNumbers : ofTexts;
  }

  /** One rule draws all of a source's rows, so the tasks are the same in each block. */
  private static Optional<DrawnRows> drawn(List<RawBatch> parts, int count) {
    Optional<Set<String>> tasks =
        parts.stream().flatMap(part -> part.drawn().stream()).map(DrawnRows::tasks).findFirst();
    boolean[] marks = new boolean[count];
    int[] from = {0};
    for (RawBatch part : parts) {
      part.drawn()
          .ifPresent(
              d ->
                  IntStream.range(0, part.rowCount())
                      .forEach(row -> marks[from[0] + row] = d.rows()[row]));
      from[0] += part.rowCount();
    }
    return tasks.map(of -> new DrawnRows(marks, of));
  }
}
