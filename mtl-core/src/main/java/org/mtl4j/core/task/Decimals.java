package org.mtl4j.core.task;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Numbers as data spells them: an optional sign, digits with an optional point among them, an
 * optional exponent ({@code 12}, {@code -.5}, {@code 1.5e3}); {@code NaN}, {@code inf} and {@code
 * infinity} in any case. Nothing else is one: no blanks, no hexadecimal {@code 0x1p3}, no {@code
 * 12d}, no separators of thousands.
 */
public final class Decimals {
  /** Every whole number up to this size, and not the next, is a double. */
  public static final double LARGEST_EXACT = 0x1p53;

  /** So many digits always fit a long. */
  private static final int MAX_DIGITS = 18;

  /** Beyond this exponent, and its sign, a number is read the long way. */
  private static final int MAX_EXPONENT_LENGTH = 4;

  /** The powers of ten that are doubles. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Decimals() {}

  /** Whether text spells a number; NaN and infinity do. */
  public static boolean isNumber(String text) {
    return !Double.isNaN(valueOf(text)) || isName(text, "nan");
  }

  /**
   * The double nearest to the number that text spells; infinite beyond 1.8e308. NaN if it spells
   * NaN or, see {@link #isNumber}, no number at all.
   */
  public static double valueOf(String text) {
    int start = signEnd(text, 0);
    int whole = digitsEnd(text, start);
    boolean point = whole < text.length() && text.charAt(whole) == '.';
    int fraction = point ? digitsEnd(text, whole + 1) : whole;
    int digits = fraction - start - (point ? 1 : 0);
    int end = exponentEnd(text, fraction);
    if (digits == 0 || end != text.length()) {
      return named(text);
    }
    if (digits > MAX_DIGITS || end - fraction > MAX_EXPONENT_LENGTH) {
      return Double.parseDouble(text);
    }
    long mantissa = whole(text, start, fraction);
    int scale = exponent(text, fraction) - (point ? fraction - whole - 1 : 0);
    if (mantissa > LARGEST_EXACT || Math.abs(scale) >= POWERS.length) {
      return Double.parseDouble(text);
    }
    // Both operands are exact, so one operation rounds once: W. D. Clinger, "How to read floating
    // point numbers accurately", PLDI 1990.
    double size = scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
    return text.charAt(0) == '-' ? -size : size;
  }

  /**
   * As {@link #valueOf(String)}, of text as bytes of UTF-8: numbers as most data spell them, digits
   * with a minus before and a point among them, are read without a string.
   */
  public static double valueOf(byte[] utf8, int from, int length) {
    boolean negative = length > 0 && utf8[from] == '-';
    int end = from + length;
    int start = negative ? from + 1 : from;
    int point = end;
    long mantissa = 0;
    for (int i = start; i < end; i++) {
      int digit = utf8[i] - '0';
      if (digit >= 0 && digit <= 9) {
        mantissa = 10 * mantissa + digit;
      } else if (utf8[i] == '.' && point == end) {
        point = i;
      } else {
        return valueOf(new String(utf8, from, length, StandardCharsets.UTF_8));
      }
    }
    int decimals = Math.max(0, end - point - 1);
    boolean plain = length <= MAX_DIGITS && end - start > (point == end ? 0 : 1);
    if (!plain || mantissa > LARGEST_EXACT) {
      return valueOf(new String(utf8, from, length, StandardCharsets.UTF_8));
    }
    double size = mantissa / POWERS[decimals];
    return negative ? -size : size;
  }

  private static int signEnd(String text, int from) {
    boolean sign = from < text.length() && (text.charAt(from) == '-' || text.charAt(from) == '+');
    return sign ? from + 1 : from;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** Where an exponent from there ends; {@code from} if none begins there. */
  private static int exponentEnd(String text, int from) {
    if (from == text.length() || (text.charAt(from) != 'e' && text.charAt(from) != 'E')) {
      return from;
    }
    int digits = signEnd(text, from + 1);
    int end = digitsEnd(text, digits);
    return end == digits ? from : end;
  }

  private static int exponent(String text, int from) {
    if (from == text.length()) {
      return 0;
    }
    int size = (int) whole(text, signEnd(text, from + 1), text.length());
    return text.charAt(from + 1) == '-' ? -size : size;
  }

  /** The digits from there on as one whole number, a point among them left out. */
  private static long whole(String text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      value = c == '.' ? value : 10 * value + (c - '0');
    }
    return value;
  }

  private static double named(String text) {
    if (isName(text, "inf") || isName(text, "infinity")) {
      return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.NaN;
  }

  private static boolean isName(String text, String name) {
    int start = signEnd(text, 0);
    return text.length() - start == name.length()
        && text.substring(start).toLowerCase(Locale.ROOT).equals(name);
  }
}
