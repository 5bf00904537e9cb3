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
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.reproduce.Reproduced;
import org.mtl4j.experiment.reproduce.Reproduction;
import org.mtl4j.experiment.reproduce.ReproductionJson;
import org.mtl4j.experiment.reproduce.ReproductionListener;
import org.mtl4j.experiment.reproduce.ReproductionReport;
import org.mtl4j.experiment.reproduce.ReproductionStudy;
import org.mtl4j.experiment.reproduce.Reproductions;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl reproduce}: what papers have found, looked for again. */
@Command(
    name = "reproduce",
    description = {
      "Looks for what a paper has found: trains its arms with several seeds, and holds what was"
          + " claimed against the figures. Without a name it lists what can be looked for."
    },
    footer = {
      "",
      "Examples:",
      "  mtl reproduce",
      "  mtl reproduce mmoe-synthetic",
      "  mtl reproduce funnel --arms naive,esmm --seeds 3",
      "  mtl reproduce census-income --set data.source.path=census-income.test.gz",
      "",
      "docs/reproductions.md has what came out on our machine. --short shows in a minute how it"
          + " works, and proves nothing."
    })
public final class ReproduceCommand extends TrainingCommand {
  private static final int SEEDS = 5;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "What to look for.")
  private String name;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Number of seeds, from 1 on; default: 5.")
  private int seeds = SEEDS;

  @Option(
      names = "--arms",
      split = ",",
      paramLabel = "ARM",
      description = "Only these arms; default: all.")
  private List<String> arms = List.of();

  @Option(names = "--short", description = "Few rows and epochs, for a look.")
  private boolean brief;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The folder of its runs; default: runs/reproduce-NAME.")
  private Path output;

  @Option(names = "--resume", description = "Go on with the runs in the folder.")
  private boolean resume;

  private final Reproductions reproductions = new Reproductions();

  /** The command over a service. */
  @Inject
  public ReproduceCommand(Console console, ExperimentService service, Interruption interruption) {
    super(console, service, interruption);
  }

  /** Shows one training after the other. */
  private final class Progress implements ReproductionListener {
    private final Turns turns = new Turns();

    @Override
    public ExperimentListener begin(String arm, long seed, int number, int of) {
      return turns.begin("%d of %d: %s, seed %d".formatted(number, of, arm, seed));
    }

    @Override
    public void end() {
      turns.end();
    }
  }

  @Override
  protected Answer answer() {
    if (name == null) {
      return list();
    }
    Reproduction all = reproductions.named(name);
    Reproduction wanted = arms.isEmpty() ? all : all.only(arms);
    Path folder = output == null ? Path.of("runs", "reproduce-" + name) : output;
    Optional<Reproduced> reproduced =
        new ReproductionStudy(service(), new Progress())
            .run(wanted, new ReproductionStudy.Options(folder, resume, seeds, brief, overrides()));
    return reproduced.map(found -> answer(found, folder)).orElseGet(() -> interrupted(folder));
  }

  private Answer list() {
    List<String> text = new ArrayList<>();
    for (Reproduction one : reproductions.all()) {
      text.add(one.name());
      text.add("  " + one.finding().says());
      text.add("  " + one.finding().source());
      text.add("");
    }
    text.add("mtl reproduce NAME");
    return Answer.of(reproductions.all().stream().map(ReproductionJson::summary).toList(), text);
  }

  private static Answer answer(Reproduced reproduced, Path folder) {
    RunFiles files = new RunFiles(folder);
    Path page = folder.resolve("reproduction.html");
    Path data = folder.resolve("reproduction.json");
    Map<String, Object> json = ReproductionJson.of(reproduced);
    files.writeJson(data, json);
    files.write(page, ReportFormat.HTML.write(ReproductionReport.of(reproduced)));
    List<String> text = new ArrayList<>();
    text.addAll(TableFormat.TABLE.lines(List.of(ReproductionReport.figures(reproduced))));
    if (!reproduced.verdicts().isEmpty()) {
      text.add("");
      text.addAll(TableFormat.TABLE.lines(List.of(ReproductionReport.verdicts(reproduced))));
    }
    text.add("");
    text.add("report  " + page);
    text.add("data    " + data);
    Map<String, Object> answer = new LinkedHashMap<>(json);
    answer.put("report", page.toString());
    return Answer.of(answer, text);
  }

  private Answer interrupted(Path folder) {
    List<String> options = new ArrayList<>(List.of("--seeds", Integer.toString(seeds)));
    if (!arms.isEmpty()) {
      options.addAll(List.of("--arms", String.join(",", arms)));
    }
    if (brief) {
      options.add("--short");
    }
    return interrupted(
        "output", folder, "a checkpoint is saved", List.of("reproduce", name), options);
  }
}
