package org.mtl4j.serving.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What a model sees of one row.
 *
 * @param values what a point takes a share of, by the names of tensors
 * @param ids encoded ids; empty if the model has none
 * @param dense encoded numbers and weights; empty if the model has none
 */
record SeenRow(Map<String, Values> values, Optional<long[]> ids, Optional<float[]> dense) {
  /**
   * Numbers of one tensor.
   *
   * @param numbers all of them
   * @param shape of a row: [n], or [L, n] of a list
   */
  record Values(float[] numbers, Shape shape) {
    /** n, the numbers that stand side by side. */
    int width() {
      return Math.toIntExact(shape.get(shape.numDimensions() - 1));
    }

    /** L of a list; 1 of what is none. */
    private long places() {
      return shape.numDimensions() == 1 ? 1 : shape.get(0);
    }

    private Tensor points(double[] shares) {
      int n = numbers.length;
      float[] points = new float[Math.multiplyExact(n, shares.length)];
      for (int i = 0; i < points.length; i++) {
        points[i] = (float) (shares[i / n] * numbers[i % n]);
      }
      return TFloat32.tensorOf(shape.prepend(shares.length), DataBuffers.of(points, false, false));
    }
  }

  /** How many places the row's longest list has; 1 without lists. */
  long longestList() {
    return values.values().stream().mapToLong(Values::places).max().orElse(1);
  }

  /**
   * What is fed for points between the baseline and the row, by the names of tensors; the caller
   * closes it.
   *
   * @param shares of the row in each point
   * @param encoded the names of the encoded inputs, which are those of the row at each point
   */
  Map<String, Tensor> points(double[] shares, Map<String, String> encoded) {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    values.forEach((input, of) -> feeds.put(input, of.points(shares)));
    ids.ifPresent(row -> feeds.put(encoded.get(ExplainedGraph.IDS), repeated(row, shares.length)));
    // The numbers may be all that there is, and are fed already.
    dense.ifPresent(
        row ->
            feeds.computeIfAbsent(
                encoded.get(ExplainedGraph.DENSE), name -> repeated(row, shares.length)));
    return feeds;
  }

  private static Tensor repeated(long[] row, int times) {
    long[] rows = new long[row.length * times];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row[i % row.length];
    }
    return TInt64.tensorOf(Shape.of(times, row.length), DataBuffers.of(rows, false, false));
  }

  private static Tensor repeated(float[] row, int times) {
    float[] rows = new float[row.length * times];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row[i % row.length];
    }
    return TFloat32.tensorOf(Shape.of(times, row.length), DataBuffers.of(rows, false, false));
  }
}
