package org.mtl4j.data.source.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows value by value, as JDBC gives them. */
final class ResultRows implements RowReader {
  private static final int FIRST_CAPACITY = 1024;

  private final Statement statement;
  private final ResultSet rows;
  private final ResultColumns columns;
  private int rowCount;
  private boolean ended;

  /** The rows of a result, which is closed with its statement. */
  ResultRows(Statement statement, ResultSet rows, ResultColumns columns) {
    this.statement = statement;
    this.rows = rows;
    this.columns = columns;
  }

  @Override
  public Optional<Block> next(int maxRows) throws SQLException {
    int capacity = Math.min(maxRows, FIRST_CAPACITY);
    List<ColumnBuffer> buffers = buffers(capacity);
    rowCount = 0;
    while (rowCount < maxRows && advance()) {
      if (rowCount == capacity) {
        capacity = (int) Math.min(maxRows, 2L * capacity);
        for (ColumnBuffer buffer : buffers) {
          buffer.grow(capacity);
        }
      }
      for (ColumnBuffer buffer : buffers) {
        buffer.read(rows, rowCount);
      }
      rowCount++;
    }
    return rowCount == 0
        ? Optional.empty()
        : Optional.of(new Block(rowCount, buffers.stream().map(ColumnBuffer::values).toList()));
  }

  private List<ColumnBuffer> buffers(int capacity) {
    List<ValueKind> kinds = columns.kinds();
    return IntStream.range(0, kinds.size())
        .mapToObj(c -> new ColumnBuffer(kinds.get(c), c + 1, capacity))
        .toList();
  }

  private boolean advance() throws SQLException {
    ended = ended || !rows.next();
    return !ended;
  }

  @Override
  public int rowsOfBlock() {
    return rowCount;
  }

  @Override
  public void close() {
    Session.close(rows);
    Session.close(statement);
  }
}
