package org.mtl4j.models.trees;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SplittableRandom;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.provenance.Seed;

/**
 * Encoded rows as trees see them, columns of numbers: the dense inputs as they are, for each id its
 * {@link IdRates rates}, and for each list the mean of its ids' rates, by its weights, and their
 * number. Ids have other rates in each task.
 */
final class ColumnEncoder {
  private final RowShape shape;
  private final float[][][] rates;

  private ColumnEncoder(RowShape shape, float[][][] rates) {
    this.shape = shape;
    this.rates = rates;
  }

  /** What rows are to trees, and an encoder of new ones. */
  record Fitted(ColumnEncoder encoder, float[][] columns) {}

  /** The rate of an id in a row, of which one source and one kind of rate are looked at. */
  @FunctionalInterface
  private interface Rate {
    float of(int id, int row);
  }

  static Fitted fit(RowShape shape, TaskRows rows, Target target, Seed seed) {
    int[] folds = folds(rows.size(), seed);
    float[][] rated = target.rated(rows);
    float[][][] rates = new float[shape.sources()][rated.length][];
    float[][] columns = new float[width(shape, rated.length)][];
    int at = dense(shape, rows.features(), columns);
    for (int source = 0; source < shape.sources(); source++) {
      for (int k = 0; k < rated.length; k++) {
        IdRates found = observed(shape, source, rows, rated[k], folds);
        rates[source][k] = found.all();
        columns[at++] =
            column(shape, source, rows.features(), (id, row) -> found.rate(id, folds[row]));
      }
    }
    counts(shape, rows.features(), columns, at);
    return new Fitted(new ColumnEncoder(shape, rates), columns);
  }

  private static int[] folds(int rows, Seed seed) {
    SplittableRandom random = seed.child("folds").random();
    int[] folds = new int[rows];
    for (int r = 0; r < rows; r++) {
      folds[r] = random.nextInt(IdRates.FOLDS);
    }
    return folds;
  }

  private static IdRates observed(
      RowShape shape, int source, TaskRows rows, float[] values, int[] folds) {
    int ids = shape.table(source) + 1; // One more, which no row has.
    IdRates rates = new IdRates(ids);
    int[] lastRow = new int[ids]; // The row after the last one that had the id.
    double sum = 0;
    double weight = 0;
    for (int r = 0; r < rows.size(); r++) {
      double w = rows.weights()[r];
      sum += w * values[r];
      weight += w;
      for (int c = first(shape, source); c < end(shape, source); c++) {
        int id = rows.features().ids().get(c)[r];
        boolean there = id != ListColumns.PADDING || source < shape.singles().size();
        if (there && lastRow[id] != r + 1) {
          lastRow[id] = r + 1;
          rates.observe(id, folds[r], values[r], w);
        }
      }
    }
    rates.end(sum / weight);
    return rates;
  }

  private static int first(RowShape shape, int source) {
    int singles = shape.singles().size();
    return source < singles ? source : shape.lists().get(source - singles).first();
  }

  private static int end(RowShape shape, int source) {
    int singles = shape.singles().size();
    return source < singles
        ? source + 1
        : first(shape, source) + shape.lists().get(source - singles).length();
  }

  /** New rows as columns of numbers. */
  float[][] columns(EncodedFeatures rows) {
    int kinds = shape.sources() == 0 ? 0 : rates[0].length;
    float[][] columns = new float[width(shape, kinds)][];
    int at = dense(shape, rows, columns);
    for (int source = 0; source < shape.sources(); source++) {
      for (float[] known : rates[source]) {
        columns[at++] = column(shape, source, rows, (id, row) -> known[id]);
      }
    }
    counts(shape, rows, columns, at);
    return columns;
  }

  /** How many columns there are. */
  private static int width(RowShape shape, int kinds) {
    return shape.dense() + shape.sources() * kinds + shape.lists().size();
  }

  private static int dense(RowShape shape, EncodedFeatures rows, float[][] columns) {
    for (int c = 0; c < shape.dense(); c++) {
      columns[c] = rows.dense().get(c);
    }
    return shape.dense();
  }

  private static float[] column(RowShape shape, int source, EncodedFeatures rows, Rate rate) {
    float[] column = new float[rows.rowCount()];
    if (source >= shape.singles().size()) {
      RowShape.Ids list = shape.lists().get(source - shape.singles().size());
      for (int r = 0; r < column.length; r++) {
        column[r] = mean(list, rows, r, rate);
      }
      return column;
    }
    int[] ids = rows.ids().get(source);
    for (int r = 0; r < column.length; r++) {
      column[r] = rate.of(ids[r], r);
    }
    return column;
  }

  /** An empty list has the rate of an id that no row has, which is that of all rows. */
  private static float mean(RowShape.Ids list, EncodedFeatures rows, int row, Rate rate) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < list.length(); i++) {
      int id = rows.ids().get(list.first() + i)[row];
      if (id != ListColumns.PADDING) {
        double weight =
            list.weights() == RowShape.Ids.NONE ? 1 : rows.dense().get(list.weights() + i)[row];
        sum += weight * rate.of(id, row);
        weights += weight;
      }
    }
    return weights == 0 ? rate.of(list.table(), row) : (float) (sum / weights);
  }

  private static void counts(RowShape shape, EncodedFeatures rows, float[][] columns, int at) {
    for (int i = 0; i < shape.lists().size(); i++) {
      RowShape.Ids list = shape.lists().get(i);
      float[] column = new float[rows.rowCount()];
      for (int c = list.first(); c < list.first() + list.length(); c++) {
        int[] ids = rows.ids().get(c);
        for (int r = 0; r < column.length; r++) {
          column[r] += ids[r] == ListColumns.PADDING ? 0 : 1;
        }
      }
      columns[at + i] = column;
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(rates.length);
    for (float[][] kinds : rates) {
      out.writeInt(kinds.length);
      for (float[] kind : kinds) {
        Floats.write(kind, out);
      }
    }
  }

  static ColumnEncoder read(FeaturePipeline pipeline, DataInput in) throws IOException {
    RowShape shape = RowShape.of(pipeline);
    float[][][] rates = new float[in.readInt()][][];
    if (rates.length != shape.sources()) {
      throw new IOException(
          "expected rates of %d features, found %d".formatted(shape.sources(), rates.length));
    }
    for (int source = 0; source < rates.length; source++) {
      rates[source] = new float[in.readInt()][];
      for (int k = 0; k < rates[source].length; k++) {
        rates[source][k] = Floats.read(in);
      }
    }
    return new ColumnEncoder(shape, rates);
  }
}
