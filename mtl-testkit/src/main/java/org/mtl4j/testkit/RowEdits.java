package org.mtl4j.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;

/** Encoded rows out of encoded rows. */
public final class RowEdits {
  private RowEdits() {}

  /** The rows at these indices, in their order; an index may stand several times. */
  public static EncodedRows select(EncodedRows rows, int... indices) {
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    rows.labels().forEach((output, column) -> labels.put(output, select(column, indices)));
    return new EncodedRows(
        indices.length,
        rows.ids().stream()
            .map(column -> IntStream.of(indices).map(i -> column[i]).toArray())
            .toList(),
        rows.dense().stream().map(column -> select(column, 1, indices)).toList(),
        labels,
        Optional.empty());
  }

  private static LabelColumn select(LabelColumn column, int[] indices) {
    boolean[] mask = new boolean[indices.length];
    for (int r = 0; r < indices.length; r++) {
      mask[r] = column.mask()[indices[r]];
    }
    return new LabelColumn(
        select(column.labels(), column.width(), indices),
        mask,
        select(column.weights(), 1, indices),
        column.classes());
  }

  private static float[] select(float[] column, int width, int... indices) {
    float[] selected = new float[indices.length * width];
    for (int r = 0; r < indices.length; r++) {
      System.arraycopy(column, indices[r] * width, selected, r * width, width);
    }
    return selected;
  }

  /** These rows, but where {@code from} is true the other's row of that index. */
  public static EncodedRows replace(EncodedRows rows, EncodedRows other, boolean[] from) {
    int n = rows.rowCount();
    EncodedRows both = concat(rows, other);
    return select(both, IntStream.range(0, n).map(r -> from[r] ? n + r : r).toArray());
  }

  /** Rows followed by rows. */
  public static EncodedRows concat(EncodedRows first, EncodedRows second) {
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    first.labels().forEach((k, column) -> labels.put(k, concat(column, second.labels().get(k))));
    return new EncodedRows(
        first.rowCount() + second.rowCount(),
        IntStream.range(0, first.ids().size())
            .mapToObj(c -> concat(first.ids().get(c), second.ids().get(c)))
            .toList(),
        IntStream.range(0, first.dense().size())
            .mapToObj(c -> concat(first.dense().get(c), second.dense().get(c)))
            .toList(),
        labels,
        Optional.empty());
  }

  private static LabelColumn concat(LabelColumn a, LabelColumn b) {
    boolean[] mask = Arrays.copyOf(a.mask(), a.size() + b.size());
    System.arraycopy(b.mask(), 0, mask, a.size(), b.size());
    return new LabelColumn(
        concat(a.labels(), b.labels()), mask, concat(a.weights(), b.weights()), a.classes());
  }

  private static int[] concat(int[] a, int[] b) {
    return IntStream.concat(IntStream.of(a), IntStream.of(b)).toArray();
  }

  private static float[] concat(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** The same rows, the marked ones without a say in any output. */
  public static EncodedRows silence(EncodedRows rows, boolean[] marked) {
    return silence(rows, List.copyOf(rows.labels().keySet()), marked);
  }

  /** The same rows, none of which has a say in these outputs. */
  public static EncodedRows silence(EncodedRows rows, List<String> outputs) {
    boolean[] all = new boolean[rows.rowCount()];
    Arrays.fill(all, true);
    return silence(rows, outputs, all);
  }

  /** The same rows, the marked ones without a say in these outputs. */
  public static EncodedRows silence(EncodedRows rows, List<String> outputs, boolean[] marked) {
    Map<String, LabelColumn> labels = new LinkedHashMap<>(rows.labels());
    for (String output : outputs) {
      LabelColumn column = labels.get(output);
      boolean[] mask = column.mask().clone();
      for (int r = 0; r < mask.length; r++) {
        mask[r] &= !marked[r];
      }
      labels.put(output, column.withMask(mask));
    }
    return withLabels(rows, labels);
  }

  /** The same rows, with labels and weights that are no numbers where a row has no say. */
  public static EncodedRows litter(EncodedRows rows, Random random) {
    float[] litter = {Float.NaN, 1e30f, -1e30f, Float.POSITIVE_INFINITY};
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    rows.labels()
        .forEach(
            (output, column) -> {
              float[] label = column.labels().clone();
              float[] weight = column.weights().clone();
              for (int r = 0; r < weight.length; r++) {
                if (!column.mask()[r]) {
                  for (int i = r * column.width(); i < (r + 1) * column.width(); i++) {
                    label[i] = litter[random.nextInt(litter.length)];
                  }
                  weight[r] = litter[random.nextInt(litter.length)];
                }
              }
              labels.put(output, new LabelColumn(label, column.mask(), weight, column.classes()));
            });
    return withLabels(rows, labels);
  }

  /** The same rows, every example weight times a factor. */
  public static EncodedRows scaleWeights(EncodedRows rows, float factor) {
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    rows.labels()
        .forEach(
            (output, column) -> {
              float[] weights = column.weights().clone();
              for (int r = 0; r < weights.length; r++) {
                weights[r] *= factor;
              }
              labels.put(output, column.withWeights(weights));
            });
    return withLabels(rows, labels);
  }

  private static EncodedRows withLabels(EncodedRows rows, Map<String, LabelColumn> labels) {
    return new EncodedRows(rows.rowCount(), rows.ids(), rows.dense(), labels, rows.groups());
  }
}
