package org.mtl4j.models.trees;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;

/**
 * What a task's labels are to trees.
 *
 * @param kind of label
 * @param classes number of classes; 0: labels are numbers
 * @param mean what numbers are counted from
 * @param deviation what they are counted in
 * @param negativesKept share of the rows of class 0 that training saw, in (0, 1]
 */
record Target(Kind kind, int classes, double mean, double deviation, double negativesKept) {
  /** Kinds of labels. */
  enum Kind {
    /** No or yes. */
    BINARY,
    /** One of several classes. */
    CLASS,
    /** One of several classes in an order. */
    ORDERED_CLASS,
    /** A number. */
    NUMBER
  }

  /** Of so many classes at most an id has a rate of its own. */
  private static final int MOST_RATES = 8;

  static Target of(FittedTask task) {
    if (task.encoding() instanceof LabelEncoding.Indicator indicator) {
      return new Target(Kind.BINARY, 2, 0, 1, indicator.negativesKept());
    }
    if (task.encoding() instanceof LabelEncoding.Scale scale) {
      return new Target(Kind.NUMBER, 0, scale.mean(), scale.deviation(), 1);
    }
    boolean ordered = task.task().type() instanceof TaskType.Ordinal;
    return new Target(
        ordered ? Kind.ORDERED_CLASS : Kind.CLASS, task.encoding().names().size(), 0, 1, 1);
  }

  /** Whether the probability of the second class is all that is predicted. */
  boolean binary() {
    return kind == Kind.BINARY;
  }

  /** A label as it is fitted: a class, or a number in deviations from the mean. */
  double fitted(float label) {
    return classes > 0 ? label : (label - mean) / deviation;
  }

  /**
   * What the rate of an id is a mean of: the label where that is a number, one of two classes or
   * one in an order; else, for each of the most frequent classes, whether it is that one.
   *
   * @return [rates][n]
   */
  float[][] rated(TaskRows rows) {
    if (kind != Kind.CLASS) {
      float[] values = new float[rows.size()];
      for (int r = 0; r < values.length; r++) {
        values[r] = (float) fitted(rows.labels()[r]);
      }
      return new float[][] {values};
    }
    double[] counts = counts(rows);
    int[] frequent =
        IntStream.range(0, classes)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -counts[c]))
            .limit(MOST_RATES)
            .mapToInt(c -> c)
            .toArray();
    return Arrays.stream(frequent).mapToObj(c -> isClass(rows, c)).toArray(float[][]::new);
  }

  private static float[] isClass(TaskRows rows, int of) {
    float[] values = new float[rows.size()];
    for (int r = 0; r < values.length; r++) {
      values[r] = (int) rows.labels()[r] == of ? 1 : 0;
    }
    return values;
  }

  /** Per class the weight of its rows. */
  double[] counts(TaskRows rows) {
    double[] counts = new double[classes];
    for (int r = 0; r < rows.size(); r++) {
      counts[(int) rows.labels()[r]] += rows.weights()[r];
    }
    return counts;
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(kind.name());
    out.writeInt(classes);
    out.writeDouble(mean);
    out.writeDouble(deviation);
    out.writeDouble(negativesKept);
  }

  static Target read(DataInput in) throws IOException {
    return new Target(
        Kind.valueOf(in.readUTF()),
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble());
  }
}
