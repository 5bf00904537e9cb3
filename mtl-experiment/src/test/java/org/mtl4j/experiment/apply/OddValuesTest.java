package org.mtl4j.experiment.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;
import org.mtl4j.data.source.CsvWriter;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.testkit.RandomRawValues;
import org.mtl4j.testkit.TestSeed;

/**
 * A model trained on a file of values as bad as they come predicts the same for the file and for a
 * Java program that holds the same values.
 */
class OddValuesTest {
  private static final int ROWS = 10_000;

  /** Blocks as predict takes them: their size may change a float's last digit. */
  private static final int BLOCK = 4096;

  private static final List<String> COLUMNS =
      List.of("word", "page", "id", "age", "price", "share", "liked");

  @TempDir Path folder;

  private final ExperimentService service = MtlServices.standard();
  private final Random random = TestSeed.random();
  private final RandomRawValues odd = new RandomRawValues(random);

  @Test
  void fileAndJavaCallerOfTheSameValuesGetTheSamePredictions() {
    List<Map<String, Object>> rows = rows();
    Path data = folder.resolve("data.csv");
    write(rows, data);
    Run run = train(data);
    Path output = folder.resolve("predictions.csv");
    List<KeptColumn> kept = List.of(new KeptColumn("word", "word"), new KeptColumn("id", "id"));
    assertThat(
            new PredictionFile(ServedModel.of(run, service), kept)
                .write(List.of(data.toString()), output)
                .rows())
        .isEqualTo(ROWS);
    try (MtlModel model = run.model();
        RawCursor predictions = new CsvSource(CsvConfig.of(output.toString())).open()) {
      for (int first = 0; first < ROWS; first += BLOCK) {
        List<Map<String, Object>> block = rows.subList(first, Math.min(first + BLOCK, ROWS));
        assertSame(predictions.next(BLOCK).orElseThrow(), block, model.predict(block));
      }
      assertThat(predictions.next(1)).isEmpty();
    }
  }

  private static void assertSame(
      RawBatch file, List<Map<String, Object>> rows, List<Map<String, float[]>> expected) {
    assertThat(file.columns().names()).containsExactly("row", "word", "id", "liked");
    assertThat(file.rowCount()).isEqualTo(rows.size());
    for (int r = 0; r < rows.size(); r++) {
      String what = "record %d, seed %d".formatted(file.record(r), TestSeed.value());
      assertThat(file.text(1, r)).as(what).isEqualTo(cell(rows.get(r).get("word")).orElse(null));
      assertThat(file.text(2, r)).as(what).isEqualTo(cell(rows.get(r).get("id")).orElse(null));
      assertThat(Float.parseFloat(file.text(3, r)))
          .as(what)
          .isEqualTo(expected.get(r).get("liked")[0])
          .isBetween(0f, 1f);
    }
  }

  private List<Map<String, Object>> rows() {
    List<String> known = List.copyOf(odd.tokens(80));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("word", r == 0 ? RandomRawValues.MEGABYTE : text(known));
      row.put("page", text(known));
      row.put("id", random.nextInt(9) == 0 ? null : (1L << 53) + random.nextInt(20));
      for (String column : List.of("age", "price", "share")) {
        row.put(column, odd.number());
      }
      row.put("liked", r % 3 == 0);
      rows.add(row);
    }
    return rows;
  }

  /** Not what the file calls missing: a program says that by null. */
  private String text(List<String> known) {
    String text = odd.value(known);
    return text != null && text.trim().equals("?") ? null : text;
  }

  /** A value as it stands in the file; empty for a missing one. */
  private static Optional<String> cell(Object value) {
    if (value == null || (value instanceof Double number && number.isNaN())) {
      return Optional.empty();
    }
    if (value instanceof Boolean flag) {
      return Optional.of(flag ? "1" : "0");
    }
    return Optional.of(UnicodeText.wellFormed(value.toString()))
        .filter(text -> !text.trim().isEmpty());
  }

  /** A missing value is empty there, or the marker. */
  private void write(List<Map<String, Object>> rows, Path file) {
    try (CsvWriter csv = CsvWriter.create(file, COLUMNS)) {
      for (Map<String, Object> row : rows) {
        List<String> cells = new ArrayList<>();
        row.values().forEach(v -> cells.add(cell(v).orElse(random.nextBoolean() ? "" : " ?")));
        csv.row(cells);
      }
      csv.commit();
    }
  }

  private Run train(Path data) {
    String yaml =
        """
        name: odd
        data:
          source: {type: csv, path: %s, missing: ["?"]}
        features:
          word: {type: categorical, dim: 4, min_count: 3}
          page: {type: categorical, dim: 4, hash_buckets: 50}
          id: {type: categorical, dim: 2}
          rare: {type: categorical, dim: 2, column: id, min_count: 100000}
          age: {type: numeric, indicator: true}
          price: {type: numeric, transform: log1p}
          share: {type: numeric, transform: minmax}
        tasks:
          liked: {type: binary, label: liked}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: []}
        training: {epochs: 1, batch_size: 512, threads: 1}
        """
            .formatted(data);
    return service.train(
        service.read(ConfigFile.parse(yaml, "odd.yaml")),
        TrainOptions.into(folder.resolve("run")),
        ExperimentListener.SILENT);
  }
}
