package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.cli.console.TrainingConsole;
import org.mtl4j.experiment.quickstart.Quickstart;
import org.mtl4j.experiment.quickstart.QuickstartResult;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.TrainOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl quickstart}: the whole job on a simulated shop. */
@Command(
    name = "quickstart",
    description =
        "Trains several models on a simulated shop's log, compares them with the best that is"
            + " possible, and recommends.",
    footer = {"", "Examples:", "  mtl quickstart", "  mtl quickstart --output runs/second"})
public final class QuickstartCommand extends TrainingCommand {
  @Option(
      names = "--output",
      defaultValue = "runs/quickstart",
      paramLabel = "DIR",
      description = "A folder, empty or not there yet; default: ${DEFAULT-VALUE}.")
  private Path output;

  @Option(names = "--resume", description = "Go on with a quickstart that was stopped.")
  private boolean resume;

  /** The command over a service. */
  @Inject
  public QuickstartCommand(Console console, ExperimentService service, Interruption interruption) {
    super(console, service, interruption);
  }

  @Override
  protected Answer answer() {
    List<TrainingConsole> consoles = new ArrayList<>();
    try {
      TrainOptions options = new TrainOptions(output, resume);
      return answer(
          new Quickstart(service()).run(options, overrides(), model -> next(model, consoles)));
    } finally {
      consoles.forEach(TrainingConsole::close);
    }
  }

  private TrainingConsole next(String model, List<TrainingConsole> consoles) {
    console().note("");
    console().note("== " + model);
    consoles.add(progress());
    return consoles.get(consoles.size() - 1);
  }

  private Answer answer(QuickstartResult result) {
    return result
        .comparison()
        .map(comparison -> new QuickstartSummary(result, comparison).answer())
        .orElseGet(this::interrupted);
  }

  private Answer interrupted() {
    return interrupted(
        "output", output, "the models trained so far are saved", List.of("quickstart"), List.of());
  }
}
