package org.mtl4j.models.trees;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.task.FittedTask;

/**
 * The rows that have a say in a task, in their order.
 *
 * @param features what they are
 * @param labels [n]: 0 or 1, a class, or a value in its unit
 * @param weights [n]: what each counts by its example weight and its class; 1 on average
 */
record TaskRows(EncodedFeatures features, float[] labels, float[] weights) {
  private static final int BLOCK = 65_536;

  /** Number of rows. */
  int size() {
    return labels.length;
  }

  /**
   * Gathers them.
   *
   * @throws MtlException NO_ROWS if there are none
   */
  static TaskRows of(FittedTask task, EncodedData data) {
    List<EncodedRows> parts = new ArrayList<>();
    for (int from = 0; from < data.rowCount(); from += BLOCK) {
      EncodedRows block = data.block(from, Math.min(BLOCK, data.rowCount() - from));
      LabelColumn labels = block.labels().get(task.name());
      int[] said =
          IntStream.range(0, block.rowCount())
              .filter(r -> labels.mask()[r] && labels.weights()[r] > 0)
              .toArray();
      parts.add(block.pick(said));
    }
    int n = parts.stream().mapToInt(EncodedRows::rowCount).sum();
    if (n == 0) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              "tasks." + task.name(),
              "Expected training rows that have a label of the task and a weight above 0, found"
                  + " none.",
              "Look at the task's label and where, and at data.split."));
    }
    List<LabelColumn> labels = parts.stream().map(part -> part.labels().get(task.name())).toList();
    float[] found = joined(n, labels.stream().map(LabelColumn::labels).toList());
    float[] weights = joined(n, labels.stream().map(LabelColumn::weights).toList());
    weigh(weights, found, task.task().loss().classWeights());
    return new TaskRows(features(parts, n), found, weights);
  }

  private static EncodedFeatures features(List<EncodedRows> parts, int n) {
    List<int[]> ids = new ArrayList<>();
    for (int c = 0; c < parts.get(0).ids().size(); c++) {
      int column = c;
      ids.add(parts.stream().flatMapToInt(p -> Arrays.stream(p.ids().get(column))).toArray());
    }
    List<float[]> dense = new ArrayList<>();
    for (int c = 0; c < parts.get(0).dense().size(); c++) {
      int column = c;
      dense.add(joined(n, parts.stream().map(part -> part.dense().get(column)).toList()));
    }
    return new EncodedFeatures(n, ids, dense);
  }

  private static float[] joined(int n, List<float[]> parts) {
    float[] all = new float[n];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** By class too, and to a mean of 1: what a leaf has to hold does not depend on their unit. */
  private static void weigh(float[] weights, float[] labels, List<Double> byClass) {
    double sum = 0;
    for (int r = 0; r < weights.length; r++) {
      double share = byClass.isEmpty() ? 1 : byClass.get((int) labels[r]);
      weights[r] = (float) (weights[r] * share);
      sum += weights[r];
    }
    if (sum > 0) {
      for (int r = 0; r < weights.length; r++) {
        weights[r] = (float) (weights[r] * (weights.length / sum));
      }
    }
  }
}
