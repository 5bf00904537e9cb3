package org.mtl4j.data.source.sql;

import java.sql.SQLException;
import org.mtl4j.core.task.ColumnType;

/** The values of a column on their way from DuckDB's chunks into a block. */
sealed interface ChunkColumn permits ChunkNumbers, ChunkTexts, ChunkTimes {
  /**
   * Nothing taken yet.
   *
   * @param joined whether the query joins the column's long texts
   */
  static ChunkColumn of(ValueKind kind, boolean joined) {
    if (ChunkQuery.isText(kind)) {
      return new ChunkTexts(joined);
    }
    return kind.columnType() == ColumnType.NUMBER ? new ChunkNumbers(kind) : new ChunkTimes(kind);
  }

  /**
   * Takes rows behind those that there are.
   *
   * @param vector the chunk's column
   * @param from the first of its rows
   * @param texts what stands elsewhere of them
   */
  void take(DuckVector vector, int from, int count, LongTexts texts) throws SQLException;

  /** How many rows were taken. */
  int taken();

  /** What a {@link Block} holds of the column; nothing may be taken afterwards. */
  Object values();
}
