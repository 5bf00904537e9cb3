package org.mtl4j.core.metric;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * What the units of rows in a file add up to: of groups in memory, of single rows in a file as
 * well.
 */
final class FileSums extends UnitSums {
  private static final int PART = 1 << 16;

  private final FileTable table;
  private final Map<Object, Numbers> ofRows = new HashMap<>();
  private FileSums inGroups;
  private FileSums inScores;

  /** With weights [n] of the table's own or others. */
  FileSums(FileTable table, Numbers weights) {
    super(table, weights);
    this.table = table;
  }

  /** With the table's own weights. */
  static FileSums of(FileTable table) {
    return new FileSums(table, table.weights());
  }

  @Override
  FileTable table() {
    return table;
  }

  @Override
  UnitSums weighted(Numbers others) {
    return new FileSums(table, others);
  }

  @Override
  Resample drawn(int... counts) {
    return new FileResample(this, counts);
  }

  @Override
  synchronized FileSums inGroups() {
    if (inGroups == null) {
      inGroups = in(table.byGroup());
    }
    return inGroups;
  }

  @Override
  synchronized FileSums inScores() {
    if (inScores == null) {
      inScores = in(table.byScore());
    }
    return inScores;
  }

  /** These weights in another order. */
  private FileSums in(FileTable sorted) {
    if (sorted == table) {
      return this;
    }
    if (weights().equals(table.weights())) {
      return of(sorted);
    }
    Ints rows = sorted.rows();
    return new FileSums(sorted, written(i -> weights().get(rows.get(i))));
  }

  /** A number for each row, in a file. */
  private Numbers written(IntToDoubleFunction valueOfRow) {
    try (RecordWriter writer = new RecordWriter(table.room().folder(), Double.BYTES)) {
      for (int row = 0; row < table.size(); row++) {
        writer.next().putDouble(valueOfRow.applyAsDouble(row));
      }
      return new FileNumbers(writer.toFile(), 0, Double.BYTES);
    }
  }

  @Override
  RowSpace space() {
    return new FileSpace(table);
  }

  @Override
  EvaluationRows select(int[] rows) {
    return RowList.select(new EvaluationRows(this), table.layout(), table.room().empty(), rows);
  }

  @Override
  void visit(ScoreVisitor visitor) {
    inScores().table().visit(inScores().weights()::get, visitor);
  }

  @Override
  double drawnTotal(int[] drawn, Object what, IntToDoubleFunction valueOfRow) {
    if (table.groups().isPresent()) {
      return super.drawnTotal(drawn, what, valueOfRow);
    }
    Numbers values = ofRows(what, valueOfRow);
    FourSums sums = new FourSums(drawn);
    double[] part = new double[Math.min(PART, drawn.length)];
    for (int start = 0; start < drawn.length; start += part.length) {
      int count = Math.min(part.length, drawn.length - start);
      for (int i = 0; i < count; i++) {
        part[i] = values.get(start + i);
      }
      sums.add(part, count);
    }
    return sums.total();
  }

  private synchronized Numbers ofRows(Object what, IntToDoubleFunction valueOfRow) {
    return ofRows.computeIfAbsent(
        what,
        key ->
            written(
                row -> {
                  double weight = weight(row);
                  return weight > 0 ? weight * valueOfRow.applyAsDouble(row) : 0;
                }));
  }

  @Override
  synchronized FileSums ofClass(int c) {
    FileTable ofClass = table.ofClass(c);
    return weights().equals(table.weights()) ? of(ofClass) : new FileSums(ofClass, weights());
  }
}
