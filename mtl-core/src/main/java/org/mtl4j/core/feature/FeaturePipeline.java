package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;

/**
 * The fitted features in order: raw columns in, ids and floats out. Fitted on the training split
 * once, applied anywhere; {@link ServingTransforms} puts the same into an exported graph.
 * Immutable.
 */
public final class FeaturePipeline {
  private final List<FittedFeature> features;
  private final List<FittedCategorical> categorical = new ArrayList<>();
  private final List<FittedList> lists = new ArrayList<>();
  private final List<FittedNumeric> numeric = new ArrayList<>();
  private final Map<String, TableSpec> tables = new LinkedHashMap<>();

  /**
   * A pipeline of features in order.
   *
   * @throws MtlException if features that share a table disagree on its width or its ids, or all
   *     features side by side are wider than a tensor can be
   */
  public FeaturePipeline(List<FittedFeature> features) {
    this.features = List.copyOf(features);
    InputWidth.check(features);
    for (FittedFeature feature : features) {
      if (feature instanceof FittedCategorical c) {
        categorical.add(c);
        addTable(c);
      } else if (feature instanceof FittedList list) {
        lists.add(list);
        addTable(list.values());
      } else if (feature instanceof FittedNumeric n) {
        numeric.add(n);
      }
    }
  }

  private void addTable(FittedCategorical feature) {
    TableSpec table =
        new TableSpec(feature.spec().table(), feature.tableSize(), feature.spec().dim());
    TableSpec known = tables.putIfAbsent(table.name(), table);
    if (known != null && !known.equals(table)) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              "features." + feature.name(),
              "The table \"%s\" has %d ids of width %d for another feature, and %d ids of width %d here."
                  .formatted(table.name(), known.rows(), known.dim(), table.rows(), table.dim()),
              "Features that share a table need the same dim and the same hash_buckets or none."));
    }
  }

  /** All features, in the user's order. */
  public List<FittedFeature> features() {
    return features;
  }

  /** The categorical features in order: id column i belongs to feature i. */
  public List<FittedCategorical> categorical() {
    return List.copyOf(categorical);
  }

  /**
   * The features that are lists of values, in order: their id columns come behind those of {@link
   * #categorical}, as many each as its length.
   */
  public List<FittedList> lists() {
    return List.copyOf(lists);
  }

  /** Number of id columns. */
  public int idWidth() {
    return categorical.size() + lists.stream().mapToInt(FittedList::length).sum();
  }

  /** The numeric features in order: each has {@link FittedNumeric#width} dense inputs. */
  public List<FittedNumeric> numeric() {
    return List.copyOf(numeric);
  }

  /** The logical tables, in the order of the features that first ask for them. */
  public List<TableSpec> tables() {
    return List.copyOf(tables.values());
  }

  /** Number of dense inputs. */
  public int denseWidth() {
    return numeric.stream().mapToInt(FittedNumeric::width).sum();
  }

  /**
   * Number of weights a row: they come behind the dense inputs, those of each list that has such
   * together, in the order of {@link #lists}.
   */
  public int weightWidth() {
    return lists.stream().mapToInt(FittedList::weightWidth).sum();
  }

  /**
   * What the rows become.
   *
   * @throws MtlException if a column is missing; of code DATA_VALUE, naming the row, if a numeric
   *     one holds text, an infinite value, or one that its transform takes beyond float32, or a
   *     list a weight that is none
   */
  public EncodedFeatures encode(RawBatch rows) {
    Columns columns = rows.columns();
    List<int[]> ids = new ArrayList<>();
    for (FittedCategorical feature : categorical) {
      ids.add(encode(feature, rows, columns.indexOf(feature.spec().column())));
    }
    List<float[]> weights = new ArrayList<>();
    for (FittedList feature : lists) {
      EncodedList list = encode(feature, rows, columns.indexOf(feature.spec().column()));
      ids.addAll(List.of(list.ids()));
      weights.addAll(List.of(list.weights()));
    }
    List<float[]> dense = new ArrayList<>();
    for (FittedNumeric feature : numeric) {
      dense.addAll(encode(feature, rows, columns.indexOf(feature.spec().column())));
    }
    dense.addAll(weights);
    return new EncodedFeatures(rows.rowCount(), ids, dense);
  }

  private static int[] encode(FittedCategorical feature, RawBatch rows, int column) {
    int[] ids = new int[rows.rowCount()];
    for (int r = 0; r < ids.length; r++) {
      ids[r] = feature.id(rows.text(column, r));
    }
    return ids;
  }

  /** A list's columns of ids and, where it has such, of weights. */
  private record EncodedList(int[][] ids, float[][] weights) {}

  private static EncodedList encode(FittedList feature, RawBatch rows, int column) {
    int n = rows.rowCount();
    EncodedList list =
        new EncodedList(new int[feature.length()][n], new float[feature.weightWidth()][n]);
    for (int r = 0; r < n; r++) {
      List<String> texts = feature.texts(rows.text(column, r));
      int[] ids = feature.idsOf(texts);
      for (int i = 0; i < ids.length; i++) {
        list.ids()[i][r] = ids[i];
      }
      float[] weights = feature.weights(texts, ids);
      for (int i = 0; i < weights.length; i++) {
        if (Float.isNaN(weights[i])) {
          throw feature
              .spec()
              .weight()
              .orElseThrow()
              .refusal(rows.place(r), feature.spec().column(), texts.get(i));
        }
        list.weights()[i][r] = weights[i];
      }
    }
    return list;
  }

  private static List<float[]> encode(FittedNumeric feature, RawBatch rows, int column) {
    float[] values = new float[rows.rowCount()];
    float[] missing = new float[rows.rowCount()];
    for (int r = 0; r < values.length; r++) {
      float raw = rows.finite(column, r);
      values[r] = feature.apply(raw);
      // Only there can it have been beyond: no logarithm is taken twice.
      if (Math.abs(values[r]) == Float.MAX_VALUE && feature.isBeyond(raw)) {
        throw beyond(feature, rows, column, r);
      }
      missing[r] = Float.isNaN(raw) ? 1 : 0;
    }
    return feature.spec().indicator() ? List.of(values, missing) : List.of(values);
  }

  private static MtlException beyond(FittedNumeric feature, RawBatch rows, int column, int row) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            rows.place(row),
            ("The value \"%s\" of the column \"%s\" is beyond 3.4e38 after the transform of feature"
                    + " \"%s\", which takes off %s and multiplies by %s: it is that far from the"
                    + " training rows.")
                .formatted(
                    Excerpt.of(rows.text(column, row)),
                    feature.spec().column(),
                    feature.name(),
                    feature.shift(),
                    feature.scale()),
            "Leave such rows out by data.where, or give the feature transform: log1p."));
  }
}
