package org.mtl4j.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Ints;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.metric.RowList;
import org.mtl4j.core.metric.RowRoom;
import org.mtl4j.core.metric.RowShape;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;

/**
 * Makes and rearranges rows for tests of metrics. Random rows have ties, weights from 0.5 to 2 and
 * groups of a few rows each, numbered without order, and items of which all is known.
 */
public final class RandomRows {
  private static final int CLASSES = 3;
  private static final int ROWS_A_GROUP = 5;
  private static final int ITEMS = 20;
  private static final int FIRST = 10;

  /** Bytes that ten rows do not take, and two hundred do. */
  private static final int ROOM = 9000;

  private RandomRows() {}

  /** n rows of an output of this type; at least two of them make sure that every class occurs. */
  public static EvaluationRows of(TaskType type, int n, Random random) {
    if (type.isUnsupervised()) {
      return ofColumns(type, n, random);
    }
    boolean sets = type instanceof TaskType.Multilabel;
    int width = sets || type.isClass() ? CLASSES : 1;
    double[] predictions = new double[n * width];
    double[] labels = new double[sets ? n * width : n];
    for (int row = 0; row < n; row++) {
      if (type instanceof TaskType.Regression) {
        predictions[row] = random.nextGaussian();
        labels[row] = random.nextGaussian();
      } else if (sets) {
        fillSet(predictions, labels, row, random);
      } else {
        int classes = Math.max(2, width);
        labels[row] = row < classes ? row : random.nextInt(classes);
        fillProbabilities(predictions, row, width, random);
      }
    }
    return new EvaluationRows(
            predictions,
            width,
            labels,
            fill(n, () -> 0.5 + 1.5 * random.nextDouble()),
            Optional.of(randomGroups(n, random)))
        .withItems(randomItems(n, random));
  }

  /**
   * Of a task without a label. What is last, a silhouette or the error of a mean, is small and
   * above 0. Labels are columns: perfect rows have 1 in them, of a reconstruction in the last.
   */
  private static EvaluationRows ofColumns(TaskType type, int n, Random random) {
    int width = LabelEncoding.Columns.of(type).names().size();
    double[] predictions = fill(n * width, () -> 0.01 + random.nextDouble());
    double[] labels = new double[n];
    for (int row = 0; row < n; row++) {
      predictions[(row + 1) * width - 1] /= 100;
      labels[row] =
          row == 0 || type instanceof TaskType.Reconstruction ? width - 1 : random.nextInt(width);
    }
    return new EvaluationRows(
            predictions,
            width,
            labels,
            fill(n, () -> 0.5 + 1.5 * random.nextDouble()),
            Optional.of(randomGroups(n, random)))
        .withItems(randomItems(n, random));
  }

  /** Each item has one popularity and one content. */
  private static RowItems randomItems(int n, Random random) {
    int[] items = random.ints(n, 0, ITEMS).toArray();
    float[] popularity = new float[ITEMS];
    int[] colours = random.ints(ITEMS, 0, 3).toArray();
    int[] sizes = random.ints(ITEMS, 0, 2).toArray();
    for (int item = 0; item < ITEMS; item++) {
      popularity[item] = random.nextInt(100);
    }
    return RowItems.of(
            IntStream.range(0, ITEMS).toArray(), Optional.of(popularity), List.of(colours, sizes))
        .select(items);
  }

  /** The first row has all classes, the second none. */
  private static void fillSet(double[] predictions, double[] labels, int row, Random random) {
    for (int i = row * CLASSES; i < (row + 1) * CLASSES; i++) {
      predictions[i] = random.nextInt(11) / 10.0;
      labels[i] = row < 2 ? 1 - row : random.nextInt(2);
    }
  }

  /** The same rows with every prediction as good as it can be. */
  public static EvaluationRows perfect(EvaluationRows rows) {
    if (rows.hasSets()) {
      return withPredictions(rows, rows.labels().toArray());
    }
    double[] predictions = new double[rows.predictions().size()];
    for (int row = 0; row < rows.size(); row++) {
      if (rows.width() == 1) {
        predictions[row] = rows.labels().get(row);
      } else {
        predictions[row * rows.width() + (int) rows.labels().get(row)] = 1;
      }
    }
    return withPredictions(rows, predictions);
  }

  private static EvaluationRows withPredictions(EvaluationRows rows, double... predictions) {
    EvaluationRows others =
        new EvaluationRows(
            predictions, rows.width(), rows.labels().toArray(), weights(rows), groups(rows));
    return withItems(others, rows.items());
  }

