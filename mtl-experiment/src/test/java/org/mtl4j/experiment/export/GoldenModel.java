package org.mtl4j.experiment.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.export.ExportRequest;
import org.mtl4j.core.export.ModelExporter;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.esmm.Esmm;

/**
 * A small model with every kind of input, transform and output, at its first values, which depend
 * on the seed alone: whoever exports it gets the same numbers on any machine.
 */
final class GoldenModel {
  private GoldenModel() {}

  static FeaturePipeline pipeline() {
    Vocabulary colours =
        new Vocabulary(
            List.of(
                "red",
                "green",
                "grün \"x\"",
                "two\nlines",
                "back\\slash",
                "cr\rhere",
                " x ",
                "\nbreak",
                "nul\0here",
                "tab\t",
                "🎬",
                "half \ufffd",
                "\ufeffbom"));
    Vocabulary plain =
        new Vocabulary(
            List.of(
                "a", "b\\n", "7", "# a", "'", "\u2028", "9007199254740993", "nul\0", "z ", "?"));
    Vocabulary nothing = new Vocabulary(List.of());
    return new FeaturePipeline(
        List.of(
            new FittedCategorical(
                categorical("colour", 4, new CategoricalFeature.Learnt(1)), Optional.of(colours)),
            numeric("age", NumericTransform.STANDARDIZE, true, new float[] {40, 40, 0.1f}),
            new FittedCategorical(
                categorical("code", 3, new CategoricalFeature.Learnt(1)), Optional.of(plain)),
            new FittedCategorical(
                categorical("rare", 3, new CategoricalFeature.Learnt(9)), Optional.of(nothing)),
            new FittedCategorical(
                categorical("page", 4, new CategoricalFeature.Hashed(50)), Optional.empty()),
            numeric("price", NumericTransform.LOG1P, false, new float[] {20, 2, 0.7f}),
            numeric("share", NumericTransform.MINMAX, false, new float[] {0.3f, 0.1f, 1.25f})));
  }

  private static CategoricalFeature categorical(
      String name, int dim, CategoricalFeature.IdRule ids) {
    return new CategoricalFeature(name, name, Optional.empty(), name, dim, ids);
  }

  private static FittedNumeric numeric(
      String name, NumericTransform transform, boolean indicator, float[] fitted) {
    return new FittedNumeric(
        new NumericFeature(name, name, Optional.empty(), transform, indicator),
        fitted[0],
        fitted[1],
        fitted[2]);
  }

  private static FittedTask task(String name, TaskType type, LabelEncoding encoding) {
    return new FittedTask(
        new Task(name, type, Expression.parse(name), SampleSpace.everywhere(), Optional.empty(), 1),
        encoding);
  }

  static TrainerSpec spec() {
    TaskType binary = new TaskType.Binary(List.of());
    LabelEncoding indicator = new LabelEncoding.Indicator();
    return new TrainerSpec(
        pipeline(),
        List.of(
            task("click", binary, indicator),
            task("buy", binary, indicator),
            task(
                "genre",
                new TaskType.Multiclass(),
                new LabelEncoding.Classes(List.of("x", "y", "z"))),
            task(
                "rating",
                new TaskType.Regression(new RegressionLoss.Mse()),
                new LabelEncoding.Scale(3.5, 1.2))),
        new Esmm(List.of("click", "buy"), List.of(8), 0),
        new TrainerSpec.Updates(
            new StaticWeights(), new Adam(1e-3, 0.9, 0.999, 1e-7), new Adagrad(0.1, 0.1, 1e-7)),
        new TrainerSpec.Execution(new Seed(11), FloatType.FLOAT32, 1, MatrixProducts.SEPARATE));
  }

  /** Rows with known, unknown, missing, escaped, long and non-ASCII values. */
  static List<Map<String, Object>> rows() {
    return List.of(
        row("red", 31.0, "a", "/home", 19.99, 0.5),
        row("grün \"x\"", null, "b\\n", "/größe?x=1&y=2", 0.0, null),
        row("two\nlines", -3.5, "b\n", "", -12.5, 1.5),
        row("back\\slash", 1e6, "7", "/".repeat(500), null, -2.0),
        row("cr\rhere", 40.0, "unknown", "日本語", 3e5, 0.1),
        row(" x ", 0.25, null, "x", 1e-3, 0.9),
        row(null, 77.0, "", null, 2.0, 0.0),
        row("Red", 18.0, "back\\\\slash", "two\\nlines", 7.0, 0.333),
        row("\nbreak", 1e-40, "9007199254740993", "nul\0", -0.0, 1e-38),
        row("nul\0here", 16777217.0, "9007199254740992", "m".repeat(1 << 20), 1e-45, -1e-40),
        row("nul", 0.12345678901234566, "# a", "🎬", 6.389056, 0.1),
        row("half \ud83c", 40.0, "'", "\udfac", 6.389057, 0.09999999),
        row("🎬", -1e-3, "\u2028", "tab\t", 1e9, 3.3),
        row("tab\t", 2.0, "nul\0", "\r\nx", -1e9, -3.3),
        row("tab", 2.0, "z ", "\ufeff", 0.5, 0.5),
        row("\ufeffbom", 2.0, "?", "?", 0.5, 0.5),
        row("\\n", 2.0, "z", "e\u0301", 0.5, 0.5));
  }

  private static Map<String, Object> row(
      String colour, Double age, String code, String page, Double price, Double share) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("colour", colour);
    row.put("age", age);
    row.put("code", code);
    row.put("rare", page);
    row.put("page", page);
    row.put("price", price);
    row.put("share", share);
    return row;
  }

  /** Exports the model, certificate included. */
  static void export(Path target) {
    TrainerSpec spec = spec();
    try (TrainingSession session = new TrainingSession(spec);
        RawCursor cursor = BatchSource.of(rows()).open()) {
      RawBatch batch = cursor.next(rows().size()).orElseThrow();
      EncodedFeatures encoded = spec.pipeline().encode(batch);
      EncodedRows rows =
          new EncodedRows(
              encoded.rowCount(), encoded.ids(), encoded.dense(), Map.of(), Optional.empty());
      ModelExporter.export(
          new ExportRequest(
              ExportRequest.Origin.of("golden", Map.of("seed", "11")),
              spec,
              session.state(),
              new ExportRequest.Replay(batch, session.predict(rows))),
          target);
    }
  }
}
