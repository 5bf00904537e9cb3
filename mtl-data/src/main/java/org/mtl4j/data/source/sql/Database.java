package org.mtl4j.data.source.sql;

/** Something that answers queries. */
public interface Database {
  /**
   * A connection of its own for one pass.
   *
   * @throws org.mtl4j.core.error.MtlException if there is no driver, or the database is not there
   */
  Session connect();
}
