package org.mtl4j.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

class MtlModelTest {
  @TempDir Path folder;

  private Path export;

  @BeforeEach
  void export() {
    export = folder.resolve("1");
    SmallExport.write(SmallProblem.withFunnel("click"), new LinearModel(), export);
  }

  private static List<Map<String, Object>> rows(int n) {
    return SmallExport.rows(n, TestSeed.random());
  }

  @Test
  void everyRowGetsAProbabilityAnOutputOrOneAClass() {
    try (MtlModel model = MtlModel.load(export)) {
      List<Map<String, float[]>> found = model.predict(rows(7));
      assertThat(found).hasSize(7);
      for (Map<String, float[]> row : found) {
        assertThat(row).containsOnlyKeys("click", "genre", "rating");
        assertThat(row.get("click")).hasSize(1);
        assertThat(row.get("click")[0]).isBetween(0f, 1f);
        assertThat(row.get("rating")).hasSize(1);
        float[] classes = row.get("genre");
        assertThat(classes).hasSize(SmallProblem.GENRES);
        assertThat(classes[0] + classes[1] + classes[2]).isBetween(0.99999f, 1.00001f);
      }
    }
  }

  @Test
  void closedModelSaysWhichItIs() {
    MtlModel model = MtlModel.load(export);
    model.close();
    model.close();
    assertThatThrownBy(() -> model.predict(rows(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the model \"small\" is closed");
  }

  private static MtlException refused(Path export) {
    return catchThrowableOfType(MtlException.class, () -> MtlModel.load(export).close());
  }

  @Test
  void folderWithoutAnExportIsFileMissing() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    for (Path nothing : List.of(folder.resolve("none"), empty)) {
      MtlException failure = refused(nothing);
      assertThat(failure.code()).isEqualTo(ErrorCode.FILE_MISSING);
      assertThat(failure).hasMessageContaining(nothing.toString());
    }
  }

  @Test
  void damagedManifestIsAnInvalidExport() throws IOException {
    Path manifest = export.resolve("mtl4j.json");
    String whole = Files.readString(manifest);
    List<String> damaged =
        List.of(
            "",
            "null",
            "{}",
            "{\"format\": 1}",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"format\" : 1", "\"format\" : 2"));
    for (String text : damaged) {
      assertThat(text).isNotEqualTo(whole);
      Files.writeString(manifest, text);
      MtlException failure = refused(export);
      assertThat(failure.code()).as(text).isEqualTo(ErrorCode.EXPORT_INVALID);
      assertThat(failure).hasMessageContaining("mtl4j.json");
    }
  }

  @Test
  void damagedGraphOrVariablesAreAnInvalidExport() throws IOException {
    for (String name :
        List.of(
            "saved_model.pb",
            "variables/variables.index",
            "variables/variables.data-00000-of-00001")) {
      Path file = export.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      MtlException failure = refused(export);
      assertThat(failure).as(name).isNotNull();
      assertThat(failure.code()).as(name).isEqualTo(ErrorCode.EXPORT_INVALID);
      assertThat(failure).hasMessageContaining(export.toString());
      Files.write(file, whole);
    }
    MtlModel.load(export).close();
  }

  @Test
  void emptyGraphIsAnInvalidExport() throws IOException {
    Files.write(export.resolve("saved_model.pb"), new byte[0]);
    assertThat(refused(export).code()).isEqualTo(ErrorCode.EXPORT_INVALID);
  }

  @Test
  void missingColumnsAreNamedAllAtOnce() {
    List<Map<String, Object>> rows = rows(2);
    rows.forEach(row -> row.keySet().removeAll(List.of("hour", "price")));
    try (MtlModel model = MtlModel.load(export)) {
      MtlException failure = catchThrowableOfType(MtlException.class, () -> model.predict(rows));
      assertThat(failure.problems())
          .extracting(Problem::code)
          .containsExactly(ErrorCode.COLUMN_MISSING, ErrorCode.COLUMN_MISSING);
      assertThat(failure).hasMessageContaining("\"hour\"").hasMessageContaining("\"price\"");
    }
  }

  @Test
  void textInANumericColumnNamesColumnRowAndValue() {
    List<Map<String, Object>> rows = rows(3);
    rows.forEach(row -> row.put("age", "31"));
    rows.get(1).put("age", "old");
    try (MtlModel model = MtlModel.load(export)) {
      MtlException failure = catchThrowableOfType(MtlException.class, () -> model.predict(rows));
      assertThat(failure.code()).isEqualTo(ErrorCode.DATA_VALUE);
      assertThat(failure)
          .hasMessageContaining("row 1")
          .hasMessageContaining("\"age\"")
          .hasMessageContaining("\"old\"");
    }
  }

  @Test
  void twoThreadsPredictTheNumbersOfOne() throws Exception {
    RawBatch rows = SmallExport.batch(rows(200));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (MtlModel model = MtlModel.load(export)) {
      float[] expected = model.predict(rows).values().get("click");
      List<Future<Predictions>> found = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        found.add(threads.submit(() -> model.predict(rows)));
      }
      for (Future<Predictions> predictions : found) {
        assertThat(predictions.get().values().get("click"))
            .as("seed %d", TestSeed.value())
            .isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void modelRecommendsItsHighestScores() {
    List<Map<String, Object>> items = rows(30);
    items.forEach(item -> item.keySet().retainAll(List.of("item", "price")));
    Map<String, Object> user = rows(1).get(0);
    user.keySet().removeAll(List.of("item", "price"));
    List<Map<String, Object>> joined = new ArrayList<>();
    for (Map<String, Object> item : items) {
      Map<String, Object> row = new HashMap<>(user);
      row.putAll(item);
      joined.add(row);
    }
    try (MtlModel model = MtlModel.load(export)) {
      double highest =
          model.predict(joined).stream()
              .mapToDouble(row -> row.get("click")[0])
              .max()
              .orElseThrow();
      var best = model.recommend(user, BatchSource.of(items), "click", 3);
      assertThat(best).hasSize(3);
      assertThat(Math.abs(best.get(0).score() - highest)).isLessThan(1e-6);
      assertThat(best.get(0).scores()).containsOnlyKeys("click", "rating");
    }
  }
}
