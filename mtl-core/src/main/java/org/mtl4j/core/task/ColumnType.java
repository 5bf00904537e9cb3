package org.mtl4j.core.task;

/** What a source knows about the values of a column before anyone reads them. */
public enum ColumnType {
  /** Numbers, all read as doubles. */
  NUMBER,
  /** Text. */
  TEXT,
  /** Text that may spell numbers: a CSV file's column is whatever its use makes of it. */
  UNTYPED
}
