package org.mtl4j.serving.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * Reads the blocks of a source into whole columns. Each different text of a column is kept once.
 */
final class CatalogueReader {
  private static final int BLOCK = 4096;
  private static final int MOST_PROBLEMS = 10;

  private final BatchSource source;
  private final String id;
  private final int idColumn;
  private final List<Object> columns = new ArrayList<>();
  private final List<Map<String, String>> texts = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private int size;

  CatalogueReader(BatchSource source, String id) {
    this.source = source;
    this.id = id;
    this.idColumn = source.columns().indexOf(id);
    for (int c = 0; c < source.columns().size(); c++) {
      texts.add(new HashMap<>());
    }
  }

  ItemCatalogue read() {
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> block = cursor.next(BLOCK);
          block.isPresent();
          block = cursor.next(BLOCK)) {
        add(block.get());
      }
    }
    if (size == 0) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS, "", "The catalogue has no items.", "Give a file with some."));
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    RawBatch rows =
        new RawBatch(
            source.columns(), size, 0, columns, row -> "item %d of the catalogue".formatted(row));
    return new ItemCatalogue(id, EmptyColumns.untyped(rows), positions);
  }

  private void add(RawBatch block) {
    int rows = block.rowCount();
    for (int c = 0; c < block.columns().size(); c++) {
      if (columns.size() <= c) {
        columns.add(block.values(c) instanceof double[] ? new double[0] : new String[0]);
      }
      columns.set(
          c,
          columns.get(c) instanceof double[] numbers
              ? withNumbers(numbers, block, c)
              : withTexts((String[]) columns.get(c), block, c));
    }
    for (int row = 0; row < rows; row++) {
      index(block, row);
    }
    size += rows;
  }

  /** Room for half as many again: a catalogue's size is known at its end. */
  private static int room(int needed, int there) {
    return needed <= there ? there : Math.max(needed, there + (there >> 1));
  }

  private double[] withNumbers(double[] numbers, RawBatch block, int column) {
    double[] longer = Arrays.copyOf(numbers, room(size + block.rowCount(), numbers.length));
    for (int row = 0; row < block.rowCount(); row++) {
      longer[size + row] = block.number(column, row);
    }
    return longer;
  }

  private String[] withTexts(String[] before, RawBatch block, int column) {
    String[] longer = Arrays.copyOf(before, room(size + block.rowCount(), before.length));
    for (int row = 0; row < block.rowCount(); row++) {
      String text = block.text(column, row);
      longer[size + row] =
          text == null || column == idColumn
              ? text
              : texts.get(column).computeIfAbsent(text, same -> same);
    }
    return longer;
  }

  private void index(RawBatch block, int row) {
    String item = block.text(idColumn, row);
    if (item == null) {
      problem(block.place(row), "Expected an id of the item, found none.");
    } else if (positions.putIfAbsent(item, size + row) != null) {
      problem(
          block.place(row),
          "The id \"%s\" is that of an earlier item.".formatted(Excerpt.of(item)));
    }
  }

  private void problem(String place, String what) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(
          new Problem(
              ErrorCode.DATA_VALUE,
              place,
              what,
              "Each item needs an id of its own in \"" + id + "\"."));
    }
  }
}
