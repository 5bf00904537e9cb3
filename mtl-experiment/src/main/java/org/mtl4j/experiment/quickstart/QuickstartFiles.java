package org.mtl4j.experiment.quickstart;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.simulator.SimulatedSource;
import org.mtl4j.data.source.CsvWriter;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.ComparisonReport;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.experiment.run.TrainOptions;

/**
 * What the quickstart leaves beside its runs, so that the commands it suggests can be typed as they
 * stand.
 *
 * @param folder the quickstart's folder
 */
public record QuickstartFiles(Path folder) {
  /** Refuses a folder with something in it, unless a quickstart goes on in it. */
  static void checkEmpty(TrainOptions options) {
    Path folder = options.output();
    if (!options.resume() && !new RunFiles(folder).isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              folder.toString(),
              "The quickstart's folder is not empty, and nothing is ever written over.",
              "Choose another folder with --output, go on with --resume, or delete this one."));
    }
  }

  /** Puts the experiment into the folder, or goes on in one that has it. */
  static QuickstartFiles create(TrainOptions options, String experiment) {
    checkEmpty(options); // Another process may have been quicker, and be done.
    QuickstartFiles result = new QuickstartFiles(options.output());
    if (!Files.exists(result.experiment())) { // It is the user's to change.
      new RunFiles(options.output()).write(result.experiment(), experiment);
    }
    return result;
  }

  /** The experiment, to change and train again. */
  public Path experiment() {
    return folder.resolve("quickstart.yaml");
  }

  /** A user and a moment, as {@code mtl recommend --user} takes them. */
  public Path user() {
    return folder.resolve("user.json");
  }

  /** The catalogue, as {@code mtl recommend --items} takes it. */
  public Path items() {
    return folder.resolve("items.csv");
  }

  /** The page on which the models are compared; there if they keep their predictions. */
  public Path comparison() {
    return folder.resolve("comparison.html");
  }

  /** The first user, in the evening, on the phone, at the top of the home page's list. */
  static Map<String, Object> user(SimulatedSource shop) {
    Map<String, Object> user = new LinkedHashMap<>(shop.users().get(0));
    user.put("hour", 20);
    user.put("device", "phone");
    user.put("slot", "home");
    user.put("position", 1);
    return user;
  }

  void writeUser(Map<String, Object> user) {
    try {
      String json =
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(user);
      new RunFiles(folder).write(user(), json + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("a user of our own does not become JSON", e);
    }
  }

  void writeComparison(Comparison comparison) {
    String page = ReportFormat.HTML.write(ComparisonReport.of(comparison));
    new RunFiles(folder).write(comparison(), page);
  }

  /** What an interrupted quickstart wrote is whole, and of the same catalogue. */
  void writeItems(List<Map<String, Object>> catalogue) {
    if (Files.exists(items())) {
      return;
    }
    try (CsvWriter items = CsvWriter.create(items(), List.copyOf(catalogue.get(0).keySet()))) {
      catalogue.forEach(item -> items.row(item.values().stream().map(String::valueOf).toList()));
      items.commit();
    }
  }
}
