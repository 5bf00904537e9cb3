package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.eval.report.Table;
import org.mtl4j.experiment.explain.ImportanceReport;
import org.mtl4j.experiment.explain.ImportanceRequest;
import org.mtl4j.experiment.explain.ImportanceStudy;
import org.mtl4j.experiment.explain.RowExplanation;
import org.mtl4j.experiment.explain.RowReport;
import org.mtl4j.experiment.explain.RowRequest;
import org.mtl4j.experiment.explain.RowStudy;
import org.mtl4j.experiment.explain.RunImportance;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mtl explain}: what a run's figures rest on, or its predictions for a row. */
@Command(
    name = "explain",
    description = {
      "Says what a run's figures rest on: how much worse each task's figure becomes when the"
          + " values of a column change their rows (permutation importance); with --row what each"
          + " feature of a row adds to the score that its prediction is made of (integrated gradients)."
    },
    footer = {
      "",
      "Examples:",
      "  mtl explain runs/shop",
      "  mtl explain runs/shop --data new.csv --metrics auc,log_loss --report importance.html",
      "  mtl explain runs/shop --row 7 --task purchase",
      "",
      "Columns that say the same share their importance."
    })
public final class ExplainCommand extends MtlCommand {
  private static final List<String> OF_ROWS = List.of("--task", "--class", "--steps");
  private static final List<String> OF_IMPORTANCES =
      List.of("--metrics", "--rows", "--repeats", "--seed");

  private final ExperimentService service;

  @Parameters(paramLabel = "RUN", description = "A finished run's folder.")
  private Path run;

  @Option(
      names = "--data",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Rows in the format of the run's source; default: the run's test rows.")
  private List<String> files = List.of();

  @Option(
      names = "--row",
      paramLabel = "N",
      description = "Explain the predictions for this row, counted from 0.")
  private Long row;

  @Option(
      names = "--task",
      split = ",",
      paramLabel = "OUTPUT",
      description = "With --row: of these outputs alone.")
  private List<String> tasks = List.of();

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "With --row: of this class in place of the row's likeliest.")
  private String className;

  @Option(
      names = "--steps",
      defaultValue = "" + RowRequest.STEPS,
      paramLabel = "N",
      description = "With --row: steps of the integral to begin with; default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "METRIC",
      description =
          "Without --row: these metrics; default: auc of binary outputs, rmse of regressions, log_loss of others.")
  private List<String> metrics = List.of();

  @Option(
      names = "--rows",
      defaultValue = "" + ImportanceRequest.ROWS,
      paramLabel = "N",
      description = "Without --row: draw so many rows at most; default: ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--repeats",
      defaultValue = "" + ImportanceRequest.REPEATS,
      paramLabel = "N",
      description = "Without --row: permutations of each column; default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Without --row: seed of rows and permutations; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private ResultOptions result = new ResultOptions();

  @Spec private CommandSpec spec;

  /** The command over a service. */
  @Inject
  public ExplainCommand(Console console, ExperimentService service) {
    super(console);
    this.service = service;
  }

  @Override
  protected Answer answer() {
    result.check();
    return row == null ? importance() : row();
  }

  private Answer row() {
    refuse(
        OF_IMPORTANCES,
        "Expected no --row beside it, found row " + row + ".",
        "Leave one of the two out: a row is explained by its scores.");
    RowRequest request = new RowRequest(row, files, tasks, Optional.ofNullable(className), steps);
    RowExplanation found = new RowStudy(service).of(Run.open(run), request);
    warn(found.warnings());
    Table features = RowReport.features(found);
    return result.answer(
        new ResultOptions.Found(
            RowJson.of(found),
            List.of(features, RowReport.scores(found)),
            features,
            RowReport.of(found)),
        Optional.empty(),
        console());
  }

  private Answer importance() {
    refuse(
        OF_ROWS,
        "Expected --row beside it, found none.",
        "Name a row, or leave it out: importances are of all outputs.");
    atLeastOne("--rows", rows);
    atLeastOne("--repeats", repeats);
    ImportanceRequest request = new ImportanceRequest(files, metrics, rows, repeats, seed);
    RunImportance found =
        new ImportanceStudy(service)
            .of(Run.open(run), request, column -> console().note("permuting " + column));
    warn(found.warnings());
    Table table = ImportanceReport.table(found);
    return result.answer(
        new ResultOptions.Found(
            ImportanceJson.of(found, request), List.of(table), table, ImportanceReport.of(found)),
        Optional.empty(),
        console());
  }

  /** Options that say nothing of what is asked. */
  private void refuse(List<String> options, String what, String remedy) {
    for (String option : options) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new MtlException(new Problem(ErrorCode.USAGE, option, what, remedy));
      }
    }
  }

  private static void atLeastOne(String option, int number) {
    if (number < 1) {
      throw new MtlException(
          Problem.of(
              ErrorCode.USAGE, option, "Expected a number of at least 1, found " + number + "."));
    }
  }
}