  /** The rows at these indices, in their order; an index may stand several times. */
  public static EvaluationRows select(EvaluationRows rows, int... indices) {
    EvaluationRows selected =
        new EvaluationRows(
            select(rows.predictions().toArray(), rows.width(), indices),
            rows.width(),
            select(rows.labels().toArray(), rows.hasSets() ? rows.width() : 1, indices),
            select(weights(rows), 1, indices),
            rows.groups().map(groups -> IntStream.of(indices).map(groups::get).toArray()));
    return withItems(selected, rows.items().map(items -> items.select(indices)));
  }

  private static EvaluationRows withItems(EvaluationRows rows, Optional<RowItems> items) {
    return items.map(rows::withItems).orElse(rows);
  }

  /** The same rows without items. */
  public static EvaluationRows withoutItems(EvaluationRows rows) {
    return new EvaluationRows(
        rows.predictions().toArray(),
        rows.width(),
        rows.labels().toArray(),
        weights(rows),
        groups(rows));
  }

  private static double[] select(double[] values, int width, int... indices) {
    return IntStream.of(indices)
        .flatMap(row -> IntStream.range(row * width, (row + 1) * width))
        .mapToDouble(i -> values[i])
        .toArray();
  }

  private static Optional<int[]> groups(EvaluationRows rows) {
    return rows.groups().map(Ints::toArray);
  }

  /** What each row counts. */
  public static double[] weights(EvaluationRows rows) {
    return IntStream.range(0, rows.size()).mapToDouble(rows::weight).toArray();
  }

  /**
   * The rows written out as often as their unit was drawn: a group with all its rows, each time as
   * a group of its own; a row where there are no groups. Units count by their numbers, ascending
   * and unsigned.
   */
  public static EvaluationRows repeated(EvaluationRows rows, int... counts) {
    List<Integer> indices = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    int[] units = groups(rows).orElseGet(() -> IntStream.range(0, rows.size()).toArray());
    List<Integer> names =
        IntStream.of(units).boxed().distinct().sorted(Integer::compareUnsigned).toList();
    for (int unit = 0; unit < counts.length; unit++) {
      for (int time = 0; time < counts[unit]; time++) {
        int name = groups.isEmpty() ? 0 : groups.get(groups.size() - 1) + 1;
        for (int row = 0; row < rows.size(); row++) {
          if (units[row] == names.get(unit)) {
            indices.add(row);
            groups.add(name);
          }
        }
      }
    }
    EvaluationRows drawn = select(rows, indices.stream().mapToInt(i -> i).toArray());
    return withGroups(drawn, rows.groups().map(g -> groups.stream().mapToInt(i -> i).toArray()));
  }

  /** The same rows in groups of these numbers. */
  public static EvaluationRows withGroups(EvaluationRows rows, Optional<int[]> groups) {
    EvaluationRows others =
        new EvaluationRows(
            rows.predictions().toArray(),
            rows.width(),
            rows.labels().toArray(),
            weights(rows),
            groups);
    return withItems(others, rows.items());
  }

  /**
   * The same rows, the first ten gathered in memory, as long as there is room, and then all of them
   * in a file; sorted in parts of some 90 rows.
   */
  public static EvaluationRows inFiles(EvaluationRows rows) {
    RowRoom room = new RowRoom(Path.of(System.getProperty("java.io.tmpdir")), ROOM, "groups");
    RowList list = new RowList(new RowShape(rows.width(), labelWidth(rows), true), room);
    list.addAll(rows.select(IntStream.range(0, Math.min(FIRST, rows.size())).toArray()));
    list.addAll(rows.select(IntStream.range(Math.min(FIRST, rows.size()), rows.size()).toArray()));
    return list.toRows();
  }

  private static int labelWidth(EvaluationRows rows) {
    return rows.hasSets() ? rows.width() : 1;
  }

  /** The numbers 0 to n - 1, shuffled. */
  public static int[] permutation(int n, Random random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** Tenths for a yes, so that there are ties; for classes, numbers that add up to 1. */
  private static void fillProbabilities(double[] into, int row, int width, Random random) {
    if (width == 1) {
      into[row] = random.nextInt(11) / 10.0;
      return;
    }
    double[] raw = fill(width, () -> 0.01 + random.nextDouble());
    double sum = DoubleStream.of(raw).sum();
    for (int c = 0; c < width; c++) {
      into[row * width + c] = raw[c] / sum;
    }
  }

  private static int[] randomGroups(int n, Random random) {
    int[] names = random.ints(n / ROWS_A_GROUP + 1).toArray();
    return IntStream.range(0, n).map(row -> names[random.nextInt(names.length)]).toArray();
  }

  private static double[] fill(int n, DoubleSupplier value) {
    return DoubleStream.generate(value).limit(n).toArray();
  }
}
