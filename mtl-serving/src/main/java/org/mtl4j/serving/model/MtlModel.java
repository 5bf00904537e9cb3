package org.mtl4j.serving.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.FeatureLookup;
import org.mtl4j.core.lookup.LookupCounts;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.lookup.RequestLookups;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.task.Columns;
import org.mtl4j.serving.ranking.FusionOrder;
import org.mtl4j.serving.ranking.Ranker;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.serving.ranking.RankingResult;
import org.mtl4j.serving.ranking.Recommendation;
import org.mtl4j.serving.ranking.Recommender;
import org.tensorflow.SavedModelBundle;

/**
 * An export, loaded: raw values in, predictions out. It knows the model by its manifest and
 * signatures alone. Close it: it holds native memory. Predicting is safe from several threads.
 */
public final class MtlModel implements Predictor {
  private final Export export;
  private final ModelGraph graph;
  private final RequestLookups lookups;
  private final Runnable end;
  private volatile boolean closed;

  private MtlModel(Export export, ModelGraph graph, RequestLookups lookups, Runnable end) {
    this.export = export;
    this.graph = graph;
    this.lookups = lookups;
    this.end = end;
  }

  /**
   * What is read of an export's folder before TensorFlow loads it.
   *
   * @param folder where it is
   * @param manifest what it says of itself
   * @param usual what it ranks by where nobody says, if it has a fusion
   */
  private record Export(Path folder, ModelManifest manifest, Optional<RankingRequest.Order> usual) {
    static Export of(Path folder, ModelManifest manifest) {
      return new Export(folder, manifest, FusionOrder.ofExport(folder, manifest));
    }
  }

  /**
   * Loads the export in a folder, say {@code runs/NAME/export/1}, after a check that each of its
   * files is as it was written. That reads them once, which TensorFlow then finds in memory.
   *
   * @throws MtlException FILE_MISSING or EXPORT_INVALID if there is none, or it is damaged or
   *     changed, with each such file
   */
  public static MtlModel load(Path folder) {
    return load(folder, Map.of());
  }

  /**
   * The same with lookups: rows that lack their columns and have the ids get them, as the rows of
   * training did. A lookup that fails, or gives no answer within the time-out of the experiment,
   * gives the experiment's defaults; {@link #lookupCounts} and {@link #lookupWarnings} say how
   * often.
   *
   * @param lookups by the names of {@link ModelManifest#lookups}, not necessarily all of them; they
   *     are closed with the model
   * @throws MtlException as {@link #load(Path)}, and UNKNOWN_NAME for a name that the export has
   *     not; the lookups are not closed then
   */
  public static MtlModel load(Path folder, Map<String, ? extends FeatureLookup> lookups) {
    ModelManifest manifest = ManifestFile.read(folder);
    ExportFiles.check(folder, manifest);
    Export export = Export.of(folder, manifest);
    RequestLookups asked = new RequestLookups(manifest.lookups(), lookups, wanted(manifest));
    SavedModelBundle bundle = Bundles.load(folder);
    return new MtlModel(export, new ModelGraph(manifest, bundle), asked, bundle::close);
  }

  /**
   * The same export as a SavedModel that is loaded already, without lookups. It ends with that one,
   * and closing it frees nothing.
   *
   * @param folder where the export is, whose files somebody has checked
   * @param manifest what it says of itself
   * @throws MtlException EXPORT_INVALID if its fusion is not one for it
   */
  public static MtlModel of(SavedModel model, Path folder, ModelManifest manifest) {
    RequestLookups none = new RequestLookups(manifest.lookups(), Map.of(), wanted(manifest));
    return new MtlModel(
        Export.of(folder, manifest), new ModelGraph(manifest, model.bundle()), none, () -> {});
  }

  /** What is fed, and the ids of lookups, which may come from others. */
  private static Set<String> wanted(ModelManifest manifest) {
    Set<String> wanted = new HashSet<>();
    manifest.inputs().forEach(input -> wanted.add(input.column()));
    manifest.lookups().forEach(lookup -> wanted.add(lookup.column()));
    return wanted;
  }

  /** What the export says of itself. */
  public ModelManifest manifest() {
    return export.manifest();
  }

