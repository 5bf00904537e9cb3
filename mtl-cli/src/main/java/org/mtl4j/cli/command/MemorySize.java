package org.mtl4j.cli.command;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memory as Java's own options have them: {@code 8g}, {@code 500m}. */
final class MemorySize {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([kmgt])b?");

  private static final Map<String, Integer> BITS = Map.of("k", 10, "m", 20, "g", 30, "t", 40);

  private MemorySize() {}

  /** Its bytes; empty if nothing is said. */
  static OptionalLong of(String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "memory: expected a number with k, m, g or t, say 8g; found \"%s\"".formatted(text));
    }
    return OptionalLong.of(Long.parseLong(size.group(1)) << BITS.get(size.group(2)));
  }
}
