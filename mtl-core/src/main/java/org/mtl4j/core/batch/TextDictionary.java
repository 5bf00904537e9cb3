package org.mtl4j.core.batch;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.mtl4j.core.schema.TokenIndex;

/**
 * The different texts of a column, numbered from 0 as they come. One thread adds; whoever is handed
 * a code by it may ask for its text, on any thread.
 */
public final class TextDictionary {
  private static final int FIRST_TEXTS = 16;

  private final TokenIndex index = new TokenIndex();
  private final IdentityHashMap<Object, int[]> notes = new IdentityHashMap<>();

  /** Codes are handed on after their texts were written, and a larger array when it is complete. */
  private volatile String[] texts = new String[FIRST_TEXTS];

  /** The code of a text, which is a new one if it was not there before. */
  public int add(String text) {
    int before = index.size();
    return added(index.add(text), before);
  }

  /** The code of a row's text, which is there. */
  public int add(Utf8Column column, int row) {
    int before = index.size();
    return added(column.add(row, index), before);
  }

  private int added(int code, int before) {
    if (code == before) {
      String[] known =
          code == texts.length ? Arrays.copyOf(texts, Math.multiplyExact(code, 2)) : texts;
      known[code] = index.tokens().get(code);
      texts = known;
    }
    return code;
  }

  /** Number of texts; for the thread that adds. */
  public int size() {
    return index.size();
  }

  /** The text of a code. */
  public String text(int code) {
    return texts[code];
  }

  /**
   * What an owner has noted of each code, 0 where it has noted nothing so far: its own place to
   * keep what it made of a text. There is room for every code that was handed on before this call.
   *
   * @param owner who asks, known by its identity; one thread at a time
   */
  public int[] notes(Object owner) {
    synchronized (notes) {
      int[] noted = notes.getOrDefault(owner, new int[0]);
      int room = texts.length;
      if (noted.length < room) {
        noted = Arrays.copyOf(noted, room);
        notes.put(owner, noted);
      }
      return noted;
    }
  }
}
