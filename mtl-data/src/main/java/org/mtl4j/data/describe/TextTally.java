package org.mtl4j.data.describe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts words and pieces of texts, to tell lists and sentences from names. */
final class TextTally {
  /** Parts of texts beyond this number of different ones are no values of a list. */
  private static final int MAX_PIECES = 10_000;

  private static final double SOME = 0.1;

  /** Texts of so many times their parts are combinations of them. */
  private static final int COMBINATIONS = 2;

  private final List<Pieces> candidates = new ArrayList<>();
  private long texts;
  private long words;

  TextTally() {
    for (char separator : new char[] {'|', ';', ','}) {
      candidates.add(new Pieces(separator));
    }
  }

  /** What texts are made of, were they lists with this separator. */
  private static final class Pieces {
    private final char separator;
    private final Set<String> different = new HashSet<>();
    private long lists;

    Pieces(char separator) {
      this.separator = separator;
    }

    void add(String text) {
      int from = 0;
      for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, from)) {
        keep(text.substring(from, end));
        from = end + 1;
      }
      keep(text.substring(from));
      lists += from > 0 ? 1 : 0;
    }

    private void keep(String piece) {
      if (different.size() <= MAX_PIECES && !piece.isBlank()) {
        different.add(piece.strip());
      }
    }

    boolean areLists(long texts, int differentTexts) {
      return lists >= SOME * texts
          && different.size() <= MAX_PIECES
          && differentTexts >= COMBINATIONS * different.size();
    }
  }

  /** Takes a text. */
  void add(String text) {
    texts++;
    boolean blank = true;
    for (int i = 0; i < text.length(); i++) {
      boolean next = Character.isWhitespace(text.charAt(i));
      words += blank && !next ? 1 : 0;
      blank = next;
    }
    candidates.forEach(candidate -> candidate.add(text));
  }

  /**
   * What they look like.
   *
   * @param different number of different texts, as far as they were counted
   */
  ColumnSummary.Texts summary(int different) {
    Optional<String> separator =
        candidates.stream()
            .filter(pieces -> pieces.areLists(texts, different))
            .map(pieces -> String.valueOf(pieces.separator))
            .findFirst();
    return new ColumnSummary.Texts(separator, words / (double) Math.max(1, texts));
  }
}
