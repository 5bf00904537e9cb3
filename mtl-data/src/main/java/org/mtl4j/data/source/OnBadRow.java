package org.mtl4j.data.source;

/** What a source does with a row that has too few or too many fields. */
public enum OnBadRow {
  /** Stops with an error that names the row's file and line. */
  ERROR,
  /** Leaves the row out and counts it. */
  SKIP
}
