package org.mtl4j.core.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Numbers tokens from 0, in the order in which they are added. With vocabularies larger than the
 * caches a look-up costs the places of memory that it touches: a map of boxed numbers touches five,
 * this the table, and the token and its characters; of a token of one to eight characters of
 * Latin-1, an id say, one number that stands for it in their place. A token takes 18 to 33 bytes
 * besides the text itself, measured with a million to two of them, and 8 to 16 for that number.
 * Looking up is safe from any number of threads, adding is not.
 */
public final class TokenIndex {
  private static final int FIRST_PLACES = 16;
  private static final long NUMBER = 0xFFFFFFFFL;

  /** The largest number of eight digits. */
  private static final long MAX_PACKED = 99_999_999;

  private final List<String> tokens = new ArrayList<>();

  /** Per token its characters as one number, 0 if it is not a short one. */
  private long[] shorts = new long[FIRST_PLACES];

  /** Open addressing: a token's hash above, its number + 1 below; 0 is free. At most half full. */
  private long[] table = new long[FIRST_PLACES];

  /** The number of a token, -1 if it was not added. */
  public int find(String token) {
    long packed = packed(token);
    return (int) (table[place(token, packed, hash(token, packed))] & NUMBER) - 1;
  }

  /** The number of a token, a new one if it was not added before. */
  public int add(String token) {
    long packed = packed(token);
    int hash = hash(token, packed);
    int place = place(token, packed, hash);
    if (table[place] == 0) {
      if (tokens.size() == shorts.length) {
        shorts = Arrays.copyOf(shorts, Math.multiplyExact(shorts.length, 2));
      }
      shorts[tokens.size()] = packed;
      tokens.add(token);
      table[place] = ((long) hash << Integer.SIZE) | tokens.size();
      if (tokens.size() > table.length / 2) {
        grow();
      }
      return tokens.size() - 1;
    }
    return (int) (table[place] & NUMBER) - 1;
  }

  /** As {@link #find(String)}, of a token as bytes of UTF-8. */
  public int find(byte[] utf8, int from, int length) {
    long packed = packed(utf8, from, length);
    if (packed == 0) {
      return find(new String(utf8, from, length, StandardCharsets.UTF_8));
    }
    return findPacked(packed);
  }

  /** As {@link #add(String)}, of a token as bytes of UTF-8. */
  public int add(byte[] utf8, int from, int length) {
    long packed = packed(utf8, from, length);
    int number = packed == 0 ? -1 : findPacked(packed);
    return number >= 0 ? number : add(new String(utf8, from, length, StandardCharsets.UTF_8));
  }

  /** As {@link #find(String)}, of a whole number as Java spells it. */
  public int find(long whole) {
    long packed = packed(whole);
    return packed == 0 ? find(Long.toString(whole)) : findPacked(packed);
  }

  /** As {@link #add(String)}, of a whole number as Java spells it. */
  public int add(long whole) {
    long packed = packed(whole);
    int number = packed == 0 ? -1 : findPacked(packed);
    return number >= 0 ? number : add(Long.toString(whole));
  }

  /** The number of a short token. */
  private int findPacked(long packed) {
    int hash = mixed(packed);
    int mask = table.length - 1;
    int place = hash & mask;
    while (table[place] != 0) {
      int number = (int) (table[place] & NUMBER) - 1;
      if ((int) (table[place] >>> Integer.SIZE) == hash && shorts[number] == packed) {
        return number;
      }
      place = (place + 1) & mask;
    }
    return -1;
  }

  /** The tokens by number. */
  public List<String> tokens() {
    return Collections.unmodifiableList(tokens);
  }

  /** Number of tokens. */
  public int size() {
    return tokens.size();
  }

  /** Where the token stands, or would. */
  private int place(String token, long packed, int hash) {
    int mask = table.length - 1;
    int place = hash & mask;
    while (table[place] != 0 && !isAt(place, token, packed, hash)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private boolean isAt(int place, String token, long packed, int hash) {
    if ((int) (table[place] >>> Integer.SIZE) != hash) {
      return false;
    }
    int number = (int) (table[place] & NUMBER) - 1;
    return shorts[number] == packed && (packed != 0 || tokens.get(number).equals(token));
  }

  private void grow() {
    long[] old = table;
    table = new long[Math.multiplyExact(old.length, 2)];
    int mask = table.length - 1;
    for (long entry : old) {
      if (entry != 0) {
        int place = (int) (entry >>> Integer.SIZE) & mask;
        while (table[place] != 0) {
          place = (place + 1) & mask;
        }
        table[place] = entry;
      }
    }
  }

  /**
   * A token of one to eight characters of Latin-1 as a number, another for each; 0 for any other
   * token, and for one that holds the character 0, which would be lost in front.
   */
  private static long packed(String token) {
    int length = token.length();
    if (length > Long.BYTES) {
      return 0;
    }
    long packed = 0;
    for (int i = 0; i < length; i++) {
      char c = token.charAt(i);
      if (c == 0 || c > 0xFF) {
        return 0;
      }
      packed = packed << Byte.SIZE | c;
    }
    return packed;
  }

  /** The same of bytes of UTF-8: one to eight, of ASCII and none of them 0. */
  private static long packed(byte[] utf8, int from, int length) {
    if (length > Long.BYTES) {
      return 0;
    }
    long packed = 0;
    for (int i = from; i < from + length; i++) {
      if (utf8[i] <= 0) {
        return 0;
      }
      packed = packed << Byte.SIZE | utf8[i];
    }
    return packed;
  }

  /** The same of the digits of a number that has one to eight of them and no sign. */
  private static long packed(long whole) {
    if (whole < 0 || whole > MAX_PACKED) {
      return 0;
    }
    long packed = 0;
    long rest = whole;
    for (int shift = 0; shift == 0 || rest > 0; shift += Byte.SIZE) {
      packed |= ('0' + rest % 10) << shift;
      rest /= 10;
    }
    return packed;
  }

  private static int hash(String token, long packed) {
    return mixed(packed == 0 ? token.hashCode() : packed);
  }

  /** Spreads a text over all bits: those of similar texts differ in the lowest only. */
  private static int mixed(long bits) {
    long mixed = bits * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> Integer.SIZE) ^ (int) (mixed >>> 49);
  }
}
