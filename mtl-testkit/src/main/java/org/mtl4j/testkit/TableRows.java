package org.mtl4j.testkit;

import java.nio.LongBuffer;

/** Rows of a small table [rows, width], kept in row-major order. */
final class TableRows {
  private TableRows() {}

  /** The rows of these ids, one after the other. */
  static double[] gather(double[] table, LongBuffer ids, int width) {
    double[] rows = new double[ids.remaining() * width];
    for (int u = 0; u < ids.remaining(); u++) {
      System.arraycopy(table, (int) ids.get(u) * width, rows, u * width, width);
    }
    return rows;
  }

  /** Writes rows to the ids' places in the table. */
  static void scatter(double[] rows, LongBuffer ids, double[] table) {
    int width = rows.length / ids.remaining();
    for (int u = 0; u < ids.remaining(); u++) {
      System.arraycopy(rows, u * width, table, (int) ids.get(u) * width, width);
    }
  }
}
