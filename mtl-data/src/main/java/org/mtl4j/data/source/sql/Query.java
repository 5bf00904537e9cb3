package org.mtl4j.data.source.sql;

/**
 * A query and what messages call it.
 *
 * @param sql as the user typed it, or made for a file
 * @param place {@code data.source.query}, or the file that it reads
 * @param typed whether the user typed it, so that a message may point into it
 */
public record Query(String sql, String place, boolean typed) {
  /** A query of the experiment file. */
  public static Query ofUser(String sql) {
    return new Query(sql, "data.source.query", true);
  }

  /** A query that reads a file; messages name the file alone. */
  public static Query ofFile(String sql, String file) {
    return new Query(sql, file, false);
  }

  /** Where a row came from, counted from 0. */
  public String place(long row) {
    return place + ", row " + (row + 1);
  }
}
