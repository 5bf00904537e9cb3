package org.mtl4j.core.manifest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rows that a model was trained on look like, and what it predicts for rows that it was
 * not trained on: what a server compares requests with.
 *
 * @param inputs by the name of a raw input; those that cannot be compared, times say, are not there
 * @param outputs by the name of an output how its predictions are spread over the validation rows,
 *     or the training rows where there are none
 */
public record TrainingProfile(Map<String, Input> inputs, Map<String, Bins> outputs) {
  /** Copies the maps, keeping their order. */
  public TrainingProfile {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /**
   * What an input's values were.
   *
   * @param bins how they are spread
   * @param range of numbers, if that is known
   * @param texts how texts become values; empty for numbers and for lists
   */
  public record Input(Bins bins, Optional<Range> range, Optional<Texts> texts) {}

  /**
   * The numbers that training has seen, both ends included.
   *
   * @param min the least
   * @param max the greatest
   */
  public record Range(float min, float max) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if the least is above the greatest, or one is no number
     */
    public Range {
      if (!(min <= max)) {
        throw new IllegalArgumentException(
            "range: expected two numbers in order, found %s and %s".formatted(min, max));
      }
    }

    /** All of both. */
    public Range with(Range other) {
      return new Range(Math.min(min, other.min), Math.max(max, other.max));
    }
  }

  /**
   * How a categorical value's text is looked up.
   *
   * @param vocabulary the known values; empty where hashing knows all
   * @param missing texts that are missing besides the empty one
   */
  public record Texts(Optional<Vocabulary> vocabulary, List<String> missing) {
    /** Copies the list. */
    public Texts {
      missing = List.copyOf(missing);
    }
  }

  /**
   * A vocabulary's file.
   *
   * @param name in {@code assets/}
   * @param escaped whether its lines are escaped: backslashes doubled, line breaks as \n and \r
   */
  public record Vocabulary(String name, boolean escaped) {}

  /**
   * How rows are spread over bins.
   *
   * <ul>
   *   <li>Of texts: missing, unknown, each token, and all other known ones.
   *   <li>Of lists: empty, and all others.
   *   <li>Of numbers: missing, below the first edge, and from each edge on to the next.
   *   <li>Of an output of several columns: missing, which no row is, and each column as the
   *       largest.
   * </ul>
   *
   * @param tokens the values that have a bin of their own; empty for numbers
   * @param edges where the bins of numbers begin but for the first, rising
   * @param counts rows a bin
   */
  public record Bins(List<String> tokens, List<Double> edges, List<Double> counts) {
    /**
     * Copies and checks the lists.
     *
     * @throws IllegalArgumentException if there are tokens and edges, edges fall, or a count is
     *     negative
     */
    public Bins {
      tokens = List.copyOf(tokens);
      edges = List.copyOf(edges);
      counts = List.copyOf(counts);
      if (!tokens.isEmpty() && !edges.isEmpty()) {
        throw new IllegalArgumentException("bins: expected tokens or edges, found both");
      }
      for (int i = 1; i < edges.size(); i++) {
        if (!(edges.get(i - 1) <= edges.get(i))) {
          throw new IllegalArgumentException("edges: expected rising ones, found " + edges);
        }
      }
      if (counts.size() < 2 || counts.stream().anyMatch(count -> !(count >= 0))) {
        throw new IllegalArgumentException(
            "counts: expected at least two numbers of at least 0, found " + counts);
      }
    }
  }
}
