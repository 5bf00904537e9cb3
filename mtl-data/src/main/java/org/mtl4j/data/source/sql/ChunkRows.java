package org.mtl4j.data.source.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a file out of DuckDB's own memory, chunk by chunk and column by column. By way of JDBC
 * each value is asked for by itself, and each text made a Java string.
 */
final class ChunkRows implements RowReader {
  /** A block ends once so many bytes of its long texts are there: a row may have megabytes. */
  private static final int ENOUGH_BYTES = 1 << 24;

  private final PreparedStatement statement;
  private final DuckDriver driver;
  private final AutoCloseable result;
  private final List<ValueKind> kinds;
  private final BitSet joined;
  private List<ChunkColumn> block = List.of();
  private Optional<DuckChunk> chunk = Optional.empty();

  /** Rows of the chunk that were taken. */
  private int taken;

  private boolean ended;

  private ChunkRows(
      PreparedStatement statement, DuckDriver driver, List<ValueKind> kinds, BitSet joined)
      throws SQLException {
    this.statement = statement;
    this.driver = driver;
    this.kinds = kinds;
    this.joined = joined;
    this.result = driver.run(statement);
  }

  /**
   * Runs a query. Which columns have long texts its first rows say; those that come later in other
   * columns take longer.
   *
   * @param query {@code from} a file, and no more
   * @param columns what it gives
   * @return empty if the connection is not one of the driver that is known here
   * @throws SQLException if the query fails, before its first rows or among them
   */
  static Optional<ChunkRows> open(Connection connection, Query query, ResultColumns columns)
      throws SQLException {
    Optional<ChunkRows> rows = run(connection, query, columns, new BitSet());
    BitSet joined = rows.flatMap(r -> r.chunk).map(DuckChunk::longTexts).orElseGet(BitSet::new);
    if (joined.isEmpty()) {
      return rows;
    }
    rows.orElseThrow().close();
    return run(connection, query, columns, joined);
  }

  private static Optional<ChunkRows> run(
      Connection connection, Query query, ResultColumns columns, BitSet joined)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(ChunkQuery.of(query, columns, joined));
    Optional<DuckDriver> driver = DuckDriver.of(statement);
    if (driver.isEmpty()) {
      Session.close(statement);
      return Optional.empty();
    }
    ChunkRows rows = null;
    try {
      rows = new ChunkRows(statement, driver.get(), columns.kinds(), joined);
      rows.advance();
      return Optional.of(rows);
    } catch (SQLException e) {
      Session.close(rows);
      Session.close(statement);
      throw e;
    }
  }

  @Override
  public Optional<Block> next(int maxRows) throws SQLException {
    block = columns();
    int rows = 0;
    int bytes = 0;
    while (rows < maxRows && bytes < ENOUGH_BYTES && advance()) {
      DuckChunk from = chunk.orElseThrow();
      int count = from.rowsOf(taken, maxRows - rows, ENOUGH_BYTES - bytes);
      for (int c = 0; c < block.size(); c++) {
        block.get(c).take(from.columns().get(c), taken, count, from.texts());
      }
      for (int row = taken; row < taken + count; row++) {
        bytes += from.bytes()[row];
      }
      taken += count;
      rows += count;
    }
    return rows == 0
        ? Optional.empty()
        : Optional.of(new Block(rows, block.stream().map(ChunkColumn::values).toList()));
  }

  private List<ChunkColumn> columns() {
    List<ChunkColumn> columns = new ArrayList<>();
    for (int c = 0; c < kinds.size(); c++) {
      columns.add(ChunkColumn.of(kinds.get(c), joined.get(c)));
    }
    return columns;
  }

  /** Sees to it that there is a row to be taken; false at the end. */
  private boolean advance() throws SQLException {
    while (!ended && chunk.map(c -> taken == c.rowCount()).orElse(true)) {
      chunk = Optional.empty();
      taken = 0;
      ended = !driver.next(result);
      if (!ended) {
        chunk = Optional.of(driver.chunk(result, kinds, !joined.isEmpty()));
      }
    }
    return !ended;
  }

  @Override
  public int rowsOfBlock() {
    return block.stream().mapToInt(ChunkColumn::taken).min().orElse(0);
  }

  @Override
  public void close() {
    ended = true;
    chunk = Optional.empty();
    Session.close(result);
    Session.close(statement);
  }
}
