package org.mtl4j.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rows that a pass left out because they could not be read.
 *
 * @param count how many there were
 * @param places where the first of them stand, at most {@value #MAX_PLACES}, and what they hold:
 *     {@code "u.csv, line 7 (2 fields)"}
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

  /** The count and the places in one sentence, for the user; empty if there are none. */
  Optional<String> sentence() {
    if (count == 0) {
      return Optional.empty();
    }
    String rows =
        count == 1 ? "1 bad row was" : String.format(Locale.ROOT, "%,d bad rows were", count);
    String first = count > places.size() ? ", the first " + places.size() + " of them: " : ": ";
    return Optional.of(rows + " left out" + first + String.join("; ", places) + ".");
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
