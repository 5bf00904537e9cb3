package org.mtl4j.core.schema;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

  private static final long ALL_127 = 0x7F7F7F7F7F7F7F7FL;
  private static final long ALL_128 = 0x8080808080808080L;
  private static final long ALL_ZERO_DIGITS = 0x3030303030303030L;
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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

  /** Some tokens, given by their numbers, in the order of their texts. */
  public List<String> sorted(int[] numbers) {
    long[] keys = new long[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      long packed = shorts[numbers[i]];
      if (packed == 0) {
        return Arrays.stream(numbers).mapToObj(tokens::get).sorted().toList();
      }
      // Compared as texts are: from the first character on, and as numbers without a sign.
      keys[i] = (packed << zeroBytes(Long.numberOfLeadingZeros(packed))) ^ Long.MIN_VALUE;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToObj(this::token).toList();
  }

  private String token(long key) {
    long text = key ^ Long.MIN_VALUE;
    return tokens.get(findPacked(text >>> zeroBytes(Long.numberOfTrailingZeros(text))));
  }

  /** The bits of the whole bytes among so many bits. */
  private static int zeroBytes(int bits) {
    return bits / Byte.SIZE * Byte.SIZE;
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
    if (length > Long.BYTES || length == 0) {
      return 0;
    }
    int unused = Long.SIZE - Byte.SIZE * length;
    long packed = eight(utf8, from) >>> unused;
    // The highest bit of a byte from 1 to 127 is 0, and 1 once 127 is added to it.
    long wrong = (packed | ~(packed + ALL_127)) & (ALL_128 >>> unused);
    return wrong == 0 ? packed : 0;
  }

  /** Eight bytes from there on, the first one highest; zeros for those behind the end. */
  private static long eight(byte[] bytes, int from) {
    if (bytes.length - from >= Long.BYTES) {
      return (long) EIGHT.get(bytes, from);
    }
    long eight = 0;
    for (int i = from; i < bytes.length; i++) {
      eight |= (bytes[i] & 0xFFL) << (Byte.SIZE * (from + Long.BYTES - 1 - i));
    }
    return eight;
  }

  /** The same of the digits of a number that has one to eight of them and no sign. */
  private static long packed(long whole) {
    if (whole < 0 || whole > MAX_PACKED) {
      return 0;
    }
    // All eight digits side by side: halved into fours, twos and ones, none of which runs over.
    long fours = ((whole / 10_000) << 32) | (whole % 10_000);
    long hundreds = ((fours * 10_486) >>> 20) & 0x7F0000007FL;
    long twos = (hundreds << 16) | (fours - 100 * hundreds);
    long tens = ((twos * 103) >>> 10) & 0xF000F000F000FL;
    long digits = (tens << 8) | (twos - 10 * tens);
    int unused = zeroBytes(Long.numberOfLeadingZeros(digits | 1));
    return digits | (ALL_ZERO_DIGITS >>> unused);
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
