package org.mtl4j.core.metric;

/**
 * How often the units of a resample were drawn.
 *
 * @param drawn per unit
 * @param unitOfRow [n]; empty where each row is a unit of its own
 */
record UnitCounts(int[] drawn, int[] unitOfRow) {
  /** How often a row stands in the resample. */
  int ofRow(int row) {
    return drawn[unitOfRow.length == 0 ? row : unitOfRow[row]];
  }
}
