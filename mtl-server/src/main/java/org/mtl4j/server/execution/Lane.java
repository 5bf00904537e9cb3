package org.mtl4j.server.execution;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Which requests can be computed together: those for the same outputs of the same computation,
 * whose rows have the same shapes.
 *
 * @param computation what computes them; the same object for the same computation
 * @param outputs names of the outputs that are wanted
 * @param rows the shape of a row of each input; empty if requests cannot be put together, each
 *     being a lane of its own
 */
record Lane(
    Computation computation, SortedSet<String> outputs, SortedMap<String, List<Long>> rows) {
  Lane {
    outputs = new TreeSet<>(outputs);
    rows = new TreeMap<>(rows);
  }

  /** The lane of a request's inputs. */
  static Lane of(
      Computation computation, Collection<String> outputs, SortedMap<String, TensorValue> inputs) {
    SortedMap<String, List<Long>> rows = new TreeMap<>();
    if (rowCount(computation, inputs) > 0) {
      inputs.forEach((name, tensor) -> rows.put(name, tensor.shape().inner().sizes()));
    }
    return new Lane(computation, new TreeSet<>(outputs), rows);
  }

  /** The rows that all inputs have; 0 if they have none in common, or the computation no rows. */
  static int rowCount(Computation computation, SortedMap<String, TensorValue> inputs) {
    if (!computation.byRows()) {
      return 0;
    }
    long rows = -1;
    for (TensorValue tensor : inputs.values()) {
      TensorShape shape = tensor.shape();
      if (shape.rank() == 0 || (rows >= 0 && shape.sizes().get(0) != rows)) {
        return 0;
      }
      rows = shape.sizes().get(0);
    }
    return (int) Math.max(rows, 0);
  }

  /** Whether requests of it can be put together. */
  boolean takesSeveral() {
    return !rows.isEmpty();
  }
}
