package org.mtl4j.serving.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;

/**
 * Integrated gradients of an export: what each feature of a row adds to a score, Sundararajan, Taly
 * and Yan, "Axiomatic attribution for deep networks", ICML 2017:
 *
 * <pre>
 * a_i = x_i * mean over t in (0, 1) of df(t x) / dx_i
 * </pre>
 *
 * <p>x being what the model sees of the row: the embedding of each id, of lists that of each value
 * before they are pooled or encoded, and the transformed numbers. The baseline is 0 in all of them:
 * no embedding, and of a standardised number the training mean. A list keeps the length that it has
 * in the row. The mean is taken at the middles of equal steps, and twice as many are taken until
 * the features add up to f(x) - f(0), which they do exactly in the limit (completeness).
 *
 * <p>Gradients are added to the graph of a copy of the export that is loaded for it, so that one
 * that serves does not grow. Close it: it holds native memory. Explaining is safe from several
 * threads.
 */
public final class IntegratedGradients implements AutoCloseable {
  /** No more steps are taken. */
  public static final int MOST_STEPS = 16_384;

  private final ModelManifest manifest;
  private final ExplainedGraph graph;

  private IntegratedGradients(ModelManifest manifest, ExplainedGraph graph) {
    this.manifest = manifest;
    this.graph = graph;
  }

  /**
   * Loads the export in a folder.
   *
   * @throws MtlException FILE_MISSING or EXPORT_INVALID if there is none, it is damaged, or of a
   *     release whose exports do not say where explanations begin
   */
  public static IntegratedGradients load(Path folder) {
    ModelManifest manifest = ManifestFile.read(folder);
    if (manifest.explanation().inputs().isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.EXPORT_INVALID,
              folder.toString(),
              "The export does not say where explanations begin: it was written by an earlier"
                  + " release.",
              "Train the run again."));
    }
    ExportFiles.check(folder, manifest);
    return new IntegratedGradients(manifest, ExplainedGraph.load(folder, manifest));
  }

  /** What the export says of itself. */
  public ModelManifest manifest() {
    return manifest;
  }

  /**
   * Adds the gradients of a score to the graph, which would be done when it is first asked for.
   *
   * @throws IllegalArgumentException if there is no such output or column
   */
  public void prepare(Attribution.Target target) {
    graph.score(target);
  }

  /**
   * What the features of a row add to a score. If as many steps as there may be do not make it
   * complete, the last attribution is given, which says so.
   *
   * @param row one row, with the columns that the model reads
   * @param target an output of the model, and a class of it
   * @param steps to begin with, 1 to {@value #MOST_STEPS}
   * @throws MtlException COLUMN_MISSING or DATA_VALUE if the row is not one for the model
   * @throws IllegalArgumentException if there is not one row, no such output or column, or the
   *     steps are out of their range
   */
  public Attribution of(RawBatch row, Attribution.Target target, int steps) {
    return of(row, target, steps, MOST_STEPS);
  }

  /** The same with no more steps than that. */
  Attribution of(RawBatch row, Attribution.Target target, int steps, int most) {
    if (row.rowCount() != 1 || steps < 1 || steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "expected one row and 1 to %d steps, found %d and %d"
              .formatted(MOST_STEPS, row.rowCount(), steps));
    }
    ExplainedGraph.Score score = graph.score(target);
    SeenRow seen = graph.row(row);
    List<Attribution.Point> ends = graph.ends(seen, score);
    Attribution found = attribution(seen, score, ends, steps);
    for (int n = steps; !found.isComplete() && n <= most / 2; ) {
      n *= 2;
      found = attribution(seen, score, ends, n);
    }
    return found;
  }

  /**
   * What the export predicts for rows, by output: n numbers, or n * classes.
   *
   * @throws MtlException COLUMN_MISSING or DATA_VALUE if the rows are not ones for the model
   */
  public Map<String, float[]> predictions(RawBatch rows) {
    return graph.predictions(rows);
  }

  private Attribution attribution(
      SeenRow row, ExplainedGraph.Score score, List<Attribution.Point> ends, int steps) {
    Map<String, double[]> mean = graph.meanGradients(row, score, steps);
    Map<String, Attribution.Feature> features = new LinkedHashMap<>();
    for (Explanation.Input input : manifest.explanation().inputs()) {
      double value = product(input, row.values().get(input.tensor()), mean.get(input.tensor()));
      features.merge(
          input.feature(),
          new Attribution.Feature(input.feature(), input.group(), value),
          (a, b) -> new Attribution.Feature(a.name(), a.group(), a.value() + b.value()));
    }
    return new Attribution(
        score.target(), ends.get(1), ends.get(0), List.copyOf(features.values()), steps);
  }

  /** The feature's own columns of values and gradients, over all of a list's places. */
  private static double product(Explanation.Input input, SeenRow.Values values, double[] mean) {
    double sum = 0;
    for (int at = input.first(); at < values.numbers().length; at += values.width()) {
      for (int i = at; i < at + input.width(); i++) {
        sum += values.numbers()[i] * mean[i];
      }
    }
    return sum;
  }

  @Override
  public void close() {
    graph.close();
  }
}
