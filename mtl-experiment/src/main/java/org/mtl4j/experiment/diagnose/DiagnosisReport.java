package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.multitask.MultiTaskGain;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.FigureText;
import org.mtl4j.eval.report.IntervalChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.ComparisonTables;

/** Findings and their evidence, to look at. */
final class DiagnosisReport {
  private final Evidence evidence;
  private final Subject subject;

  DiagnosisReport(Evidence evidence, Subject subject) {
    this.evidence = evidence;
    this.subject = subject;
  }

  /**
   * What was examined.
   *
   * @param name of the experiment
   * @param run its folder
   * @param step of its best state
   * @param split the rows that figures are of
   * @param gradients of what training they are
   */
  record Subject(String name, String run, long step, Split split, Gradients gradients) {}

  /** Of what training gradients are. */
  enum Gradients {
    /** Of the run's own. */
    OF_RUN(false, "The gradients are those of the run's own training."),
    /** Of one that gave the run's very predictions. */
    OF_REPETITION(false, "The repeated training gave the run's very predictions."),
    /** Of one that gave others. */
    OF_ANOTHER(
        true,
        "The repeated training did not give the run's very predictions: it was made by another version or on another machine, or its checkpoint was changed. Gradients and epochs are those of the repetition, figures, gates and experts those of the run.");

    private final boolean odd;
    private final String words;

    Gradients(boolean odd, String words) {
      this.odd = odd;
      this.words = words;
    }

    private Paragraph paragraph() {
      return odd ? Paragraph.warning(words) : Paragraph.aside(words);
    }
  }

  Report of(List<Finding> findings) {
    List<Section> sections = new ArrayList<>();
    sections.add(findings(findings));
    sections.add(gains());
    sections.add(new Section("Gradients", new GradientPlots(evidence).elements()));
    if (!evidence.gates().isEmpty()) {
      sections.add(new Section("Gates", GatePlots.gates(evidence.gates())));
    }
    sliced()
        .forEach(
            (by, gates) ->
                sections.add(
                    new Section(
                        "Gates by slice of " + split() + ": " + by, GatePlots.sliced(gates))));
    evidence
        .experts()
        .ifPresent(e -> sections.add(new Section("Experts", List.of(GatePlots.experts(e)))));
    sections.add(new Section("Epochs", new CurvePlots(evidence.tasks()).elements()));
    List<List<Table.Cell>> calibration = calibration();
    if (!calibration.isEmpty()) {
      sections.add(
          new Section(
              "Calibration",
              List.of(
                  new Table(
                      List.of("task", "predicted / observed positives", "95 %"), calibration))));
    }
    sections.add(provenance());
    return new Report("Diagnosis of " + subject.name(), sections);
  }

  private Map<String, List<SlicedGate>> sliced() {
    return evidence.inside().sliced().stream()
        .collect(Collectors.groupingBy(SlicedGate::by, LinkedHashMap::new, Collectors.toList()));
  }

  private static Section findings(List<Finding> findings) {
    List<Element> elements = new ArrayList<>();
    if (findings.isEmpty()) {
      elements.add(Paragraph.of("Nothing was found."));
    }
    for (Finding finding : findings) {
      String text =
          "%s (%s): %s"
              .formatted(finding.code(), String.join(", ", finding.about()), finding.seen());
      elements.add(
          finding.severity() == Severity.WARNING ? Paragraph.warning(text) : Paragraph.of(text));
      elements.add(Paragraph.aside("To try: " + finding.remedy()));
    }
    return new Section("Findings", elements);
  }

  private Section gains() {
    List<Element> elements = new ArrayList<>();
    gain()
        .ifPresent(
            gain ->
                elements.add(
                    Paragraph.of(
                        "Learning together changes the tasks' first figures by %s on average, relative to models of one task each."
                            .formatted(String.format(Locale.ROOT, "%+.2f %%", 100 * gain)))));
    Map<String, List<Comparison.Figure>> byMetric = new LinkedHashMap<>();
    for (Comparison.Figure figure : headlines()) {
      byMetric.computeIfAbsent(figure.metric(), m -> new ArrayList<>()).add(figure);
    }
    byMetric.forEach((metric, figures) -> elements.add(chart(metric, figures)));
    elements.add(
        ComparisonTables.figures(new Comparison(Examination.ALONE, evidence.figures(), List.of())));
    elements.add(
        Paragraph.aside(
            "Both before calibration, on the same %s rows; p-values are corrected for the number of differences (Holm)."
                .formatted(split())));
    return new Section("Gain over single task", elements);
  }

  private List<Comparison.Figure> headlines() {
    return evidence.tasks().stream()
        .flatMap(task -> evidence.headline(task.name()).stream())
        .toList();
  }

  /** The tasks' mean relative gain; empty where it is not defined. */
  OptionalDouble gain() {
    List<MultiTaskGain.Pair> pairs =
        headlines().stream()
            .map(
                figure ->
                    new MultiTaskGain.Pair(
                        Evidence.value(figure.entries().get(1).value()),
                        Evidence.value(figure.entries().get(0).value()),
                        figure.higherIsBetter()))
            .toList();
    return MultiTaskGain.mean(pairs);
  }

  private static Chart chart(String metric, List<Comparison.Figure> figures) {
    List<IntervalChart.Figure> shown = new ArrayList<>();
    for (Comparison.Figure figure : figures) {
      Evidence.together(figure)
          .difference()
          .ifPresent(
              d ->
                  shown.add(
                      new IntervalChart.Figure(
                          figure.output(), d.value(), d.interval().low(), d.interval().high())));
    }
    return new IntervalChart(
        new Chart.Caption(
            "Gain: " + metric,
            "Learnt together less learnt alone, with 95 %% intervals, not corrected; to the %s of the line is better together."
                .formatted(figures.get(0).higherIsBetter() ? "right" : "left")),
        Axis.of("difference of " + metric),
        0,
        shown);
  }

  private List<List<Table.Cell>> calibration() {
    List<List<Table.Cell>> rows = new ArrayList<>();
    for (Evidence.TaskEvidence task : evidence.tasks()) {
      Optional<Evidence.MeanRatio> ratio = task.calibration();
      ratio.ifPresent(
          r ->
              rows.add(
                  Table.row(task.name(), FigureText.of(r.value()), FigureText.of(r.interval()))));
    }
    return rows;
  }

  private Section provenance() {
    List<Element> elements = new ArrayList<>();
    elements.add(
        new Table(
            List.of("fact", "value"),
            List.of(
                Table.row("run", subject.run()),
                Table.row("step", Long.toString(subject.step())),
                Table.row("rows compared on", split()),
                Table.row("batches a probe", Integer.toString(EpochProbe.BATCHES)))));
    elements.add(subject.gradients().paragraph());
    return new Section("Provenance", elements);
  }

  private String split() {
    return subject.split().name().toLowerCase(Locale.ROOT);
  }
}
