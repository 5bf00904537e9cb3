package org.mtl4j.core.schema;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What stands between words: control characters, blanks of all kinds, punctuation, currencies,
 * arrows and signs of mathematics; of ASCII all but letters and digits. A list of code points and
 * not a property of Unicode, since Java and a graph's regular expressions know different versions
 * of that. The joiners U+200C and U+200D, combining marks and emoji are parts of words.
 */
public final class WordBreaks {
  /** First and last of each range, ascending. */
  private static final int[] RANGES = {
    0x0000, 0x002F, // ASCII, up to the digits
    0x003A, 0x0040, // to the capital letters
    0x005B, 0x0060, // to the small letters
    0x007B, 0x00A9, // the rest of ASCII, Latin-1 up to the ordinal ª
    0x00AB, 0x00B4, // to the micro sign
    0x00B6, 0x00B9, // to the ordinal º
    0x00BB, 0x00BF, // the rest of Latin-1's signs
    0x00D7, 0x00D7, // times
    0x00F7, 0x00F7, // divided by
    0x037E, 0x037E, // Greek question mark
    0x0387, 0x0387, // Greek semicolon
    0x055A, 0x055F, // Armenian
    0x0589, 0x058A,
    0x05BE, 0x05BE, // Hebrew
    0x05C0, 0x05C0,
    0x05C3, 0x05C3,
    0x05F3, 0x05F4,
    0x060C, 0x060D, // Arabic
    0x061B, 0x061B,
    0x061E, 0x061F,
    0x066A, 0x066D,
    0x06D4, 0x06D4,
    0x0964, 0x0965, // Devanagari
    0x0E4F, 0x0E4F, // Thai
    0x0E5A, 0x0E5B,
    0x1680, 0x1680, // Ogham's blank
    0x2000, 0x200B, // blanks
    0x200E, 0x206F, // marks of direction, dashes, quotes, more blanks
    0x20A0, 0x20CF, // currencies
    0x2190, 0x22FF, // arrows, mathematics
    0x2E00, 0x2E7F, // more punctuation
    0x3000, 0x3003, // Chinese and Japanese
    0x3008, 0x3011,
    0x3014, 0x301F,
    0x3030, 0x3030,
    0x30FB, 0x30FB,
    0xFDD0, 0xFDEF, // no characters: TensorFlow does not write them
    0xFEFF, 0xFEFF, // byte order mark
    0xFF01, 0xFF0F, // ASCII's in full width
    0xFF1A, 0xFF20,
    0xFF3B, 0xFF40,
    0xFF5B, 0xFF65,
    0xFFFC, 0xFFFF, // what stands for something lost; from here on no characters
    0x1FFFE, 0x1FFFF,
    0x2FFFE, 0x2FFFF,
    0x3FFFE, 0x3FFFF,
    0x4FFFE, 0x4FFFF,
    0x5FFFE, 0x5FFFF,
    0x6FFFE, 0x6FFFF,
    0x7FFFE, 0x7FFFF,
    0x8FFFE, 0x8FFFF,
    0x9FFFE, 0x9FFFF,
    0xAFFFE, 0xAFFFF,
    0xBFFFE, 0xBFFFF,
    0xCFFFE, 0xCFFFF,
    0xDFFFE, 0xDFFFF,
    0xEFFFE, 0xEFFFF,
    0xFFFFE, 0xFFFFF,
    0x10FFFE, 0x10FFFF
  };

  private WordBreaks() {}

  /** Whether a code point is no part of a word. */
  public static boolean isBreak(int codePoint) {
    int found = Arrays.binarySearch(RANGES, codePoint);
    // The place of an inclusive bound, or between a first and its last.
    return found >= 0 || (-found - 1) % 2 == 1;
  }

  /** The same as a class of RE2's regular expressions, in brackets. */
  public static String pattern() {
    return IntStream.range(0, RANGES.length / 2)
        .mapToObj(i -> hex(RANGES[2 * i]) + "-" + hex(RANGES[2 * i + 1]))
        .collect(Collectors.joining("", "[", "]"));
  }

  private static String hex(int codePoint) {
    return String.format(Locale.ROOT, "\\x{%04x}", codePoint);
  }
}
