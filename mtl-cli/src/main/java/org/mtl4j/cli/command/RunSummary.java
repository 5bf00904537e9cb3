package org.mtl4j.cli.command;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.MetricTable;
import org.mtl4j.cli.console.Shell;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.run.Run;

/** What a finished run has to say for itself, and what to do with it next. */
final class RunSummary {
  private RunSummary() {}

  static Answer of(Run run) {
    return Answer.of(json(run), text(run));
  }

  private static Map<String, Object> json(Run run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.files().folder().toString());
    json.put("status", "finished");
    json.put("metrics", run.metrics());
    json.put("intervals", run.intervals());
    json.put("report", run.files().report().toString());
    json.put(run.isBaseline() ? "model" : "export", run.served().toString());
    if (Files.exists(run.files().slices())) {
      json.put("slices", run.files().slices().toString());
    }
    if (Files.exists(run.files().fairness())) {
      json.put("fairness", run.files().fairness().toString());
    }
    return json;
  }

  private static List<String> text(Run run) {
    List<String> text = new ArrayList<>();
    Map<String, Map<String, Map<String, List<Double>>>> intervals = run.intervals();
    run.metrics()
        .forEach(
            (split, metrics) -> {
              text.add(title(split, run));
              text.addAll(
                  MetricTable.lines("output", metrics, intervals.getOrDefault(split, Map.of())));
              text.add("");
            });
    text.add("run     " + run.files().folder());
    text.add("report  " + run.files().report());
    text.add((run.isBaseline() ? "model   " : "export  ") + run.served());
    if (Files.exists(run.files().slices())) {
      text.add("slices  " + run.files().slices());
    }
    if (Files.exists(run.files().fairness())) {
      text.add("fairness " + run.files().fairness());
    }
    text.add("");
    text.add("Try next:");
    text.addAll(next(run));
    return text;
  }

  /** {@code test}, {@code test/cold/user_id}, {@code test/uncalibrated}, ... */
  private static String title(String rows, Run run) {
    int slash = rows.indexOf('/');
    return switch (rows.substring(slash + 1)) {
      case "uncalibrated" -> rows.substring(0, slash) + " metrics before calibration:";
      case "calibrated" -> rows.substring(0, slash) + " metrics after calibration:";
      default -> rows + " metrics of the " + (run.isBaseline() ? "model:" : "exported model:");
    };
  }

  private static List<String> next(Run run) {
    String folder = run.files().folder().toString();
    ModelManifest manifest = ManifestFile.read(run.served());
    return List.of(
        "  " + Shell.line(List.of("mtl", "evaluate", "--run", folder, "--data", "FILE")),
        "  "
            + Shell.line(
                List.of(
                    "mtl",
                    "predict",
                    "--run",
                    folder,
                    "--data",
                    "FILE",
                    "--output",
                    "predictions.csv")),
        "  "
            + Shell.line(
                List.of(
                    "mtl",
                    "recommend",
                    "--run",
                    folder,
                    "--user",
                    user(manifest),
                    "--items",
                    "FILE")));
  }

  /** A user to fill in: the columns that no item has. */
  private static String user(ModelManifest manifest) {
    List<String> columns =
        manifest.inputs().stream()
            .filter(input -> !input.group().equals(Optional.of("item")))
            .map(ModelManifest.Input::column)
            .distinct()
            .toList();
    String first = columns.isEmpty() ? "" : "\"" + columns.get(0) + "\": ...";
    return "{" + first + (columns.size() > 1 ? ", ..." : "") + "}";
  }
}
