package org.mtl4j.data.source;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.error.Excerpt;

/**
 * Names of values that no column was made for, as the first rows lack them. They are kept up to a
 * number: rows may have different ones each.
 */
final class LateNames {
  private static final int MAX_NAMES = 5;

  private final Set<String> names = new LinkedHashSet<>();
  private boolean more;

  /** Remembers a name. */
  void add(String name) {
    if (names.size() < MAX_NAMES) {
      names.add(name);
    } else {
      more |= !names.contains(name);
    }
  }

  /**
   * That they were not read, for the user; empty if there are none.
   *
   * @param what what they are names of: {@code Keys}
   * @param sampleRows how many rows said what the columns are
   */
  Optional<String> sentence(String what, int sampleRows) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<String> quoted = names.stream().map(name -> "\"" + Excerpt.of(name) + "\"").toList();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s that the first %,d rows lack were not read: %s%s; name all columns in"
                + " data.source.columns to read them.",
            what,
            sampleRows,
            String.join(", ", quoted),
            more ? " and more" : ""));
  }
}
