package org.mtl4j.data.source.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of a result on their way into a block. */
final class BlockBuffer {
  private static final int FIRST_CAPACITY = 1024;

  private final TextPacking packing;
  private final int maxRows;
  private final List<ColumnBuffer> single = new ArrayList<>();
  private final Optional<PackedTexts> packed;
  private int capacity;
  private int rowCount;

  /** No rows yet. */
  BlockBuffer(ResultColumns columns, TextPacking packing, int maxRows) {
    this.packing = packing;
    this.maxRows = maxRows;
    this.capacity = Math.min(maxRows, FIRST_CAPACITY);
    for (int c = 0; c < columns.kinds().size(); c++) {
      if (!packing.isPacked(c)) {
        single.add(new ColumnBuffer(columns.kinds().get(c), packing.positions().get(c), capacity));
      }
    }
    this.packed =
        packing.texts() == 0
            ? Optional.empty()
            : Optional.of(new PackedTexts(packing.texts(), capacity));
  }

  int rowCount() {
    return rowCount;
  }

  /** Whether another row may come. */
  boolean hasRoom() {
    return rowCount < maxRows && !(packed.isPresent() && packed.get().isFull());
  }

  /**
   * Takes the result's row.
   *
   * @return false if its texts cannot be told apart; it is not taken then
   */
  boolean add(ResultSet rows) throws SQLException {
    if (rowCount == capacity) {
      capacity = (int) Math.min(maxRows, 2L * capacity);
      single.forEach(buffer -> buffer.grow(capacity));
      packed.ifPresent(texts -> texts.grow(capacity));
    }
    if (packed.isPresent() && !packed.get().add(rows.getBytes(packing.textsPosition()), rowCount)) {
      return false;
    }
    for (ColumnBuffer buffer : single) {
      buffer.read(rows, rowCount);
    }
    rowCount++;
    return true;
  }

  /** The rows; none may be added afterwards. */
  Block block() {
    List<Object> values = new ArrayList<>();
    int nextSingle = 0;
    int nextPacked = 0;
    for (int c = 0; c < packing.positions().size(); c++) {
      values.add(
          packing.isPacked(c)
              ? packed.orElseThrow().column(nextPacked++)
              : single.get(nextSingle++).values());
    }
    return new Block(rowCount, values);
  }
}
