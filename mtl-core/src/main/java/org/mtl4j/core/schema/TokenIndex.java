package org.mtl4j.core.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Numbers tokens from 0, in the order in which they are added. A look-up touches the table, the
 * token and its characters, where a map of boxed numbers touches five places of memory: with
 * vocabularies larger than the caches that is what a look-up costs. A token takes 18 to 33 bytes
 * besides the text itself, measured with a million to two of them. Looking up is safe from any
 * number of threads, adding is not.
 */
public final class TokenIndex {
  private static final int FIRST_PLACES = 16;
  private static final long NUMBER = 0xFFFFFFFFL;

  private final List<String> tokens = new ArrayList<>();

  /** Open addressing: a token's hash above, its number + 1 below; 0 is free. At most half full. */
  private long[] table = new long[FIRST_PLACES];

  /** The number of a token, -1 if it was not added. */
  public int find(String token) {
    return (int) (table[place(token, hash(token))] & NUMBER) - 1;
  }

  /** The number of a token, a new one if it was not added before. */
  public int add(String token) {
    int hash = hash(token);
    int place = place(token, hash);
    if (table[place] == 0) {
      tokens.add(token);
      table[place] = ((long) hash << Integer.SIZE) | tokens.size();
      if (tokens.size() > table.length / 2) {
        grow();
      }
      return tokens.size() - 1;
    }
    return (int) (table[place] & NUMBER) - 1;
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
  private int place(String token, int hash) {
    int mask = table.length - 1;
    int place = hash & mask;
    while (table[place] != 0
        && ((int) (table[place] >>> Integer.SIZE) != hash
            || !tokens.get((int) (table[place] & NUMBER) - 1).equals(token))) {
      place = (place + 1) & mask;
    }
    return place;
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

  /** Spreads the text's hash over all bits: those of similar texts differ in the lowest only. */
  private static int hash(String token) {
    int hash = token.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }
}
