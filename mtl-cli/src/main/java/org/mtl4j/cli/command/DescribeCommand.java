package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.describe.TableSummary;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.describe.ExperimentDrafts;
import org.mtl4j.experiment.describe.ExperimentSummary;
import org.mtl4j.experiment.describe.ExperimentSummary.Labels;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl describe}: what is in a table, or in the data of an experiment. */
@Command(
    name = "describe",
    description = {
      "Tells of each column of a table its type, missing share and values,",
      "and of an experiment's data also the rate of each label."
    },
    footer = {
      "",
      "Examples:",
      "  mtl describe log.csv",
      "  mtl describe log.csv --write experiment.yaml",
      "  mtl describe u.data --delimiter '\\t' --no-header",
      "  mtl describe adult.data --trim --missing '?'",
      "  mtl describe experiment.yaml",
      "",
      "Files are CSV, or what their names say: .tsv, .jsonl, .parquet, .tfrecord; .gz and .zst are unpacked."
    })
public final class DescribeCommand extends MtlCommand {
  private final ExperimentService service;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files of one table, or an experiment (.yaml).")
  private List<String> files;

  @ArgGroup(exclusive = false, validate = false)
  private TableOptions table = new TableOptions();

  @Option(
      names = "--write",
      paramLabel = "EXPERIMENT.yaml",
      description = "Write a starting experiment for the table, which trains as it stands.")
  private Path write;

  /** The command over a service. */
  @Inject
  public DescribeCommand(Console console, ExperimentService service) {
    super(console);
    this.service = service;
  }

  @Override
  protected Answer answer() {
    if (files.get(0).matches(".*\\.ya?ml")) {
      return experiment();
    }
    try {
      return table();
    } catch (MtlException e) {
      throw SourceOptions.inWords(e);
    }
  }

  private Answer table() {
    if (write != null && Files.exists(write)) {
      throw taken();
    }
    TableOptions.Opened opened = table.open(files, console()::note);
    TableSummary summary = TableSummary.of(opened.source());
    warn(opened.source().warnings());
    Map<String, Object> json = TableView.json(summary);
    List<String> text = new ArrayList<>(TableView.text(summary));
    if (write != null) {
      write(
          new ExperimentDrafts(service)
              .draft(name(), opened.keys(), summary, ExperimentListener.SILENT));
      json.put("experiment", write.toString());
      text.addAll(List.of("", "experiment  " + write, "", "Try next:", "  mtl train " + write));
    }
    return Answer.of(json, text);
  }

  /** The experiment's name: that of its file. */
  private String name() {
    String file = write.getFileName().toString().replaceAll("\\.ya?ml$", "");
    String name = file.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[._-]+", "");
    return name.isEmpty() ? "experiment" : name;
  }

  private void write(String yaml) {
    try {
      Files.writeString(write, yaml, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw taken();
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              write.toString(),
              "The experiment cannot be written: " + e + ".",
              "Check that the folder is there and that you may write into it."),
          e);
    }
  }

  private MtlException taken() {
    return new MtlException(
        new Problem(
            ErrorCode.USAGE,
            "--write " + write,
            "There is such a file already.",
            "Name another one, or take that one away."));
  }

  private Answer experiment() {
    if (files.size() > 1 || write != null) {
      throw new MtlException(
          Problem.of(
              ErrorCode.USAGE,
              "mtl describe",
              "Expected one experiment and no --write, found %s."
                  .formatted(files.size() > 1 ? files : "--write " + write)));
    }
    table.refuse(files.get(0));
    ExperimentSummary summary =
        ExperimentSummary.of(
            service.read(ConfigFile.read(Path.of(files.get(0)))), service.datasets());
    warn(summary.warnings());
    Map<String, Object> json = TableView.json(summary.table());
    json.put("labels", labels(summary));
    List<String> text = new ArrayList<>(TableView.text(summary.table()));
    text.add("");
    text.addAll(rates(summary).lines());
    return Answer.of(json, text);
  }

  private static Map<String, Object> labels(ExperimentSummary summary) {
    Map<String, Object> tasks = new LinkedHashMap<>();
    summary
        .labels()
        .forEach(
            (task, splits) -> {
              Map<String, Object> bySplit = new LinkedHashMap<>();
              splits.forEach((split, labels) -> bySplit.put(name(split), json(labels)));
              tasks.put(task, bySplit);
            });
    return tasks;
  }

  private static Map<String, Object> json(Labels labels) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", labels.rows());
    json.put("mean", labels.mean().isPresent() ? labels.mean().getAsDouble() : null);
    return json;
  }

  private static TextTable rates(ExperimentSummary summary) {
    TextTable table =
        new TextTable(List.of("label", "split", "rows", "with a say", "mean or rate"));
    summary
        .labels()
        .forEach(
            (task, splits) ->
                splits.forEach(
                    (split, labels) ->
                        table.row(
                            List.of(
                                task,
                                name(split),
                                count(summary.rows().get(split)),
                                count(labels.rows()),
                                mean(labels)))));
    return table;
  }

  private static String mean(Labels labels) {
    return labels.mean().isPresent() ? TableView.shorten(labels.mean().getAsDouble(), 4) : "";
  }

  private static String count(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }

  private static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }
}
