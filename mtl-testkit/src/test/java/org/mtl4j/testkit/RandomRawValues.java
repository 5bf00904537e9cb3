package org.mtl4j.testkit;

import java.util.List;
import java.util.Random;

/** Raw values as bad as they come. */
final class RandomRawValues {
  /** What tokens are made of: line breaks, backslashes and what looks like their escapes too. */
  private static final List<String> PIECES =
      List.of(
          "a", "b", " ", "\t", "\n", "\r", "\r\n", "\\", "\\n", "\\r", "\\\\", "\"", ",", "é", "ß",
          "日本", "שלום", "🎬", "e\u0301", "\u00a0", "\u2028", "\ufeff", "0", "n", "r", "|",
          "\u0001");

  private static final int LONG = 10_000;

  private final Random random;

  RandomRawValues(Random random) {
    this.random = random;
  }

  /** A token of 1 to 5 pieces; one in fifty is thousands of characters long. */
  String token() {
    int pieces = random.nextInt(50) == 0 ? LONG : 1 + random.nextInt(5);
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      token.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return token.toString();
  }

  /** Null, empty, one of the known tokens or most likely an unknown one. */
  String value(List<String> known) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> "";
      case 2, 3 -> token();
      default -> known.get(random.nextInt(known.size()));
    };
  }

  /** A finite float32, of any magnitude, or missing. */
  double number() {
    return switch (random.nextInt(8)) {
      case 0 -> Double.NaN;
      case 1 -> random.nextBoolean() ? 0.0 : -0.0;
      case 2 -> magnitude(-40, 38);
      case 3 -> random.nextInt(1000);
      default -> magnitude(-3, 6);
    };
  }

  private double magnitude(int from, int to) {
    double exponent = from + (to - from) * random.nextDouble();
    return (float) ((random.nextBoolean() ? 1 : -1) * Math.pow(10, exponent));
  }
}
