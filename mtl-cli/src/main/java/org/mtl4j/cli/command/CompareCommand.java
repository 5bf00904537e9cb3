package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.ComparisonReport;
import org.mtl4j.experiment.compare.ComparisonTables;
import org.mtl4j.experiment.compare.RunComparison;
import org.mtl4j.experiment.online.Updates;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl compare}: runs beside each other, on the same test rows. */
@Command(
    name = "compare",
    description = {
      "Compares runs on the test rows that they kept: figures with 95 % intervals, differences"
          + " to the baseline with p-values corrected for their number (Holm), and what each run costs."
    },
    footer = {
      "",
      "Examples:",
      "  mtl compare runs/single runs/mmoe",
      "  mtl compare runs/mmoe runs/ple --baseline runs/single --report mmoe-ple.html",
      "",
      "A page with plots is written beside the first run: comparison.html.",
      "Runs whose test rows differ are refused."
    })
public final class CompareCommand extends MtlCommand {
  private static final String PAGE = "comparison.html";

  private final ExperimentService service;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Folders of finished runs; without --baseline the first is the baseline.")
  private List<Path> runs;

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description = "The run that the others are compared with.")
  private Path baseline;

  @Mixin private ResultOptions result = new ResultOptions();

  @Option(names = "--no-report", description = "Write no page.")
  private boolean noReport;

  /** The command over a service. */
  @Inject
  public CompareCommand(Console console, ExperimentService service) {
    super(console);
    this.service = service;
  }

  @Override
  protected Answer answer() {
    result.check();
    if (noReport) {
      result.refuseReport("--no-report");
    }
    Path first = Optional.ofNullable(baseline).orElse(runs.get(0));
    List<Path> others = others(first);
    if (others.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "mtl compare",
              "Expected another run than the baseline " + first + ", found none.",
              "Name two runs or more."));
    }
    List<Run> rivals = others.stream().map(Run::open).toList();
    noteUpdates(Run.open(first));
    rivals.forEach(this::noteUpdates);
    Comparison comparison = new RunComparison(service).compare(Run.open(first), rivals);
    return result.answer(
        new ResultOptions.Found(
            ComparisonJson.of(comparison),
            List.of(
                ComparisonTables.figures(comparison),
                ComparisonTables.winners(comparison),
                ComparisonTables.costs(comparison)),
            ComparisonTables.spreadsheet(comparison),
            ComparisonReport.of(comparison)),
        noReport ? Optional.empty() : Optional.of(page()),
        console());
  }

  /** What is kept of test rows is of the run's training. */
  private void noteUpdates(Run run) {
    if (Updates.of(run).accepted() > 0) {
      console()
          .note(
              "%s has gone on by later rows; what is compared is the run as it was trained at first"
                  .formatted(run.files().folder()));
    }
  }

  /** Beside the first run, by a path that is as short as the run's. */
  private Path page() {
    Path first = runs.get(0).normalize();
    String name = String.valueOf(first.getFileName());
    boolean named = !name.isEmpty() && !name.equals("..");
    return (named ? first : first.toAbsolutePath().normalize()).resolveSibling(PAGE);
  }

  /** Each folder once, by whatever names: a comparison too many makes all p-values larger. */
  private List<Path> others(Path first) {
    Set<Path> seen = new HashSet<>(Set.of(place(first)));
    return runs.stream().filter(run -> seen.add(place(run))).toList();
  }

  private static Path place(Path run) {
    try {
      return run.toRealPath();
    } catch (IOException e) {
      return run.toAbsolutePath().normalize(); // It is said of it later that it is no run.
    }
  }
}
