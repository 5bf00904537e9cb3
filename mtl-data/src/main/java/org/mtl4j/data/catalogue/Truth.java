package org.mtl4j.data.catalogue;

import java.util.Locale;

/** Spellings of yes and no. */
final class Truth {
  private Truth() {}

  /** 1 for true, 0 for false, and anything else as it is. */
  static String digit(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t" -> "1";
      case "false", "f" -> "0";
      default -> text;
    };
  }
}
