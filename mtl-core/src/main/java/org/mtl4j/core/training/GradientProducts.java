package org.mtl4j.core.training;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.EmbeddingTable;

/** Adds up, layer by layer, the inner products of the tasks' gradients. */
final class GradientProducts {
  private final int tasks;
  private final Map<String, double[][]> layers = new LinkedHashMap<>();

  GradientProducts(int tasks) {
    this.tasks = tasks;
  }

  /**
   * Adds a dense variable to the layer that its name says.
   *
   * @param gradients per task the gradient, row-major; null where there is none
   */
  void addVariable(String name, float[][] gradients) {
    int end = name.lastIndexOf('/');
    int length =
        Arrays.stream(gradients).filter(Objects::nonNull).mapToInt(g -> g.length).max().orElse(0);
    add(end < 0 ? name : name.substring(0, end), gradients, 0, length);
  }

  /**
   * Adds the rows of a store, each to its table.
   *
   * @param unique the rows' ids in the store [U]
   * @param gradients per task the gradient [U, width], row-major; null where there is none
   */
  void addRows(TrainingInputs.Store store, LongBuffer unique, float[][] gradients) {
    int width = store.table().width();
    for (int row = 0; unique.hasRemaining(); row++) {
      long id = unique.get();
      EmbeddingTable table =
          store.tables().stream()
              .filter(t -> id >= t.offset() && id < t.offset() + t.rows())
              .findFirst()
              .orElseThrow();
      add(table.variableName(), gradients, row * width, width);
    }
  }

  private void add(String layer, float[][] gradients, int from, int length) {
    for (int i = 0; i < tasks; i++) {
      for (int j = 0; j <= i; j++) {
        if (gradients[i] != null && gradients[j] != null) {
          double[][] sums = layers.computeIfAbsent(layer, l -> new double[tasks][tasks]);
          double sum = 0;
          for (int k = from; k < from + length; k++) {
            sum += (double) gradients[i][k] * gradients[j][k];
          }
          sums[i][j] += sum;
          sums[j][i] = sums[i][j];
        }
      }
    }
  }

  List<TaskGradients.Layer> layers() {
    return layers.entrySet().stream()
        .map(layer -> new TaskGradients.Layer(layer.getKey(), layer.getValue()))
        .toList();
  }
}
