package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.curve.CurveJson;
import org.mtl4j.experiment.curve.CurveListener;
import org.mtl4j.experiment.curve.CurveReport;
import org.mtl4j.experiment.curve.LearningCurve;
import org.mtl4j.experiment.curve.LearningCurveStudy;
import org.mtl4j.experiment.curve.Shares;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl learning-curve}: what more training rows would bring. */
@Command(
    name = "learning-curve",
    description = {
      "Trains an experiment on growing shares of its training rows, the smaller within the larger,"
          + " and measures all on the same rows: whether more rows would make it better."
    },
    footer = {
      "",
      "Examples:",
      "  mtl learning-curve shop.yaml",
      "  mtl learning-curve shop.yaml --shares 10,30,100 --output curves/shop",
      "  mtl learning-curve shop.yaml --resume",
      "",
      "Each share is a run of its own; --resume goes on with those that are there."
    })
public final class LearningCurveCommand extends TrainingCommand {
  @Parameters(paramLabel = "EXPERIMENT.yaml", description = "The experiment file.")
  private Path experiment;

  @Option(
      names = "--shares",
      split = ",",
      paramLabel = "PERCENT",
      description = "Percents of the training rows, rising; default: 1,5,20,100.")
  private List<Double> shares = Shares.USUAL.percents();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The folder of its runs; default: runs/NAME-learning-curve.")
  private Path output;

  @Option(names = "--no-lint", description = "Train whatever the linter would say.")
  private boolean noLint;

  @Option(names = "--resume", description = "Go on with the runs in the folder.")
  private boolean resume;

  /** The command over a service. */
  @Inject
  public LearningCurveCommand(
      Console console, ExperimentService service, Interruption interruption) {
    super(console, service, interruption);
  }

  /** Shows one training after the other. */
  private final class Progress implements CurveListener {
    private final Turns turns = new Turns();

    @Override
    public ExperimentListener begin(double percent) {
      return turns.begin("training on " + Shares.spelt(percent) + " % of the training rows");
    }

    @Override
    public void end() {
      turns.end();
    }
  }

  @Override
  protected Answer answer() {
    Shares wanted = new Shares(shares);
    ConfigFile file = file(experiment, Map.of());
    Path folder = folder(file);
    Optional<LearningCurve> curve =
        new LearningCurveStudy(service(), new Progress())
            .run(file, wanted, new LearningCurveStudy.Options(folder, resume, !noLint));
    return curve.map(found -> answer(found, folder)).orElseGet(() -> interrupted(folder));
  }

  private Path folder(ConfigFile file) {
    return output == null
        ? Path.of("runs", service().read(file).config().name() + "-learning-curve")
        : output;
  }

  private static Answer answer(LearningCurve curve, Path folder) {
    RunFiles files = new RunFiles(folder);
    Path page = folder.resolve("learning-curve.html");
    Path data = folder.resolve("learning-curve.json");
    Map<String, Object> json = CurveJson.of(curve);
    files.writeJson(data, json);
    files.write(page, ReportFormat.HTML.write(CurveReport.of(curve)));
    List<String> text = new ArrayList<>();
    CurveReport.tables(curve)
        .forEach(
            (output, table) -> {
              text.add(output + ", " + curve.split() + " rows:");
              text.addAll(TableFormat.TABLE.lines(List.of(table)));
              text.add("");
            });
    text.add("report  " + page);
    text.add("data    " + data);
    Map<String, Object> answer = new LinkedHashMap<>(json);
    answer.put("report", page.toString());
    return Answer.of(answer, text);
  }

  private Answer interrupted(Path folder) {
    List<String> options =
        new ArrayList<>(
            List.of("--shares", String.join(",", shares.stream().map(Shares::spelt).toList())));
    if (noLint) {
      options.add("--no-lint");
    }
    return interrupted(
        "output",
        folder,
        "a checkpoint is saved",
        List.of("learning-curve", experiment.toString()),
        options);
  }
}
