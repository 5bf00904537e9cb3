package org.mtl4j.core.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;

/** Turns what a compact constructor refuses into a problem at the key that it speaks of. */
final class Refusal {
  private static final Pattern KEYED = Pattern.compile("([a-z0-9_]+): (.*)", Pattern.DOTALL);

  private Refusal() {}

  /** The problem, at {@code key} if the message reads {@code key: ...}, else at the record. */
  static Problem problem(IllegalArgumentException refusal, ConfigNode.Mapping map, RecordShape of) {
    String message = String.valueOf(refusal.getMessage());
    Matcher keyed = KEYED.matcher(message);
    if (!keyed.matches() || !of.components().containsKey(keyed.group(1))) {
      return Problem.of(ErrorCode.CONFIG_VALUE, map.where(), sentence(message));
    }
    String key = keyed.group(1);
    ConfigNode value = map.entries().get(key);
    String where =
        value == null ? ConfigNode.where(map.pathOf(key), map.location()) : value.where();
    return Problem.of(ErrorCode.CONFIG_VALUE, where, sentence(keyed.group(2)));
  }

  private static String sentence(String message) {
    String start = message.substring(0, 1).toUpperCase(Locale.ROOT);
    return start + message.substring(1) + (message.endsWith(".") ? "" : ".");
  }
}
