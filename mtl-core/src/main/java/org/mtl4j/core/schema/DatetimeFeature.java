package org.mtl4j.core.schema;

import java.util.List;
import java.util.Optional;

/**
 * A point in time as parts of the clock's and the calendar's time, which come again: the hour, the
 * weekday.
 *
 * @param name the feature's name; the table of a part is {@code NAME/PART}
 * @param column the source's column
 * @param group whose property it is
 * @param rule how values are times
 * @param layout which parts, and what becomes of one
 */
public record DatetimeFeature(
    String name, String column, Optional<FeatureGroup> group, TimeRule rule, Layout layout)
    implements FeatureSpec {
  /**
   * Which parts, and what becomes of one.
   *
   * @param parts one at least, in order
   * @param dim width of the embedding that each part is looked up in; empty: each is two numbers,
   *     the sine and cosine of its place on a circle
   */
  public record Layout(List<TimePart> parts, Optional<Integer> dim) {
    /**
     * Checks the parts and the width.
     *
     * @throws IllegalArgumentException if there is no part, one stands twice, or dim is below 1
     */
    public Layout {
      parts = List.copyOf(parts);
      if (parts.isEmpty() || parts.stream().distinct().count() < parts.size()) {
        throw new IllegalArgumentException(
            "parts: expected one at least and none twice, found " + parts);
      }
      if (dim.filter(d -> d < 1).isPresent()) {
        throw new IllegalArgumentException("dim: expected at least 1, found " + dim.get());
      }
    }
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }
}
