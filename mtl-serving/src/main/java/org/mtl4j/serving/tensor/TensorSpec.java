package org.mtl4j.serving.tensor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a signature says of one of its inputs or outputs.
 *
 * @param type of its elements
 * @param sizes of its dimensions, -1 for one that is not fixed; empty if not even their number is
 * @param tensor its name in the graph, such as {@code serving_default_x:0}
 */
public record TensorSpec(TensorType type, Optional<List<Long>> sizes, String tensor) {
  /** Copies the sizes. */
  public TensorSpec {
    sizes = sizes.map(List::copyOf);
  }

  /** Whether a tensor of that shape fits. */
  public boolean takes(TensorShape shape) {
    if (sizes.isEmpty()) {
      return true;
    }
    List<Long> expected = sizes.get();
    if (expected.size() != shape.rank()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i) >= 0 && !expected.get(i).equals(shape.sizes().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The sizes as they are printed: {@code [?,2]}, or {@code [...]} if none is known. */
  public String printedSizes() {
    return sizes
        .map(
            known ->
                known.stream()
                    .map(size -> size < 0 ? "?" : Long.toString(size))
                    .collect(Collectors.joining(",", "[", "]")))
        .orElse("[...]");
  }
}
