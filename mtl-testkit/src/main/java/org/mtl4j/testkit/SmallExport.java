package org.mtl4j.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.export.ExportRequest;
import org.mtl4j.core.export.ModelExporter;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.graph.Sessions;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.tensorflow.SavedModelBundle;

/** Exports of untrained models, over a {@link SmallProblem} say, and raw rows for them. */
public final class SmallExport {
  /** What the manifest calls the model. */
  public static final String NAME = "small";

  /** The seed of the first values of what is exported. */
  public static final long SEED = 5;

  private static final int REPLAY_ROWS = 16;
  private static final int VALUES = 20;

  private SmallExport() {}

  /** n random rows as users write them; one value in ten is missing. */
  public static List<Map<String, Object>> rows(int n, Random random) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < n; r++) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (String column : List.of("user", "hour", "item", "last_item")) {
        row.put(column, random.nextInt(10) == 0 ? "" : column + random.nextInt(VALUES));
      }
      for (String column : List.of("age", "price")) {
        row.put(column, random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian());
      }
      row.put("tags", tags(random));
      rows.add(row);
    }
    return rows;
  }

  /** None to four, one more than the problem keeps. */
  private static String tags(Random random) {
    return random
        .ints(random.nextInt(5), 0, VALUES)
        .mapToObj(tag -> "tag" + tag)
        .collect(Collectors.joining("|"));
  }

  /** Rows as one block. */
  public static RawBatch batch(List<Map<String, Object>> rows) {
    try (RawCursor cursor = BatchSource.of(rows).open()) {
      return cursor.next(rows.size()).orElseThrow();
    }
  }

  /**
   * Exports a model with its first values, after a replay of random rows.
   *
   * @param target the folder to make
   */
  public static ModelManifest write(SmallProblem problem, MultiTaskModel model, Path target) {
    return write(problem.trainer(model, SEED), batch(rows(REPLAY_ROWS, new Random(SEED))), target);
  }

  /** The same of a model whose rows got columns by an id. */
  public static ModelManifest write(
      SmallProblem problem, MultiTaskModel model, List<LookupSpec> lookups, Path target) {
    return write(
        problem.trainer(model, SEED), batch(rows(REPLAY_ROWS, new Random(SEED))), lookups, target);
  }

  /**
   * Exports the first values of what a specification describes, after a replay of the rows.
   *
   * @param target the folder to make
   */
  public static ModelManifest write(TrainerSpec spec, RawBatch replay, Path target) {
    return write(spec, replay, List.of(), target);
  }

  /** The same of a model whose rows got columns by an id. */
  public static ModelManifest write(
      TrainerSpec spec, RawBatch replay, List<LookupSpec> lookups, Path target) {
    try (TrainingSession session = new TrainingSession(spec)) {
      return write(session, replay, lookups, target);
    }
  }

  /**
   * Exports what a session has learnt, after a replay of the rows.
   *
   * @param target the folder to make
   */
  public static ModelManifest write(TrainingSession session, RawBatch replay, Path target) {
    return write(session, replay, List.of(), target);
  }

  private static ModelManifest write(
      TrainingSession session, RawBatch replay, List<LookupSpec> lookups, Path target) {
    TrainerSpec spec = session.spec();
    ExportRequest.Replay expected =
        new ExportRequest.Replay(replay, session.predict(encode(spec.pipeline(), replay)));
    return ModelExporter.export(
        new ExportRequest(
            new ExportRequest.Origin(NAME, Map.of("seed", "5"), lookups),
            spec,
            session.state(),
            expected),
        target);
  }

  /** The names of an export's variables, in the order of its graph. */
  public static List<String> variables(Path export) {
    List<String> names = new ArrayList<>();
    try (SavedModelBundle bundle = Sessions.load(export)) {
      bundle
          .graph()
          .operations()
          .forEachRemaining(
              operation -> {
                if (operation.type().equals("VarHandleOp")) {
                  names.add(operation.name());
                }
              });
    }
    return names;
  }

  /** Rows as training takes them, without labels. */
  public static EncodedRows encode(FeaturePipeline pipeline, RawBatch rows) {
    EncodedFeatures encoded = pipeline.encodeServed(rows);
    return new EncodedRows(
        encoded.rowCount(), encoded.ids(), encoded.dense(), Map.of(), Optional.empty());
  }
}
