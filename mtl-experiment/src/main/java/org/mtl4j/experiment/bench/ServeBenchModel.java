package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.export.ExportRequest;
import org.mtl4j.core.export.ModelExporter;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/**
 * The model of the training benchmark as something to serve: an MMoE over categorical features with
 * vocabularies of strings, exported with its first values, and warm-up rows of known ids, frequent
 * ones more often.
 *
 * @param fields categorical features
 * @param vocabulary ids a feature
 * @param dim width of the tables
 */
public record ServeBenchModel(int fields, int vocabulary, int dim) {
  private static final int ROWS = 128;
  private static final TrainBenchConfig.Model MODEL =
      new TrainBenchConfig.Model(
          8,
          List.of(256, 128),
          List.of(64),
          2,
          new TrainBenchConfig.Step(MatrixProducts.SEPARATE, new StaticWeights()));

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is too small
   */
  public ServeBenchModel {
    config(fields, vocabulary, dim);
  }

  private static TrainBenchConfig config(int fields, int vocabulary, int dim) {
    return new TrainBenchConfig(fields, vocabulary, dim, ROWS, MODEL, 1);
  }

  /**
   * The export of one, for as long as somebody measures. Closing deletes it.
   *
   * @param version its folder
   */
  public record Made(Path version) implements AutoCloseable {
    /**
     * Deletes it.
     *
     * @throws MtlException IO if it cannot be deleted
     */
    @Override
    public void close() {
      try {
        Folders.delete(version.getParent());
      } catch (IOException e) {
        throw failure(version.getParent(), e);
      }
    }
  }

  /**
   * Exports it.
   *
   * @param parent where there is room for it
   * @throws MtlException IO if it cannot be written
   */
  public Made make(Path parent) {
    Made made;
    try {
      Folders.make(parent);
      made = new Made(Files.createTempDirectory(parent, "mtl-bench-model-").resolve("1"));
    } catch (IOException e) {
      throw failure(parent, e);
    }
    try {
      write(made.version());
      return made;
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  private static MtlException failure(Path path, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            path.toString(),
            "The benchmark's model cannot be kept there: " + e + ".",
            "Name a folder with room by --folder."),
        e);
  }

  private void write(Path version) {
    TrainerSpec spec = spec();
    RawBatch rows = rows(new Seed(1).random());
    EncodedFeatures encoded = spec.pipeline().encodeServed(rows);
    try (TrainingSession session = new TrainingSession(spec)) {
      ModelExporter.export(
          new ExportRequest(
              ExportRequest.Origin.of("bench", Map.of()),
              spec,
              session.state(),
              new ExportRequest.Replay(
                  rows,
                  session.predict(
                      new EncodedRows(
                          ROWS, encoded.ids(), encoded.dense(), Map.of(), Optional.empty())))),
          version);
    }
  }

  private TrainerSpec spec() {
    List<FittedFeature> features = new ArrayList<>();
    for (int f = 0; f < fields; f++) {
      String name = "field_" + f;
      CategoricalFeature feature =
          new CategoricalFeature(
              name, name, Optional.empty(), name, dim, new CategoricalFeature.Learnt(1));
      int field = f;
      Vocabulary ids =
          new Vocabulary(IntStream.range(0, vocabulary).mapToObj(id -> token(field, id)).toList());
      features.add(new FittedCategorical(feature, Optional.of(ids)));
    }
    return new TrainerSpec(
        new FeaturePipeline(features),
        new TrainBenchData(config(fields, vocabulary, dim)).tasks(),
        MODEL.mmoe(),
        new TrainerSpec.Updates(
            MODEL.step().balancing(),
            new Adam(1e-3, 0.9, 0.999, 1e-7),
            new Adagrad(0.01, 0.1, 1e-7)),
        new TrainerSpec.Execution(new Seed(7), FloatType.FLOAT32, 0, MODEL.step().products()));
  }

  private static String token(int field, int id) {
    return field + "_" + id;
  }

  private RawBatch rows(SplittableRandom random) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int f = 0; f < fields; f++) {
        row.put("field_" + f, token(f, (int) (vocabulary * Math.pow(random.nextDouble(), 3))));
      }
      rows.add(row);
    }
    try (RawCursor cursor = BatchSource.of(rows).open()) {
      return cursor.next(ROWS).orElseThrow();
    }
  }
}
