package org.mtl4j.testkit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Raw values as bad as they come, for tests of whatever reads what users have. */
public final class RandomRawValues {
  /**
   * What tokens are made of: line breaks, backslashes and what looks like their escapes, blanks at
   * any end, NUL, halves of surrogate pairs, and what means something to other programs.
   */
  private static final List<String> PIECES =
      List.of(
          "a", "b", " ", "\t", "\n", "\r", "\r\n", "\\", "\\n", "\\r", "\\\\", "\"", "'", ",", "#",
          "?", "NaN", "null", "-1", "é", "ß", "日本", "שלום", "🎬", "e\u0301", "\u00a0", "\u2028",
          "\u0085", "\ufeff", "\ufffd", "\0", "\u0001", "\ud83c", "\udfac", "0", "n", "r", "|");

  /** Each of them has gone wrong somewhere. */
  private static final List<String> ODD =
      List.of(
          " ",
          "  ",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\0",
          "\\",
          "\\n",
          "\\\n",
          "\\\\n",
          "\"",
          "\"\"",
          "#",
          "# a",
          "?",
          "NA",
          "a ",
          " a",
          "a\t",
          "a\nb",
          "a\\nb",
          "a\\\nb",
          "a\rb",
          "a\0b",
          "a?",
          "a?b",
          "a\ufffdb",
          "\ufeffa",
          "\u2028",
          "9007199254740992",
          "9007199254740993",
          "9007199254740994",
          "1",
          "01",
          "1.0",
          "1e0",
          "-0",
          "0",
          "NaN",
          "nan",
          "null",
          "true");

  /** Float32's limits, numbers next to them, and what no float32 holds exactly. */
  private static final double[] EDGES = {
    Float.MAX_VALUE,
    Math.nextDown(Float.MAX_VALUE),
    Float.MAX_VALUE * (1 + 1e-9),
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MIN_VALUE,
    Float.MIN_VALUE / 2.0,
    Double.MIN_VALUE,
    1e-300,
    16_777_217,
    0x1p53,
    0.1,
    1.5,
    Math.E - 1
  };

  private static final int LONG = 10_000;

  /** A character more than a million of them, with trouble at the end. */
  public static final String MEGABYTE = "m".repeat(1 << 20) + "\n";

  private final Random random;

  /** Draws them by a generator. */
  public RandomRawValues(Random random) {
    this.random = random;
  }

  /** A token of 1 to 5 pieces; one in fifty is thousands of characters long. */
  public String token() {
    int pieces = random.nextInt(50) == 0 ? LONG : 1 + random.nextInt(5);
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      token.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return token.toString();
  }

  /**
   * The odd ones and random ones beside them, each once; not all of them are well-formed Unicode.
   */
  public Set<String> tokens(int atLeast) {
    Set<String> tokens = new LinkedHashSet<>(ODD);
    while (tokens.size() < atLeast) {
      tokens.add(token());
    }
    return tokens;
  }

  /** Null, empty, a random or odd one, a half of a known one, or most likely a known token. */
  public String value(List<String> known) {
    String some = known.get(random.nextInt(known.size()));
    return switch (random.nextInt(10)) {
      case 0 -> null;
      case 1 -> "";
      case 2, 3 -> token();
      case 4 -> ODD.get(random.nextInt(ODD.size()));
      case 5 -> some.length() > LONG ? some : some.substring(0, (some.length() + 1) / 2);
      default -> some;
    };
  }

  /** NaN, which is missing, or a double of any magnitude that rounds to a finite float32. */
  public double number() {
    return switch (random.nextInt(10)) {
      case 0 -> Double.NaN;
      case 1 -> random.nextBoolean() ? 0.0 : -0.0;
      case 2 -> magnitude(-46, 38);
      case 3 -> random.nextInt(1000);
      case 4 -> EDGES[random.nextInt(EDGES.length)] * (random.nextBoolean() ? 1 : -1);
      case 5 -> Double.parseDouble("0." + (random.nextLong() >>> 1));
      default -> magnitude(-3, 6);
    };
  }

  private double magnitude(int from, int to) {
    double exponent = from + (to - from) * random.nextDouble();
    return (random.nextBoolean() ? 1 : -1) * Math.pow(10, exponent);
  }
}
