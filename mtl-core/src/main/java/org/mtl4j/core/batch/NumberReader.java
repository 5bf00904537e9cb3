package org.mtl4j.core.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.Decimals;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.Rows;

/** How a task reads a label that is a number. */
@FunctionalInterface
interface NumberReader extends LabelReader {
  /** Whole numbers below are floats. */
  int EXACT_FLOATS = 1 << 24;

  /**
   * The label: 0 or 1, a class index, or a value in its unit; NaN if the row has no say.
   *
   * @throws MtlException of code DATA_VALUE if the task does not allow the value
   */
  float at(RawBatch rows, int row);

  @Override
  default boolean read(RawBatch rows, int row, float[] labels) {
    float value = at(rows, row);
    if (Float.isNaN(value)) {
      return false;
    }
    labels[row] = value;
    return true;
  }

  /** Yes or no; without positive values the label itself must be 0 or 1. */
  static NumberReader binary(String task, BoundExpression label, List<String> positive) {
    if (positive.isEmpty()) {
      return label.isText()
          ? (rows, row) -> indicator(task, label.text(rows, row), rows, row)
          : (rows, row) -> indicator(task, label.number(rows, row), rows, row);
    }
    Set<String> texts = Set.copyOf(positive);
    double[] numbers =
        positive.stream().filter(Decimals::isNumber).mapToDouble(Decimals::valueOf).toArray();
    return label.isText()
        ? (rows, row) -> isPositive(texts, numbers, label.text(rows, row))
        : (rows, row) -> isPositive(numbers, label.number(rows, row));
  }

  /** One of some classes; counts the rows whose class is none of them. */
  static NumberReader multiclass(BoundExpression label, List<String> classes, LongAdder unseen) {
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      indices.put(classes.get(i), i);
    }
    return (rows, row) -> {
      String text = label.text(rows, row);
      Integer index = indices.get(text);
      if (index == null && text != null) {
        unseen.increment();
      }
      return index == null ? Float.NaN : index;
    };
  }

  /**
   * A label that nothing is trained on, as the number of its text's hash: equal texts have equal
   * ones. A row where it is missing has its say, and -1.
   */
  static NumberReader compared(BoundExpression label) {
    Hashed hashed = new Hashed(EXACT_FLOATS);
    return (rows, row) -> {
      String text = label.text(rows, row);
      return text == null ? -1 : hashed.bucket(text);
    };
  }

  /** A number in its unit. */
  static NumberReader regression(String task, BoundExpression label, RegressionLoss loss) {
    return (rows, row) -> {
      double value = label.number(rows, row);
      if (value < 0 && loss.needsNonNegative()) {
        throw invalid(
            rows.place(row),
            "The label of task \"%s\" is a number of at least 0, as its loss asks, found %s."
                .formatted(task, value),
            "Leave such rows out by where, or take another loss.");
      }
      if (Float.isInfinite((float) value)) {
        throw invalid(
            rows.place(row),
            "The label of task \"%s\" is a finite number below 3.4e38, found %s."
                .formatted(task, value),
            "Leave such rows out by where, or mark the value as missing in data.source.missing.");
      }
      return (float) value;
    };
  }

  private static float indicator(String task, String text, RawBatch rows, int row) {
    if (text == null) {
      return Float.NaN;
    }
    if (!Decimals.isNumber(text)) {
      throw noIndicator(task, text, rows.place(row));
    }
    return indicator(task, Decimals.valueOf(text), rows, row);
  }

  private static float indicator(String task, double value, RawBatch rows, int row) {
    if (value == 0 || value == 1 || Double.isNaN(value)) {
      return (float) value;
    }
    throw noIndicator(task, Rows.spell(value), rows.place(row));
  }

  private static float isPositive(Set<String> texts, double[] numbers, String text) {
    if (text == null) {
      return Float.NaN;
    }
    if (texts.contains(text)) {
      return 1;
    }
    return numbers.length > 0 && Decimals.isNumber(text)
        ? isPositive(numbers, Decimals.valueOf(text))
        : 0;
  }

  private static float isPositive(double[] numbers, double value) {
    if (Double.isNaN(value)) {
      return Float.NaN;
    }
    for (double number : numbers) {
      if (number == value) {
        return 1;
      }
    }
    return 0;
  }

  private static MtlException noIndicator(String task, String found, String place) {
    return invalid(
        place,
        "The label of task \"%s\" is 0 or 1, found \"%s\".".formatted(task, Excerpt.of(found)),
        "Name the label values that mean yes in tasks." + task + ".positive.");
  }

  private static MtlException invalid(String place, String what, String remedy) {
    return new MtlException(new Problem(ErrorCode.DATA_VALUE, place, what, remedy));
  }
}
