package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.cli.console.Shell;
import org.mtl4j.cli.console.TrainingConsole;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.diagnose.Diagnosis;
import org.mtl4j.experiment.diagnose.Doctor;
import org.mtl4j.experiment.diagnose.Finding;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.experiment.run.TrainOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl diagnose}: what learning the tasks together did to a run. */
@Command(
    name = "diagnose",
    description = {
      "Trains each task alone, repeats the run's training to watch the tasks' gradients, looks at"
          + " gates and experts, and says what was found and what to try. Writes RUN/diagnosis/."
    },
    footer = {
      "",
      "Examples:",
      "  mtl diagnose runs/shop",
      "  mtl diagnose shop.yaml --output runs/shop",
      "  mtl diagnose runs/shop --slice country --slice device",
      "  mtl diagnose runs/shop --format markdown",
      "",
      "It takes as many trainings as there are tasks, and one more. Findings are advice: exit 0.",
      "Ctrl-C saves a checkpoint and exits with 130; --resume goes on as if nothing had happened."
    })
public final class DiagnoseCommand extends TrainingCommand {
  private final Interruption interruption;

  @Parameters(
      paramLabel = "RUN|EXPERIMENT.yaml",
      description = "A finished run's folder, or an experiment, which is trained first.")
  private Path subject;

  @Option(
      names = "--output",
      paramLabel = "RUN",
      description = "The folder of the run that an experiment is trained into; default: runs/NAME.")
  private Path output;

  @Option(
      names = "--slice",
      paramLabel = "COL",
      description =
          "Look at gates by the 10 most frequent values of a column too; may be repeated.")
  private List<String> slices = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Print the whole report, in place of the findings: html, markdown, json or csv.")
  private ReportFormat format;

  @Option(names = "--resume", description = "Go on where a diagnosis was left.")
  private boolean resume;

  /** The command over a service. */
  @Inject
  public DiagnoseCommand(Console console, ExperimentService service, Interruption interruption) {
    super(console, service, interruption);
    this.interruption = interruption;
  }

  @Override
  protected Answer answer() {
    boolean experiment = subject.toString().matches(".*\\.ya?ml") && !Files.isDirectory(subject);
    if (!experiment && (output != null || !overrides().isEmpty())) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "mtl diagnose",
              "Expected an experiment (.yaml) with --output or --set, found the run "
                  + subject
                  + ".",
              "A run is diagnosed as it is; leave these options out."));
    }
    Doctor doctor = new Doctor(service(), slices);
    Run run = experiment ? trained(doctor) : Run.open(subject);
    if (run.status() != Run.Status.FINISHED && experiment) {
      return interrupted(
          "run",
          run.files().folder(),
          "a checkpoint is saved",
          List.of("diagnose", subject.toString()),
          options());
    }
    interruption.begin();
    try (TrainingConsole progress = progress()) {
      Optional<Diagnosis> found =
          experiment || resume ? doctor.resume(run, progress) : doctor.diagnose(run, progress);
      return found.map(diagnosis -> answer(run, diagnosis)).orElseGet(() -> interrupted(run));
    }
  }

  private Run trained(Doctor doctor) {
    ExperimentPlan plan = plan(subject);
    Path folder = output == null ? Path.of("runs", plan.config().name()) : output;
    try (TrainingConsole progress = progress()) {
      return doctor.train(plan, new TrainOptions(folder, resume), progress);
    }
  }

  /** The run is there: what remains is its diagnosis, whatever it was made of. */
  private Answer interrupted(Run run) {
    List<String> words = new ArrayList<>(List.of("mtl", "diagnose"));
    words.add(run.files().folder().toString());
    words.addAll(options());
    words.add("--resume");
    String again = Shell.line(words);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.files().folder().toString());
    json.put("status", "interrupted");
    json.put("resume", again);
    return new Answer(
        json,
        List.of("Interrupted; a checkpoint is saved. Go on with:", "  " + again),
        ExitCode.INTERRUPTED);
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    slices.forEach(column -> options.addAll(List.of("--slice", column)));
    if (format != null) {
      options.addAll(List.of("--format", format.name().toLowerCase(Locale.ROOT)));
    }
    return options;
  }

  private Answer answer(Run run, Diagnosis diagnosis) {
    RunFiles files = new RunFiles(run.files().diagnosis());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.files().folder().toString());
    json.put("findings", diagnosis.findings().stream().map(DiagnoseCommand::json).toList());
    json.put("gain", diagnosis.gain().isPresent() ? diagnosis.gain().getAsDouble() : null);
    json.put(
        "figures",
        ComparisonJson.of(new Comparison("single-task", diagnosis.figures(), List.of()))
            .get("figures"));
    json.put("gates", GateJson.of(diagnosis.gates()));
    json.put("report", files.report().toString());
    if (format != null) {
      return Answer.of(json, format.write(diagnosis.report()).lines().toList());
    }
    List<String> text = new ArrayList<>();
    for (Finding finding : diagnosis.findings()) {
      text.add("%s: %s: %s".formatted(finding.severityName(), finding.code(), finding.seen()));
      text.add("  " + finding.remedy());
    }
    if (diagnosis.findings().isEmpty()) {
      text.add("Nothing was found.");
    }
    text.addAll(GateView.lines(diagnosis.gates()));
    text.add("");
    text.add("report  " + files.report());
    return Answer.of(json, text);
  }

  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", finding.code());
    json.put("severity", finding.severityName());
    json.put("about", finding.about());
    json.put("seen", finding.seen());
    json.put("remedy", finding.remedy());
    return json;
  }
}
