package org.mtl4j.eval.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.CalibrationMethod;
import org.mtl4j.core.model.Calibrator;

/**
 * Fits calibrators. What is found is taken only if the log loss of the rows is no worse with it:
 * Platt's targets draw the line a little towards one half, and where rows are few that may cost
 * more than the line gains.
 */
public final class CalibrationFit {
  /** Below it predictions in float32 would be tied that were not. */
  private static final double FLATTEST = 0.001;

  private static final String ONE_CLASS = "all rows have the same label";
  private static final String NO_ROWS = "no row has a label and a weight";
  private static final String NO_LINE =
      "its scores do not tell the labels apart as a model's should: the best slope is not"
          + " from "
          + FLATTEST
          + " to "
          + Calibrator.STEEPEST;
  private static final String NO_GAIN = "the log loss is lower without it";

  private final CalibrationMethod method;
  private final double offset;

  private CalibrationFit(CalibrationMethod method, double offset) {
    this.method = method;
    this.offset = offset;
  }

  /**
   * The calibrator of an output.
   *
   * @param rows scores in place of predictions: log odds, or the logits of classes, as the model
   *     computes them
   * @param offset what serving adds to calibrated log odds of a binary output: the logarithm of the
   *     share of negatives that training saw, as the rows here are all rows; otherwise 0
   * @throws IllegalArgumentException if the method is not one for such rows: isotonic for several
   *     classes, or platt for one of several
   */
  public static CalibrationResult of(CalibrationMethod method, EvaluationRows rows, double offset) {
    boolean classes = rows.width() > 1 && !rows.hasSets();
    if ((classes && method != CalibrationMethod.TEMPERATURE)
        || (rows.width() > 1 && method == CalibrationMethod.ISOTONIC)) {
      throw new IllegalArgumentException(
          "%s calibrates no output of %d classes".formatted(method.key(), rows.width()));
    }
    if (!IntStream.range(0, rows.size()).anyMatch(row -> rows.weight(row) > 0)) {
      return new CalibrationResult(
          Optional.empty(), rows.size(), Double.NaN, Double.NaN, List.of(NO_ROWS));
    }
    CalibrationFit fit = new CalibrationFit(method, offset);
    if (classes) {
      return fit.classes(rows);
    }
    return rows.width() > 1 ? fit.sets(rows) : fit.binary(rows);
  }

  private CalibrationResult binary(EvaluationRows rows) {
    Sample sample = Sample.of(rows, offset);
    double before = sample.logLoss(score -> score);
    if (sample.weightOf(true) == 0 || sample.weightOf(false) == 0) {
      return kept(rows, before, ONE_CLASS);
    }
    Optional<Calibrator> found =
        switch (method) {
          case PLATT -> line(PlattFit.of(sample));
          case ISOTONIC -> Optional.of(IsotonicFit.of(rows, offset));
          case TEMPERATURE -> factor(TemperatureFit.of(sample));
        };
    if (found.isEmpty()) {
      return kept(rows, before, NO_LINE);
    }
    double after = sample.logLoss(score -> found.get().apply(0, score));
    return after <= before
        ? new CalibrationResult(found, rows.size(), before, after, List.of())
        : kept(rows, before, NO_GAIN);
  }

  private static CalibrationResult kept(EvaluationRows rows, double before, String why) {
    return new CalibrationResult(Optional.empty(), rows.size(), before, before, List.of(why));
  }

  private Optional<Calibrator> line(PlattFit.Line line) {
    boolean fits = line.slope() >= FLATTEST && line.slope() <= Calibrator.STEEPEST;
    return fits
        ? Optional.of(
            new Calibrator.Linear(method, List.of(line.slope()), List.of(line.intercept())))
        : Optional.empty();
  }

  private Optional<Calibrator> factor(OptionalDouble factor) {
    return factor.isPresent() ? line(new PlattFit.Line(factor.getAsDouble(), 0)) : Optional.empty();
  }

  /** A class that cannot be calibrated keeps its scores, and the others are calibrated. */
  private CalibrationResult sets(EvaluationRows rows) {
    List<Double> slopes = new ArrayList<>();
    List<Double> intercepts = new ArrayList<>();
    double before = 0;
    double after = 0;
    List<String> reasons = new ArrayList<>();
    for (int c = 0; c < rows.width(); c++) {
      CalibrationResult result = binary(rows.ofClass(c));
      Optional<Calibrator.Linear> found = result.calibrator().map(Calibrator.Linear.class::cast);
      slopes.add(found.map(line -> line.slopes().get(0)).orElse(1.0));
      intercepts.add(found.map(line -> line.intercepts().get(0)).orElse(0.0));
      before += result.before() / rows.width();
      after += result.after() / rows.width();
      reasons.addAll(result.warnings());
    }
    List<String> warnings =
        reasons.stream()
            .distinct()
            .map(why -> of(reasons, why) + " of " + rows.width() + " classes stay, as " + why)
            .toList();
    if (reasons.size() == rows.width()) {
      return new CalibrationResult(Optional.empty(), rows.size(), before, before, warnings);
    }
    Calibrator found = new Calibrator.Linear(method, slopes, intercepts);
    return new CalibrationResult(Optional.of(found), rows.size(), before, after, warnings);
  }

  private static long of(List<String> reasons, String why) {
    return reasons.stream().filter(why::equals).count();
  }

  private CalibrationResult classes(EvaluationRows rows) {
    double before = logLoss(rows, 1);
    OptionalDouble factor = TemperatureFit.ofClasses(rows);
    Optional<Calibrator> found = factor(factor);
    if (found.isEmpty()) {
      return kept(rows, before, NO_LINE);
    }
    double after = logLoss(rows, factor.getAsDouble());
    return after <= before
        ? new CalibrationResult(found, rows.size(), before, after, List.of())
        : kept(rows, before, NO_GAIN);
  }

  private static double logLoss(EvaluationRows rows, double factor) {
    double[] weights = Sample.weights(rows);
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      int label = row * rows.width() + (int) rows.labels().get(row);
      sum +=
          weights[row]
              * (TemperatureFit.logSumExp(rows, row, factor)
                  - factor * rows.predictions().get(label));
    }
    return sum / weights.length;
  }
}
