package org.mtl4j.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.testkit.Folders;
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
            whole.replace("\"format\" : 2", "\"format\" : 1"),
            whole.replace("\"largestDifference\"", "\"smallestDifference\""),
            whole.replace("P(click)", "P(purchase)"),
            whole.replaceFirst("\"bytes\" : ", "\"bytes\" : 1"),
            whole.replaceFirst(",\\s*\"sha256\" : \"[0-9a-f]*\"\\s*}$", "}"));
    for (String text : damaged) {
      assertThat(text).isNotEqualTo(whole);
      Files.writeString(manifest, text);
      MtlException failure = refused(export);
      assertThat(failure.code()).as(text).isEqualTo(ErrorCode.EXPORT_INVALID);
      assertThat(failure).hasMessageContaining("mtl4j.json");
    }
  }

  /** TensorFlow itself would load several of these without a word. */
  @Test
  void aFileThatWasCutOffChangedOrRemovedIsNamed() throws IOException {
    Random random = TestSeed.random();
    for (String name : ManifestFile.read(export).files().keySet()) {
      Path file = export.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      assertNamed(file, "expected %d bytes, found %d".formatted(whole.length, whole.length / 2));
      byte[] flipped = whole.clone();
      flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      Files.write(file, flipped);
      assertNamed(file, "changed after the export: expected the SHA-256");
      Files.delete(file);
      assertNamed(file, "Expected this file of the export, found none.");
      Files.write(file, whole);
    }
    MtlModel.load(export).close();
  }

  private void assertNamed(Path file, String said) {
    MtlException failure = refused(export);
    assertThat(failure).as("%s, seed %d", file, TestSeed.value()).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.EXPORT_INVALID);
    assertThat(failure.problems()).hasSize(1);
    assertThat(failure.problems().get(0).where()).isEqualTo(file.toString());
    assertThat(failure).hasMessageContaining(said).hasMessageContaining("mtl export");
  }

  @Test
  void everyFileOfTheExportIsCovered() throws IOException {
    Set<String> files = new TreeSet<>(Folders.content(export).keySet());
    assertThat(files.remove("mtl4j.json")).isTrue();
    assertThat(ManifestFile.read(export).files().keySet())
        .isEqualTo(files)
        .contains("saved_model.pb", "variables/variables.index");
  }

  /** Sums by another program, that of the system. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theSumsAreThoseOfTheSystem() throws Exception {
    for (Map.Entry<String, ModelManifest.FileSum> file :
        ManifestFile.read(export).files().entrySet()) {
      Process process =
          new ProcessBuilder("sha256sum", export.resolve(file.getKey()).toString()).start();
      String sum = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      assertThat(sum).startsWith(file.getValue().sha256() + " ");
    }
  }

  @Test
  void filesThatOthersPutBesideAreNoneOfOurBusiness() throws IOException {
    Files.writeString(export.resolve("NOTES.txt"), "deployed on Monday");
    MtlModel.load(export).close();
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
