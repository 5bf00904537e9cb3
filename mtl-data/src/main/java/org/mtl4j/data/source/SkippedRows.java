package org.mtl4j.data.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that a pass left out because they could not be read.
 *
 * @param count how many there were
 * @param places where the first of them stand, at most {@value #MAX_PLACES}: {@code "u.csv, line
 *     7"}
 */
public record SkippedRows(long count, List<String> places) {
  /** Places beyond this number are not kept. */
  public static final int MAX_PLACES = 5;

  /** Nothing left out. */
  public static final SkippedRows NONE = new SkippedRows(0, List.of());

  /** Copies the list. */
  public SkippedRows {
    places = List.copyOf(places);
  }

  /** These and one more. */
  SkippedRows and(String place) {
    if (places.size() >= MAX_PLACES) {
      return new SkippedRows(count + 1, places);
    }
    List<String> more = new ArrayList<>(places);
    more.add(place);
    return new SkippedRows(count + 1, more);
  }
}
