package org.mtl4j.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.cli.console.Shell;
import org.mtl4j.cli.console.TrainingConsole;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Option;

/**
 * A command that reads an experiment's data, to train mostly: it takes other values than the
 * experiment's, and Ctrl-C stops it.
 */
abstract class TrainingCommand extends MtlCommand {
  private final ExperimentService service;
  private final Interruption interruption;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Replace a value of the experiment, say training.batch_size=512; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  TrainingCommand(Console console, ExperimentService service, Interruption interruption) {
    super(console);
    this.service = service;
    this.interruption = interruption;
  }

  final ExperimentService service() {
    return service;
  }

  /** Values by key, in the order they were given. */
  final Map<String, String> overrides() {
    return overrides;
  }

  /** Reads an experiment file, with the values that were given in place of its own. */
  final ExperimentPlan plan(Path experiment) {
    return plan(experiment, Map.of());
  }

  /** The same, with values that options of their own gave besides. */
  final ExperimentPlan plan(Path experiment, Map<String, String> more) {
    return service.read(file(experiment, more));
  }

  /** The same before it is read. */
  final ConfigFile file(Path experiment, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(overrides);
    all.putAll(more);
    ConfigFile file = ConfigFile.read(experiment);
    for (Map.Entry<String, String> override : all.entrySet()) {
      file = file.withOverride(override.getKey(), override.getValue());
    }
    return file;
  }

  /**
   * The answer of a training that was stopped, with the command that goes on.
   *
   * @param key what {@code --json} calls the folder
   * @param folder where it goes on
   * @param saved what is there, a sentence's beginning
   * @param command the words before {@code --set}
   * @param options the words behind it
   */
  final Answer interrupted(
      String key, Path folder, String saved, List<String> command, List<String> options) {
    List<String> words = new ArrayList<>(List.of("mtl"));
    words.addAll(command);
    overrides.forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
    words.addAll(options);
    words.addAll(List.of("--output", folder.toString(), "--resume"));
    String again = Shell.line(words);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(key, folder.toString());
    json.put("status", "interrupted");
    json.put("resume", again);
    return new Answer(
        json,
        List.of("Interrupted; " + saved + ". Go on with:", "  " + again),
        ExitCode.INTERRUPTED);
  }

  /** Shows one training; the caller closes it. */
  final TrainingConsole progress() {
    return new TrainingConsole(console(), interruption);
  }

  /** Trainings that follow each other, each shown while it lasts. */
  final class Turns {
    private Optional<TrainingConsole> shown = Optional.empty();

    /** Shows the next one, under a note. */
    TrainingConsole begin(String note) {
      console().note(note);
      TrainingConsole next = progress();
      shown = Optional.of(next);
      return next;
    }

    /** The one that is shown has ended. */
    void end() {
      shown.ifPresent(TrainingConsole::close);
      shown = Optional.empty();
    }
  }
}
