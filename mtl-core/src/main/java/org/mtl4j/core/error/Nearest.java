package org.mtl4j.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the known name that a mistyped one most likely meant. */
public final class Nearest {
  private static final int MAX_NAMES = 30;

  private Nearest() {}

  /**
   * The candidate with the smallest edit distance (insertions, deletions, substitutions and swaps
   * of neighbours count one each) to {@code name}, if it is near enough to be a slip of the
   * fingers: at most a third of the longer name, or 2 for short ones, which share a character.
   */
  public static Optional<String> of(String name, Collection<String> candidates) {
    return candidates.stream()
        .filter(c -> Math.abs(name.length() - c.length()) <= allowance(name, c))
        .filter(c -> distance(name, c) <= allowance(name, c))
        .min(Comparator.comparingInt((String c) -> distance(name, c)).thenComparing(c -> c));
  }

  private static int allowance(String name, String candidate) {
    int length = Math.max(name.length(), candidate.length());
    return Math.min(length - 1, Math.max(2, length / 3));
  }

  /** A sentence such as {@code Did you mean "epochs"?}, or the list of what is known. */
  public static String hint(String name, Collection<String> candidates) {
    return of(name, candidates)
        .map(c -> "Did you mean \"" + c + "\"?")
        .orElseGet(() -> "Known: " + list(candidates) + ".");
  }

  private static String list(Collection<String> candidates) {
    String names =
        candidates.stream()
            .sorted()
            .limit(MAX_NAMES)
            .map(Excerpt::of)
            .collect(Collectors.joining(", "));
    int more = candidates.size() - MAX_NAMES;
    return more > 0 ? names + " and " + more + " more" : names;
  }

  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int substitution = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(substitution, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
