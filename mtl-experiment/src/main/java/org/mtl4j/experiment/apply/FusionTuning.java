package org.mtl4j.experiment.apply;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.core.manifest.FusionFile;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.eval.fusion.FusionRows;
import org.mtl4j.eval.fusion.FusionSearch;
import org.mtl4j.experiment.kept.KeptRows;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;

/**
 * Makes one ranking score out of a run's outputs, its weights tuned on the predictions that the run
 * keeps of its validation rows. The test rows are looked at once, with the weights that were found.
 */
public final class FusionTuning {
  /** What depends on nothing but the order of rows; a fused score is no probability. */
  private static final Set<String> BY_RANK =
      Set.of(
          "auc",
          "gauc",
          "pr_auc",
          "ks",
          "ndcg",
          "precision",
          "recall",
          "hit_rate",
          "map",
          "mrr",
          "xauc",
          "spearman");

  private static final String FUSED = "fused";

  private final ExperimentService service;

  /** Over the parts that the run's experiment names. */
  public FusionTuning(ExperimentService service) {
    this.service = service;
  }

  /**
   * What is wanted.
   *
   * @param metric to be as large as can be, {@code output/metric}
   * @param constraints such as {@code click/auc >= 0.75}
   * @param outputs what is fused; none: the outputs of metric and constraints
   * @param kind how
   * @param search the seed of the weights that are tried, and how many
   */
  public record Request(
      String metric,
      List<String> constraints,
      List<String> outputs,
      Fusion.Kind kind,
      FusionFile.Search search) {
    /** Copies the lists. */
    public Request {
      constraints = List.copyOf(constraints);
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * Tunes the weights.
   *
   * @throws MtlException UNKNOWN_NAME for an output or metric that there is not; USAGE for one that
   *     cannot be fused or is not of ranks, a constraint that cannot be read, or that no weights
   *     keep; FILE_MISSING if the run keeps no predictions
   */
  public FusionFile tune(Run run, Request request) {
    Path export = run.served();
    ModelManifest manifest = ManifestFile.read(export);
    Measure measure =
        Measure.of(ConfigFile.readLeniently(run.files().experiment()), service.parts());
    List<OutputSpec> specs = measure.model().outputs(RunOutputs.fitted(measure.tasks(), manifest));
    FusionGoals goals = new FusionGoals(measure, specs);
    FusionSearch.Target target = goals.target(request);
    List<String> outputs = outputs(request, target, specs);
    FusionSearch search = new FusionSearch(validation(run), request.kind(), outputs, target);
    FusionSearch.Found best = search.best(request.search().seed(), request.search().trials());
    int tried = search.tried();
    check(best, target);
    Map<String, Map<String, Map<String, Double>>> figures = new LinkedHashMap<>();
    figures.put("validation", figures(search, best, target, outputs));
    if (Files.exists(run.files().testPredictions())) {
      FusionSearch test =
          new FusionSearch(
              FusedRows.of(KeptRows.open(run.files().testPredictions())),
              request.kind(),
              outputs,
              target);
      figures.put("test", figures(test, test.of(best.fusion()), target, outputs));
    }
    return FusionFile.of(
        best.fusion(),
        new FusionFile.Tuning(
            manifest.name(),
            hash(export),
            request.metric(),
            request.constraints(),
            new FusionFile.Search(request.search().seed(), tried),
            figures));
  }

  private static FusionRows validation(Run run) {
    Path file = run.files().validationPredictions();
    if (!Files.exists(file)) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              file.toString(),
              "Expected what the run predicted for its validation rows, found no such file.",
              "The run keeps none (evaluation.keep_predictions: false), has no validation split, or"
                  + " is of an earlier release; train it again."));
    }
    return FusedRows.of(KeptRows.open(file));
  }

  /**
   * Writes it under a name that is not there yet.
   *
   * @throws MtlException of code IO if it cannot be written
   */
  public static void write(FusionFile fusion, Path file) {
    Unfinished unfinished = new Unfinished(file);
    try {
      Folders.make(file.toAbsolutePath().getParent());
      Files.writeString(unfinished.path(), fusion.json(), StandardCharsets.UTF_8);
      unfinished.finish();
    } catch (IOException e) {
      unfinished.drop();
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              file.toString(),
              "The fusion cannot be written: " + e + ".",
              "Check that there is room and that you may write to it."),
          e);
    }
  }

  /** A warning if a fusion was tuned for another export than this one. */
  public static List<String> warnings(FusionFile fusion, Path export) {
    return fusion.tuning() == null || hash(export).equals(fusion.tuning().export())
        ? List.of()
        : List.of("the fusion's weights were tuned for another export than this one");
  }

  /** SHA-256 of an export's manifest, which has those of all its other files. */
  private static String hash(Path export) {
    try {
      byte[] manifest = Files.readAllBytes(export.resolve(ModelManifest.FILE));
      return Hashing.sha256().hashBytes(manifest).toString();
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO, export.toString(), "The manifest cannot be read: " + e + ".", ""),
          e);
    }
  }

  private static Map<String, Map<String, Double>> figures(
      FusionSearch search,
      FusionSearch.Found best,
      FusionSearch.Target target,
      List<String> outputs) {
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    figures.put(FUSED, figures(best, target));
    outputs.forEach(output -> figures.put(output, figures(search.alone(output), target)));
    return figures;
  }

  private static Map<String, Double> figures(FusionSearch.Found found, FusionSearch.Target target) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(target.best().key(), defined(found.figure()));
    for (int i = 0; i < target.constraints().size(); i++) {
      figures.put(target.constraints().get(i).goal().key(), defined(found.constrained().get(i)));
    }
    return figures;
  }

  private static Double defined(double figure) {
    return Double.isFinite(figure) ? figure : null;
  }

  private static void check(FusionSearch.Found best, FusionSearch.Target target) {
    if (!Double.isFinite(best.figure())) {
      throw usage(
          "--metric",
          target.best().key() + " is not defined on the run's validation rows.",
          "Choose a metric that metrics.json has a number for.");
    }
    if (best.shortfall() > 0) {
      List<String> reached = new ArrayList<>();
      for (int i = 0; i < target.constraints().size(); i++) {
        reached.add(target.constraints().get(i).goal().key() + " " + best.constrained().get(i));
      }
      throw usage(
          "--constraint",
          "No weights that were tried keep the constraints; those that come nearest, %s, reach %s."
              .formatted(best.fusion().weights(), String.join(", ", reached)),
          "Ask for less, name other outputs with --outputs, or try more weights with --trials.");
    }
  }

  private static List<String> outputs(
      Request request, FusionSearch.Target target, List<OutputSpec> specs) {
    Set<String> named = new LinkedHashSet<>(request.outputs());
    if (named.isEmpty()) {
      named.add(target.best().output());
      target.constraints().forEach(constraint -> named.add(constraint.goal().output()));
    }
    boolean product = request.kind() == Fusion.Kind.PRODUCT;
    List<String> known =
        specs.stream()
            .filter(spec -> spec.width() == 1 && (!product || FusionGoals.isBinary(spec)))
            .map(OutputSpec::name)
            .toList();
    for (String output : named) {
      if (!known.contains(output)) {
        throw new MtlException(
            new Problem(
                ErrorCode.UNKNOWN_NAME,
                "--outputs",
                "Expected %s of the model, found \"%s\"."
                    .formatted(product ? "binary outputs" : "outputs of one number", output),
                Nearest.hint(output, known)));
      }
    }
    if (named.size() < 2) {
      throw usage(
          "--outputs",
          "Expected at least two outputs to fuse, found " + named + ".",
          "Name them, say --outputs " + String.join(",", known) + ".");
    }
    return List.copyOf(named);
  }

  static MtlException usage(String option, String what, String remedy) {
    return new MtlException(new Problem(ErrorCode.USAGE, option, what, remedy));
  }

  /** Whether a figure depends on nothing but the order of rows. */
  static boolean isByRank(Metric metric) {
    return BY_RANK.contains(metric.key().split("@", 2)[0]);
  }
}
