package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.cli.console.TuningConsole;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.tune.Space;
import org.mtl4j.experiment.tune.TuneOptions;
import org.mtl4j.experiment.tune.Tuner;
import org.mtl4j.experiment.tune.Tuning;
import org.mtl4j.experiment.tune.TuningJson;
import org.mtl4j.experiment.tune.TuningTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl tune}: which values of an experiment's keys are best. */
@Command(
    name = "tune",
    description = {
      "Trains an experiment with many values of its keys, each trial a run of its own, and finds the"
          + " best by a metric of the validation rows. Writes the winner's experiment, a table and a page."
    },
    footer = {
      "",
      "Examples:",
      "  mtl tune shop.yaml --space space.yaml --trials 50",
      "  mtl tune shop.yaml --space space.yaml --parallel 4 --memory 8g --output tunings/shop",
      "  mtl tune shop.yaml --space space.yaml --resume",
      "",
      "Ctrl-C saves a checkpoint of each trial and exits with 130; --resume goes on as if nothing had",
      "happened, after a kill or a full disk too."
    })
public final class TuneCommand extends TrainingCommand {
  private static final int SHOWN = 10;

  private final Interruption interruption;

  @Parameters(paramLabel = "EXPERIMENT.yaml", description = "The experiment file.")
  private Path experiment;

  @Option(
      names = "--space",
      required = true,
      paramLabel = "SPACE.yaml",
      description = "The objective, the method and the values of keys.")
  private Path space;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Number of trials; default: 50, or all of a grid.")
  private Integer trials;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Trials that are trained at a time; default: 1.")
  private int parallel = 1;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "What the models of those may take together, say 8g or 500m; default: what is left.")
  private String memory;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The tuning's folder; default: runs/NAME-tuning.")
  private Path output;

  @Option(names = "--no-lint", description = "Train whatever the linter would say.")
  private boolean noLint;

  @Option(names = "--resume", description = "Go on with the tuning in the folder.")
  private boolean resume;

  /** The command over a service. */
  @Inject
  public TuneCommand(Console console, ExperimentService service, Interruption interruption) {
    super(console, service, interruption);
    this.interruption = interruption;
  }

  @Override
  protected Answer answer() {
    ExperimentPlan plan = plan(experiment);
    Space where = Space.of(ConfigFile.read(space));
    Path folder = output == null ? Path.of("runs", plan.config().name() + "-tuning") : output;
    try (TuningConsole progress = new TuningConsole(console(), interruption)) {
      Tuning tuning = new Tuner(service(), progress).run(plan, where, options(folder));
      return tuning.winner().isPresent() ? answer(tuning) : interrupted(folder);
    }
  }

  private TuneOptions options(Path folder) {
    try {
      return new TuneOptions(
          folder,
          resume,
          !noLint,
          Optional.ofNullable(trials),
          new TuneOptions.Resources(parallel, MemorySize.of(memory)));
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          new Problem(ErrorCode.USAGE, "mtl tune", "--" + e.getMessage() + ".", ""));
    }
  }

  private static Answer answer(Tuning tuning) {
    List<String> text = new ArrayList<>();
    text.add("The best of %d trials, by validation rows:".formatted(tuning.entries().size()));
    text.addAll(TableFormat.TABLE.lines(List.of(TuningTables.trials(tuning, SHOWN))));
    text.add("");
    text.add("The winner's figures on both:");
    text.addAll(TableFormat.TABLE.lines(List.of(TuningTables.winner(tuning))));
    text.add("");
    text.add("best    " + tuning.files().best());
    text.add("run     " + tuning.best().files().folder());
    text.add("trials  " + tuning.files().trials());
    text.add("report  " + tuning.files().report());
    return Answer.of(TuningJson.of(tuning), text);
  }

  private Answer interrupted(Path folder) {
    List<String> options = new ArrayList<>(List.of("--space", space.toString()));
    if (trials != null) {
      options.addAll(List.of("--trials", trials.toString()));
    }
    if (parallel != 1) {
      options.addAll(List.of("--parallel", Integer.toString(parallel)));
    }
    if (memory != null) {
      options.addAll(List.of("--memory", memory));
    }
    if (noLint) {
      options.add("--no-lint");
    }
    return interrupted(
        "output",
        folder,
        "a checkpoint of each trial is saved",
        List.of("tune", experiment.toString()),
        options);
  }
}
