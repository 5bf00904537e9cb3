package org.mtl4j.eval.slice;

import java.util.List;

/**
 * All outputs by one way to part the rows.
 *
 * @param name what they are parted by
 * @param outputs in the model's order
 */
public record SlicedFigures(String name, List<SlicedOutput> outputs) {
  /** Copies the list. */
  public SlicedFigures {
    outputs = List.copyOf(outputs);
  }
}