  /**
   * Predictions for rows in their order. Columns that the model does not know are ignored. A column
   * that the rows have wins over a lookup that gives it, missing values too.
   *
   * @throws MtlException COLUMN_MISSING if an input's column is not there, DATA_VALUE if a numeric
   *     one holds text
   * @throws IllegalStateException if the model is closed
   */
  @Override
  public Predictions predict(RawBatch rows) {
    checkOpen();
    return graph.predict(filled(rows));
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the model \"" + manifest().name() + "\" is closed");
    }
  }

  /** Rows with the columns that lookups give them. */
  RawBatch filled(RawBatch rows) {
    RawBatch filled = lookups.fill(rows);
    checkLookedUp(filled.columns());
    return filled;
  }

  /** Predictions for encoded rows. */
  Predictions predict(int rows, RowEncoder.Encoded values) {
    checkOpen();
    return graph.predict(rows, values);
  }

  /** A column that came from a lookup in training may lack for want of its id, or of the lookup. */
  private void checkLookedUp(Columns columns) {
    List<Problem> problems = new ArrayList<>();
    for (ModelManifest.Input input : manifest().inputs()) {
      if (!columns.contains(input.column())) {
        manifest().lookups().stream()
            .filter(spec -> spec.gives(input.column()))
            .forEach(spec -> problems.add(notLookedUp(spec, input.column())));
      }
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  private Problem notLookedUp(LookupSpec spec, String column) {
    boolean asked = lookups.specs().contains(spec);
    return new Problem(
        ErrorCode.COLUMN_MISSING,
        "",
        "The rows have no column \"%s\", which the lookup \"%s\" gives for a \"%s\"."
            .formatted(column, spec.name(), spec.column()),
        asked
            ? "Add one of the two."
            : "Add it, or load the model with that lookup: an export does not have it; mtl --run"
                + " asks the run's own.");
  }

  /** What came of asking the lookups so far, by name. */
  public Map<String, LookupCounts> lookupCounts() {
    return lookups.counts();
  }

  /** Rows that got defaults in place of a lookup's values so far, a sentence each. */
  public List<String> lookupWarnings() {
    return lookups.warnings();
  }

  /**
   * Predictions for rows given as maps from column to value; see {@link BatchSource#of}. A column
   * that one of the rows has is there for all of them: a lookup does not fill it in for the others.
   *
   * @return per row a map from output to its numbers: one, or one a class
   */
  public List<Map<String, float[]>> predict(List<? extends Map<String, ?>> rows) {
    try (RawCursor cursor = BatchSource.of(rows).open()) {
      Predictions predictions = predict(cursor.next(rows.size()).orElseThrow());
      List<Map<String, float[]>> result = new ArrayList<>();
      for (int r = 0; r < rows.size(); r++) {
        result.add(row(predictions, r));
      }
      return result;
    }
  }

  private static Map<String, float[]> row(Predictions predictions, int row) {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    predictions
        .values()
        .forEach(
            (name, values) -> {
              int width = values.length / predictions.rowCount();
              float[] own = new float[width];
              System.arraycopy(values, row * width, own, 0, width);
              outputs.put(name, own);
            });
    return outputs;
  }

  /**
   * The k best candidates for a user; see {@link Recommender}.
   *
   * @param user the user's and the moment's columns
   * @param items candidates, a row each
   * @param by the output to rank by, of width 1
   * @param k how many at most
   */
  public List<Recommendation> recommend(Map<String, ?> user, BatchSource items, String by, int k) {
    return new Recommender(manifest(), this, lookups.specs()).recommend(user, items, by, k);
  }

  /** As above, by a score out of several outputs. */
  public List<Recommendation> recommend(Map<String, ?> user, BatchSource items, Fusion by, int k) {
    return new Recommender(manifest(), this, lookups.specs()).recommend(user, items, by, k);
  }

  /**
   * Answers one request without a catalogue or explanations; see {@link #ranking}. What does not
   * say what to rank by is ranked by the fusion that the export has, else by the last binary
   * output.
   *
   * @throws MtlException as {@link Ranker#rank}
   */
  public RankingResult recommend(RankingRequest request) {
    return ranking().ranker(Ranker.Parts.NONE).rank(request);
  }

  /** What ranks by this model, as long as it is open: catalogues, explanations, rankers. */
  public ModelRanking ranking() {
    return new ModelRanking(this, export.usual());
  }

  Path folder() {
    return export.folder();
  }

  RequestLookups lookups() {
    return lookups;
  }

  /**
   * Encodes rows as this export's graph does.
   *
   * @throws IllegalStateException if the model is closed
   */
  RowEncoder encoder() {
    checkOpen();
    return graph.encoder();
  }

  @Override
  public void close() {
    closed = true;
    try {
      lookups.close();
    } finally {
      end.run();
    }
  }
}
