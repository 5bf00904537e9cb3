package org.mtl4j.experiment.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.experiment.apply.RunRows;
import org.mtl4j.experiment.explain.RowExplanation.Explained;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.serving.model.Attribution;
import org.mtl4j.serving.model.IntegratedGradients;

/** Explains a run's predictions for one row, by its export alone. */
public final class RowStudy {
  private static final int BLOCK = 4096;

  private final ExperimentService service;

  /** Over the parts that the run's experiment names. */
  public RowStudy(ExperimentService service) {
    this.service = service;
  }

  /**
   * Explains a row.
   *
   * @throws MtlException FILE_MISSING if the run is not finished; EXPORT_INVALID if it is of a
   *     release whose exports do not say where explanations begin; USAGE if there is no such row,
   *     the steps are out of their range, or a class is named and no output has classes;
   *     UNKNOWN_NAME for an output or class that there is not
   */
  public RowExplanation of(Run run, RowRequest request) {
    checkSteps(request.steps());
    run.checkGraph();
    RunRows rows =
        request.files().isEmpty()
            ? RunRows.test(run, service)
            : RunRows.of(run, request.files(), service);
    List<ModelManifest.Output> outputs = outputs(rows.served().manifest(), request);
    List<FeatureSpec> features =
        service.read(ConfigFile.readLeniently(run.files().experiment())).features();
    RawBatch row = row(rows, request);
    List<Explained> explained = new ArrayList<>();
    try (IntegratedGradients gradients = IntegratedGradients.load(rows.served().folder())) {
      Map<String, float[]> predictions = gradients.predictions(row);
      for (ModelManifest.Output output : outputs) {
        int column = column(output, predictions.get(output.name()), request.className());
        Attribution.Target target = new Attribution.Target(output.name(), column);
        Attribution attribution = gradients.of(row, target, request.steps());
        Optional<String> name =
            output.classes().isEmpty()
                ? Optional.empty()
                : Optional.of(output.classes().get(column));
        explained.add(new Explained(name, attribution));
      }
    }
    List<String> warnings = new ArrayList<>(rows.source().warnings());
    explained.stream()
        .filter(e -> !e.attribution().isComplete())
        .forEach(e -> warnings.add(gap(e)));
    return new RowExplanation(
        run.files().folder().toString(),
        request.row(),
        row.place(0),
        values(features, row),
        explained,
        warnings);
  }

  private static String gap(Explained explained) {
    Attribution of = explained.attribution();
    return "%s: after %d steps the features add up to %.4f of %.4f; do not trust them"
        .formatted(
            explained.name(), of.steps(), of.sum(), of.row().score() - of.baseline().score());
  }

  private static void checkSteps(int steps) {
    if (steps < 1 || steps > IntegratedGradients.MOST_STEPS) {
      throw usage(
          "--steps",
          "Expected 1 to %d steps, found %d.".formatted(IntegratedGradients.MOST_STEPS, steps),
          "Leave it out: more are taken where they are needed.");
    }
  }

  private static MtlException usage(String option, String what, String remedy) {
    return new MtlException(new Problem(ErrorCode.USAGE, option, what, remedy));
  }

  private static List<ModelManifest.Output> outputs(ModelManifest manifest, RowRequest request) {
    List<String> known = manifest.outputs().stream().map(ModelManifest.Output::name).toList();
    for (String name : request.outputs()) {
      if (!known.contains(name)) {
        throw new MtlException(
            new Problem(
                ErrorCode.UNKNOWN_NAME,
                "--task",
                "There is no output \"%s\".".formatted(name),
                Nearest.hint(name, known)));
      }
    }
    List<ModelManifest.Output> wanted =
        manifest.outputs().stream()
            .filter(o -> request.outputs().isEmpty() || request.outputs().contains(o.name()))
            .toList();
    request.className().ifPresent(name -> checkClass(name, wanted));
    return wanted;
  }

  private static void checkClass(String name, List<ModelManifest.Output> outputs) {
    List<String> known = outputs.stream().flatMap(o -> o.classes().stream()).distinct().toList();
    if (known.isEmpty()) {
      throw usage(
          "--class",
          "Expected an output with classes, found %s."
              .formatted(outputs.stream().map(ModelManifest.Output::name).toList()),
          "Leave it out, or name another --task.");
    }
    if (!known.contains(name)) {
      throw new MtlException(
          new Problem(
              ErrorCode.UNKNOWN_NAME,
              "--class",
              "There is no class \"%s\".".formatted(name),
              Nearest.hint(name, known)));
    }
  }

  /** The class that is named if the output has it, else the likeliest. */
  private static int column(
      ModelManifest.Output output, float[] predictions, Optional<String> className) {
    int named = className.map(output.classes()::indexOf).orElse(-1);
    if (named >= 0) {
      return named;
    }
    if (output.type().equals("reconstruction")) {
      return output.classes().indexOf("error"); // Of the numbers of a code none is likelier.
    }
    // Behind the probabilities of clusters stands a row's silhouette.
    int classes = predictions.length - (output.type().equals("clustering") ? 1 : 0);
    int likeliest = 0;
    for (int c = 1; c < classes; c++) {
      likeliest = predictions[c] > predictions[likeliest] ? c : likeliest;
    }
    return likeliest;
  }

  private static RawBatch row(RunRows rows, RowRequest request) {
    long seen = 0;
    try (RawCursor cursor = rows.source().open()) {
      for (var block = cursor.next(BLOCK); block.isPresent(); block = cursor.next(BLOCK)) {
        long at = request.row() - seen;
        if (at >= 0 && at < block.get().rowCount()) {
          return block.get().select(new int[] {(int) at});
        }
        seen += block.get().rowCount();
      }
    }
    throw usage(
        "--row",
        seen == 0
            ? "Expected a row, found none: the run's split or rules leave none."
            : "Expected the number of a row from 0 to %d, found %d."
                .formatted(seen - 1, request.row()),
        "Rows are counted from 0 among the test rows, or those of --data that the rules keep.");
  }

  /** What a row has in the columns of each feature; "-" where it is missing. */
  private static Map<String, String> values(List<FeatureSpec> features, RawBatch row) {
    Map<String, String> values = new LinkedHashMap<>();
    for (FeatureSpec feature : features) {
      values.put(
          feature.name(),
          feature.columns().stream()
              .filter(row.columns()::contains)
              .map(column -> row.text(row.columns().indexOf(column), 0))
              .map(text -> text == null || text.isEmpty() ? "-" : text)
              .collect(Collectors.joining(", ")));
    }
    return values;
  }
}
