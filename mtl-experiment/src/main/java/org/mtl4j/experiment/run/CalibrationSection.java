package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.mtl4j.core.metric.MetricReport.OutputMetrics;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.curve.ReliabilityDiagram;
import org.mtl4j.eval.metric.Pcoc;
import org.mtl4j.eval.metric.ReliabilityTable;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;
import org.mtl4j.experiment.run.Calibrated.Fit;

/** What a run's report has of calibration: what was fitted, and what became of predictions. */
final class CalibrationSection {
  private static final List<String> HEAD = List.of("output", "calibration", "rows");

  private CalibrationSection() {}

  /** Empty where no task asks for it. */
  static Optional<Section> of(Calibrated calibrated, CalibrationLook after) {
    if (calibrated.outputs().isEmpty()) {
      return Optional.empty();
    }
    List<Element> elements = new ArrayList<>();
    elements.add(judgedBy(calibrated.judged()));
    elements.add(figures(calibrated, after));
    elements.add(
        Paragraph.aside(
            "pcoc is predicted over observed positives: 1 is right on average. Of the others lower"
                + " is better."));
    elements.add(fits(calibrated.fits()));
    calibrated.fits().forEach((task, fit) -> elements.addAll(warnings(task, fit)));
    for (OutputSpec output : calibrated.outputs()) {
      plot(output.name(), calibrated.before(), after).ifPresent(elements::add);
    }
    return Optional.of(
        new Section("Calibration: " + ExperimentRunner.name(calibrated.judged()), elements));
  }

  private static Paragraph judgedBy(Split split) {
    return split == Split.TEST
        ? Paragraph.of("Before and after, by the test rows: no calibrator was fitted to them.")
        : Paragraph.warning(
            "Before and after, by the validation rows, which the calibrators were fitted to: what"
                + " comes after is a little too good. A test split would tell.");
  }

  /** Two lines an output; the better figure of each two is marked. */
  private static Table figures(Calibrated calibrated, CalibrationLook after) {
    Map<String, OutputMetrics> was = calibrated.before().figures().report().outputs();
    Map<String, OutputMetrics> is = after.figures().report().outputs();
    List<String> keys =
        was.values().stream().flatMap(of -> of.values().keySet().stream()).distinct().toList();
    List<List<Cell>> lines = new ArrayList<>();
    for (OutputSpec output : calibrated.outputs()) {
      lines.add(line(output.name(), "before", was.get(output.name()), is.get(output.name()), keys));
      lines.add(line(output.name(), "after", is.get(output.name()), was.get(output.name()), keys));
    }
    return new Table(Stream.concat(HEAD.stream(), keys.stream()).toList(), lines);
  }

  private static List<Cell> line(
      String output, String state, OutputMetrics of, OutputMetrics other, List<String> keys) {
    List<Cell> line = new ArrayList<>();
    line.add(Cell.of(output));
    line.add(Cell.of(state));
    line.add(Cell.of(String.format(Locale.ROOT, "%,d", of.rowCount())));
    keys.forEach(key -> line.add(cell(key, of.values().get(key), other.values().get(key))));
    return line;
  }

  private static Cell cell(String key, OptionalDouble value, OptionalDouble other) {
    if (value == null) {
      return new Cell("", Cell.Mark.FAINT); // Not of this type of output.
    }
    if (value.isEmpty()) {
      return new Cell("not defined", Cell.Mark.FAINT);
    }
    boolean better =
        other.isPresent() && off(key, value.getAsDouble()) < off(key, other.getAsDouble());
    return new Cell(
        String.format(Locale.ROOT, "%.5f", value.getAsDouble()),
        better ? Cell.Mark.BEST : Cell.Mark.NONE);
  }

  /** How far a figure is from the best that there could be. */
  private static double off(String key, double value) {
    return key.equals(new Pcoc().key()) ? Math.abs(value - 1) : value;
  }

  private static Table fits(Map<String, Fit> fits) {
    List<List<Cell>> lines = new ArrayList<>();
    fits.forEach(
        (task, fit) ->
            lines.add(
                Table.row(
                    task,
                    fit.method().key(),
                    fit.result()
                        .calibrator()
                        .map(found -> words(found))
                        .orElse("nothing: it stays as it is"),
                    String.format(Locale.ROOT, "%,d", fit.result().rows()))));
    return new Table(List.of("task", "method", "found", "by validation rows"), lines);
  }

  /** The numbers of a line; of many, and of a curve, how many there are and where they lie. */
  private static String words(Calibrator calibrator) {
    if (calibrator instanceof Calibrator.Curve curve) {
      int last = curve.scores().size() - 1;
      return String.format(
          Locale.ROOT,
          "%,d steps: log odds of %.3f become %.3f, of %.3f become %.3f",
          last + 1,
          curve.scores().get(0),
          curve.logits().get(0),
          curve.scores().get(last),
          curve.logits().get(last));
    }
    Calibrator.Linear line = (Calibrator.Linear) calibrator;
    String slopes = "slope " + range(line.slopes());
    return switch (line.method()) {
      case TEMPERATURE ->
          "temperature " + range(line.slopes().stream().map(s -> 1 / s).toList()) + ", " + slopes;
      case PLATT, ISOTONIC -> slopes + ", intercept " + range(line.intercepts());
    };
  }

  private static String range(List<Double> values) {
    double least = values.stream().mapToDouble(v -> v).min().orElseThrow();
    double most = values.stream().mapToDouble(v -> v).max().orElseThrow();
    return values.size() == 1
        ? String.format(Locale.ROOT, "%.4f", least)
        : String.format(Locale.ROOT, "%.4f to %.4f of %,d classes", least, most, values.size());
  }

  private static List<Element> warnings(String task, Fit fit) {
    return fit.result().warnings().stream()
        .<Element>map(why -> Paragraph.warning(Calibrating.words(task, fit.result(), why)))
        .toList();
  }

  private static Optional<? extends Element> plot(
      String output, CalibrationLook before, CalibrationLook after) {
    if (!before.reliability().containsKey(output)) {
      return Optional.empty();
    }
    Map<String, ReliabilityTable> curves = new LinkedHashMap<>();
    curves.put("before", before.reliability().get(output));
    curves.put("after", after.reliability().get(output));
    return ReliabilityDiagram.of(output + ": reliability before and after calibration", curves);
  }
}
