package org.mtl4j.cli.console;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.metric.MetricReport.OutputMetrics;
import org.mtl4j.experiment.run.ExperimentListener;

/**
 * Shows a run as it goes: a bar while it reads and while it trains (lines now and then where nobody
 * watches), what was read, a line an epoch with a metric of each output. From its making to its
 * closing signals go to the {@link Interruption}, armed while it trains.
 */
public final class TrainingConsole implements ExperimentListener, AutoCloseable {
  /** What stands for an output in an epoch's line: the first of these that it has. */
  private static final List<String> HEADLINES =
      List.of("auc", "macro_auc", "rmse", "accuracy", "explained_variance", "silhouette");

  private final Console console;
  private final Interruption interruption;
  private final LongSupplier nanos;
  private final Throughput throughput = new Throughput();
  private final Set<String> warned = new HashSet<>();
  private Optional<RowDisplay> rows = Optional.empty();
  private Optional<StepDisplay> display = Optional.empty();
  private int epochs;

  /** Shows on a console; signals go to {@code interruption}. */
  public TrainingConsole(Console console, Interruption interruption) {
    this(console, interruption, System::nanoTime);
  }

  /** With a clock of one's own. */
  TrainingConsole(Console console, Interruption interruption, LongSupplier nanos) {
    this.console = console;
    this.interruption = interruption;
    this.nanos = nanos;
    interruption.begin();
  }

  @Override
  public void onRows(Reading reading) {
    if (rows.isEmpty()) {
      rows = Optional.of(console.isTerminal() ? new RowBar(console, nanos) : new RowLines(console));
    }
    rows.get().rows(reading);
  }

  @Override
  public void onData(Map<String, Integer> sizes, List<String> warnings) {
    closeRows();
    console.note(
        sizes.entrySet().stream()
            .map(split -> String.format(Locale.ROOT, "%s %,d", split.getKey(), split.getValue()))
            .collect(Collectors.joining(", ", "rows: ", "")));
    warnings.forEach(this::onWarning);
  }

  @Override
  public void onSampling(String epochRows) {
    console.note("rows of an epoch: " + epochRows);
  }

  /** Each is said once, though every epoch may come upon it again. */
  @Override
  public void onWarning(String warning) {
    if (warned.add(warning)) {
      closeRows();
      console.note("warning: " + warning);
    }
  }

  @Override
  public void onNote(String note) {
    closeRows();
    console.note(note);
  }

  @Override
  public void onStart(Plan plan) {
    epochs = plan.epochs();
    long total = (long) plan.epochs() * plan.stepsPerEpoch();
    if (plan.firstStep() > 0) {
      console.note("going on after step " + plan.firstStep() + " of " + total);
    }
    display =
        Optional.of(
            console.isTerminal() ? new StepBar(console, total) : new StepLines(console, total));
    interruption.arm();
  }

  @Override
  public void onStep(Step step) {
    throughput.step(step.rows(), nanos.getAsLong());
    display.ifPresent(shown -> shown.step(step, throughput));
  }

  @Override
  public void onEpoch(Epoch epoch) {
    throughput.pause();
    display.ifPresent(StepDisplay::pause);
    console.note(line(epoch));
    epoch
        .validation()
        .ifPresent(report -> report.warnings().forEach(w -> onWarning("validation: " + w)));
  }

  private String line(Epoch epoch) {
    String metrics =
        epoch.validation().map(report -> "  validation " + headlines(report)).orElse("");
    return "epoch %d/%d  %s%s%s"
        .formatted(
            epoch.epoch(),
            epochs,
            Losses.line(epoch.losses()),
            metrics,
            epoch.best() ? "" : "  (no gain)");
  }

  private static String headlines(MetricReport report) {
    return report.outputs().entrySet().stream()
        .map(output -> headline(output.getKey(), output.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String headline(String output, OutputMetrics metrics) {
    return HEADLINES.stream()
        .filter(metrics.values()::containsKey)
        .findFirst()
        .map(key -> output + " " + key + " " + spell(metrics.values().get(key)))
        .orElse(output);
  }

  private static String spell(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "-";
  }

  @Override
  public void onStage(String stage) {
    closeDisplay();
    interruption.disarm();
    console.note(stage + "...");
  }

  @Override
  public boolean stopRequested() {
    return interruption.requested();
  }

  @Override
  public void close() {
    closeRows();
    closeDisplay();
    interruption.end();
  }

  private void closeRows() {
    rows.ifPresent(RowDisplay::close);
    rows = Optional.empty();
  }

  private void closeDisplay() {
    display.ifPresent(StepDisplay::close);
    display = Optional.empty();
  }
}
