package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.cli.console.TrainingConsole;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl train}: from an experiment file to a run's folder. */
@Command(
    name = "train",
    description = "Trains, measures and exports an experiment.",
    footer = {
      "",
      "Examples:",
      "  mtl train examples/census-income.yaml",
      "  mtl train shop.yaml --set training.epochs=3 --set model.experts=4 --output runs/short",
      "  mtl train shop.yaml --resume",
      "  mtl train new-market.yaml --init-from runs/shop",
      "  mtl train --continue runs/shop --data today.csv --forget-after 30d",
      "  mtl train --continue runs/shop --follow logs/ --every 10m",
      "",
      "Ctrl-C saves a checkpoint and exits with 130, a second one exits at once; --resume goes on",
      "as if nothing had happened, after a kill or a full disk too."
    })
public final class TrainCommand extends TrainingCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT.yaml",
      description = "The experiment file; none with --continue.")
  private Path experiment;

  @Option(
      names = "--output",
      paramLabel = "RUN",
      description = "The run's folder, empty or not there yet; default: runs/NAME.")
  private Path output;

  @Option(names = "--no-lint", description = "Train whatever the linter would say.")
  private boolean noLint;

  @ArgGroup private CacheChoice cache;

  /** One of the two, as the experiment's data.cache. */
  private static final class CacheChoice {
    @Option(
        names = "--cache",
        paramLabel = "DIR",
        description =
            "Keep encoded rows there for the next run, or take them from there; default:"
                + " ~/.cache/mtl4j.")
    private String folder;

    @Option(names = "--no-cache", description = "Keep no rows, and take none that were kept.")
    private boolean none;
  }

  @Option(
      names = "--init-from",
      paramLabel = "RUN",
      description =
          "Begin from the best state of a finished run, table rows by token; the experiment's"
              + " training.init_from.run.")
  private String initFrom;

  @Option(names = "--resume", description = "Go on from the latest checkpoint in the folder.")
  private boolean resume;

  @ArgGroup(exclusive = false, heading = "%nTo go on with a run by later rows:%n")
  private ContinueOptions later;

  private final Clock clock;

  /** The command over a service. */
  @Inject
  public TrainCommand(
      Console console, ExperimentService service, Interruption interruption, Clock clock) {
    super(console, service, interruption);
    this.clock = clock;
  }

  @Override
  protected Answer answer() {
    checkUse();
    return later == null ? trained() : continued();
  }

  /** A run that goes on has its experiment, its folder and its rows' rules. */
  private void checkUse() {
    boolean starts = experiment != null || output != null || initFrom != null;
    boolean more = starts || resume || noLint || cache != null;
    if (later == null ? experiment == null : more) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "mtl train",
              later == null
                  ? "Missing required parameter: EXPERIMENT.yaml."
                  : "Expected none of EXPERIMENT.yaml, --output, --init-from, --resume, --no-lint, --cache and"
                      + " --no-cache beside --continue, found one: the run has its own.",
              "Look at mtl train --help."));
    }
  }

  private Answer continued() {
    later.check();
    try (TrainingConsole progress = progress()) {
      return new ContinuedRun(console(), service(), clock).answer(later, overrides(), progress);
    }
  }

  private Answer trained() {
    ExperimentPlan plan = plan(experiment, optionOverrides());
    Path folder = output == null ? Path.of("runs", plan.config().name()) : output;
    try (TrainingConsole progress = progress()) {
      Run run = service().train(plan, new TrainOptions(folder, resume, !noLint), progress);
      return run.status() == Run.Status.FINISHED ? RunSummary.of(run) : interrupted(run);
    }
  }

  private Map<String, String> optionOverrides() {
    Map<String, String> overrides = new LinkedHashMap<>(cacheOverrides());
    if (initFrom != null) {
      overrides.put("training.init_from.run", quoted(initFrom));
    }
    return overrides;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private Map<String, String> cacheOverrides() {
    if (cache == null) {
      return Map.of();
    }
    return cache.none
        ? Map.of("data.cache.enabled", "false")
        : Map.of("data.cache.enabled", "true", "data.cache.dir", quoted(cache.folder));
  }

  private Answer interrupted(Run run) {
    List<String> options = new ArrayList<>(noLint ? List.of("--no-lint") : List.of());
    if (cache != null) {
      options.addAll(cache.none ? List.of("--no-cache") : List.of("--cache", cache.folder));
    }
    if (initFrom != null) {
      options.addAll(List.of("--init-from", initFrom));
    }
    return interrupted(
        "run",
        run.files().folder(),
        "a checkpoint is saved",
        List.of("train", experiment.toString()),
        options);
  }
}
