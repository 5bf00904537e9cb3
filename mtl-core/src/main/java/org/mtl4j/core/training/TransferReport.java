package org.mtl4j.core.training;

import java.util.List;

/**
 * What a session took over from another state.
 *
 * @param copied dense variables, and dense slots, that were taken over whole
 * @param tables tables, and their slots, of which rows were taken over
 * @param fresh what keeps its first values
 * @param unused what the other state has besides
 * @param similar tables of which further rows start from the mean of similar ones
 */
public record TransferReport(
    List<String> copied,
    List<Rows> tables,
    List<Left> fresh,
    List<Left> unused,
    List<Means> similar) {
  /** Copies the lists. */
  public TransferReport {
    copied = List.copyOf(copied);
    tables = List.copyOf(tables);
    fresh = List.copyOf(fresh);
    unused = List.copyOf(unused);
    similar = List.copyOf(similar);
  }

  /**
   * A table of which rows were taken over.
   *
   * @param tensor its name
   * @param copied number of its rows that were
   * @param rows number of its rows
   * @param sourceRows number of rows of the other state's
   */
  public record Rows(String tensor, int copied, int rows, int sourceRows) {
    /** Whether every row was. */
    public boolean isWhole() {
      return copied == rows;
    }
  }

  /**
   * A table of which rows start from the mean of similar ones that were taken over.
   *
   * @param tensor its name
   * @param rows per level of likeness, the closest first, the number of rows
   */
  public record Means(String tensor, List<Integer> rows) {
    /** Copies the list. */
    public Means {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A tensor that was not taken over, and why.
   *
   * @param tensor its name
   * @param why a clause
   */
  public record Left(String tensor, String why) {}

  /** Whether nothing was taken over. */
  public boolean isEmpty() {
    return copied.isEmpty() && tables.isEmpty();
  }
}
