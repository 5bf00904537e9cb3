package org.mtl4j.eval.report;

import java.util.List;

/**
 * A list of points.
 *
 * @param items plain text each
 */
public record Listing(List<String> items) implements Element {
  /** Copies the list. */
  public Listing {
    items = List.copyOf(items);
  }
}
