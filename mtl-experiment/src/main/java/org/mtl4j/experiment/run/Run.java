package org.mtl4j.experiment.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.serving.model.MtlModel;

/**
 * A run on disk.
 *
 * @param files its files
 * @param status how it stands
 */
public record Run(RunFiles files, Status status) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String REMEDY = "Go on with mtl train EXPERIMENT.yaml --output RUN --resume";

  /** How a run stands. */
  public enum Status {
    /** Trained, measured and, but for a baseline, exported. */
    FINISHED,
    /** Stopped with a checkpoint; it can be resumed. */
    INTERRUPTED
  }

  /**
   * The run in a folder.
   *
   * @throws MtlException FILE_MISSING if there is none
   */
  public static Run open(Path folder) {
    RunFiles files = new RunFiles(folder);
    if (!Files.isRegularFile(files.experiment())) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              folder.toString(),
              "Expected a run with the file experiment.yaml, found none.",
              "Give a folder that mtl train wrote, say runs/NAME."));
    }
    boolean finished = Files.exists(files.metrics()) && Files.exists(files.report());
    return new Run(files, finished ? Status.FINISHED : Status.INTERRUPTED);
  }

  /**
   * {@code metrics.json}: split, output, metric, number; a metric that is not defined is null.
   *
   * @throws MtlException FILE_MISSING if the run is not finished: what is there of an earlier end
   *     is not of its latest checkpoint
   */
  public Map<String, Map<String, Map<String, Double>>> metrics() {
    return read(files.metrics(), new TypeReference<>() {});
  }

  /**
   * {@code intervals.json}: split, output, metric, lower and upper bound of the 95 % interval; null
   * where there is none. Empty for a run of an earlier release, which has no such file.
   *
   * @throws MtlException FILE_MISSING if the run is not finished
   */
  public Map<String, Map<String, Map<String, List<Double>>>> intervals() {
    return Files.exists(files.intervals())
        ? read(files.intervals(), new TypeReference<>() {})
        : Map.of();
  }

  /**
   * {@code timing.jsonl}: how fast it was trained. Nothing is known of a run of an earlier release.
   *
   * @throws MtlException DATA_FORMAT if the file is damaged
   */
  public Timing timing() {
    return Timing.read(files);
  }

  private <T> T read(Path file, TypeReference<T> type) {
    checkFinished();
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (IOException e) {
      throw unfinished(file, e);
    }
  }

  /**
   * One metric, say {@code metric("test", "click", "auc")}; NaN if it is not defined.
   *
   * @throws NullPointerException if there is no such split, output or metric
   */
  public double metric(String split, String output, String metric) {
    Map<String, Double> metrics = Objects.requireNonNull(metrics().get(split), split).get(output);
    Objects.requireNonNull(metrics, output);
    if (!metrics.containsKey(metric)) {
      throw new NullPointerException(metric);
    }
    Double value = metrics.get(metric);
    return value == null ? Double.NaN : value;
  }

  /** Whether its model is a baseline, which has no export. */
  public boolean isBaseline() {
    return Files.isDirectory(files.model());
  }

  /**
   * The folder with the manifest of what predicts for the run: its newest export, or its baseline.
   *
   * @throws MtlException FILE_MISSING if the run is not finished
   */
  public Path served() {
    checkFinished();
    return isBaseline() ? files.model() : export();
  }

  /**
   * The folder of the newest export.
   *
   * @throws MtlException FILE_MISSING if the run is not finished; USAGE if its model is a baseline,
   *     which has none
   */
  public Path export() {
    checkGraph();
    return files.export(files.latestExport().orElseThrow(() -> unfinished(files.exports(), null)));
  }

  /** The newest export, loaded; the caller closes it. */
  public MtlModel model() {
    return MtlModel.load(export());
  }

  /**
   * What the run's page shows, to be written in other formats.
   *
   * @throws MtlException FILE_MISSING if the run is not finished, or of a release that wrote the
   *     page alone; DATA_FORMAT if the file is damaged
   */
  public Report report() {
    checkFinished();
    Path file = files.reportData();
    if (!Files.exists(file)) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              file.toString(),
              "Expected what the run's report shows, found no such file.",
              REMEDY + ", which writes it."));
    }
    try {
      return ReportFormat.read(Files.readString(file));
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              file.toString(),
              "Expected what the run's report shows, found something else.",
              REMEDY + ", which writes it anew."),
          e);
    }
  }

  /**
   * Checks that the run is finished, and that its model is no baseline.
   *
   * @throws MtlException FILE_MISSING or USAGE if it is not so
   */
  public void checkGraph() {
    checkFinished();
    if (isBaseline()) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              files.folder().toString(),
              "Expected a run of a model with a graph, found one of a baseline: trees have no"
                  + " SavedModel, no gradients and no checkpoints.",
              "mtl evaluate, predict, recommend and compare take the run as it is; to export it, to"
                  + " go on from it or to look into it, train a model with a graph, say"
                  + " shared_bottom."));
    }
  }

  /**
   * Checks that the run is finished.
   *
   * @throws MtlException FILE_MISSING if it is not
   */
  void checkFinished() {
    if (status == Status.FINISHED) {
      return;
    }
    String earlier =
        files.latestExport().isPresent() ? "; its earlier export is in " + files.exports() : "";
    throw new MtlException(
        new Problem(
            ErrorCode.FILE_MISSING,
            files.folder().toString(),
            "The run is not finished: it was stopped, or goes on just now.",
            REMEDY + earlier + "."));
  }

  private static MtlException unfinished(Path file, IOException cause) {
    return new MtlException(
        new Problem(
            ErrorCode.FILE_MISSING,
            file.toString(),
            "The run is not finished: expected this file, found none.",
            REMEDY + "."),
        cause);
  }
}
