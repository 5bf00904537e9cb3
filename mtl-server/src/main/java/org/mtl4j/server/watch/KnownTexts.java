package org.mtl4j.server.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.mtl4j.core.feature.VocabularyFile;

/**
 * The texts of a vocabulary, by 64 bits of hash each: a text that is there is always known, another
 * one is taken for it once in 10^19 / (number of texts). Ten million texts take 256 MiB; the texts
 * themselves would take several times as much.
 */
final class KnownTexts {
  private static final HashFunction HASH = Hashing.farmHashFingerprint64();
  private static final int LEAST = 16;

  private long[] table = new long[LEAST];
  private int count;

  private KnownTexts() {}

  /**
   * Reads a vocabulary's file.
   *
   * @param escaped whether its lines are escaped
   */
  static KnownTexts read(Path file, boolean escaped) throws IOException {
    KnownTexts texts = new KnownTexts();
    VocabularyFile.forEach(file, escaped, token -> texts.add(hash(token.getBytes(UTF_8))));
    return texts;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** Whether a text, in UTF-8, is one of them. */
  boolean contains(byte[] text) {
    return table[place(hash(text))] != 0;
  }

  private void add(long hash) {
    if (2 * (count + 1L) > table.length) {
      long[] before = table;
      table = new long[Math.multiplyExact(2, before.length)];
      Arrays.stream(before).filter(other -> other != 0).forEach(o -> table[place(o)] = o);
    }
    int place = place(hash);
    if (table[place] == 0) {
      table[place] = hash;
      count++;
    }
  }

  /** Where a hash is, or where it would be put. */
  private int place(long hash) {
    int mask = table.length - 1;
    int place = (int) (hash ^ (hash >>> 32)) & mask;
    while (table[place] != 0 && table[place] != hash) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private static long hash(byte[] text) {
    long hash = HASH.hashBytes(text).asLong();
    return hash == 0 ? 1 : hash; // 0 is an empty place.
  }
}
