package org.mtl4j.core.task;

import java.util.List;
import java.util.Optional;

/**
 * A short code of features, from which they are rebuilt.
 *
 * @param group user, item or context, whose features are encoded; empty: all features
 * @param dims numbers of the code, 1 to {@value #MOST_DIMS}
 * @param layers widths of the encoder's ReLU layers, the decoder has them the other way round;
 *     none: a linear code, as principal components are
 */
public record CodeSpec(Optional<String> group, int dims, List<Integer> layers) {
  /** More than anybody looks at one by one. */
  public static final int MOST_DIMS = 10_000;

  /**
   * Copies the list and checks the numbers.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public CodeSpec {
    layers = List.copyOf(layers);
    if (dims < 1 || dims > MOST_DIMS) {
      throw new IllegalArgumentException("dims: expected 1 to " + MOST_DIMS + ", found " + dims);
    }
    if (layers.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException("layers: expected widths of at least 1, found " + layers);
    }
  }
}
