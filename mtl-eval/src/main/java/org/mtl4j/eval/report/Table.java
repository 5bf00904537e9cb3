package org.mtl4j.eval.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table. Its first column names what a row is about, the others hold figures.
 *
 * @param head a title for each column
 * @param rows as many cells each as the head has
 */
public record Table(List<String> head, List<List<Cell>> rows) implements Element {
  /**
   * Copies and checks the rows.
   *
   * @throws IllegalArgumentException if one has not as many cells as the head
   */
  public Table {
    List<String> titles = List.copyOf(head);
    head = titles;
    rows = rows.stream().map(List::copyOf).toList();
    rows.stream()
        .filter(row -> row.size() != titles.size())
        .findFirst()
        .ifPresent(
            row -> {
              throw new IllegalArgumentException(
                  "expected %d cells, one a column of %s, found %d: %s"
                      .formatted(titles.size(), titles, row.size(), row));
            });
  }

  /**
   * What stands in one place.
   *
   * @param text plain text
   * @param mark whether it is to be seen at once
   */
  public record Cell(String text, Mark mark) {
    /** Whether a cell is to be seen at once. */
    public enum Mark {
      /** No more than others. */
      NONE,
      /** The best of its kind. */
      BEST,
      /** The worst of its kind. */
      WORST,
      /** Nothing there, or too little to tell. */
      FAINT
    }

    /** A cell like any other. */
    public static Cell of(String text) {
      return new Cell(text, Mark.NONE);
    }
  }

  /**
   * The same without its first columns, which a heading says.
   *
   * @param columns how many, fewer than there are
   */
  public Table withoutFirst(int columns) {
    return new Table(
        head.subList(columns, head.size()),
        rows.stream().map(row -> row.subList(columns, row.size())).toList());
  }

  /** A row of cells like any other. */
  public static List<Cell> row(String... texts) {
    return Stream.of(texts).map(Cell::of).toList();
  }
}
