package org.mtl4j.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.file.TfRecord;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.PredictLog;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.serving.PredictionLog;
import org.mtl4j.server.grpc.TensorWriter;
import org.mtl4j.server.version.VersionFolder;
import org.mtl4j.server.warmup.WarmUpFile;
import org.mtl4j.server.watch.WatchRules;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.HalfPlusTwo;

/** Loading with a warm-up, and what keeps a version from being served. */
class SavedModelLoaderTest {
  private static final SavedModelLoader LOADER = loader(SavedModelLoader.Batching.AUTO);

  @TempDir private Path folder;

  private static SavedModelLoader loader(SavedModelLoader.Batching batching) {
    return new SavedModelLoader(
        new SavedModelLoader.Options(batching, Recommending.NONE, WatchRules.DEFAULT, false),
        (path, nanos, succeeded) -> {});
  }

  @BeforeEach
  void write() {
    HalfPlusTwo.write(folder.resolve("1"));
  }

  private Servable load() {
    return LOADER.load("half", new VersionFolder(1, folder.resolve("1"), ""));
  }

  private void warmUpWith(String signature, String input) throws IOException {
    PredictRequest request =
        PredictRequest.newBuilder()
            .setModelSpec(ModelSpec.newBuilder().setName("other").setSignatureName(signature))
            .putInputs(input, TensorWriter.write(TensorValue.floats(1, 2)))
            .build();
    byte[] log =
        PredictionLog.newBuilder()
            .setPredictLog(PredictLog.newBuilder().setRequest(request))
            .build()
            .toByteArray();
    Path file = new WarmUpFile(folder.resolve("1")).path();
    Files.createDirectories(file.getParent());
    Files.write(file, TfRecord.framed(log));
  }

  @Test
  void aVersionAnswersItsWarmUpRequestsFirst() throws IOException {
    load().close();
    warmUpWith("serving_default", "x");
    try (Servable servable = load()) {
      assertThat(servable.signatures()).containsKey("serving_default");
      assertThat(servable.manifest()).isEmpty();
      assertThat(servable.computation("serving_default").byRows()).isFalse();
    }
    try (Servable servable =
        loader(SavedModelLoader.Batching.ON)
            .load("half", new VersionFolder(1, folder.resolve("1"), ""))) {
      assertThat(servable.computation("serving_default").byRows()).isTrue();
      assertThat(servable.computation("text").byRows()).isFalse(); // of any shape
    }
  }

  /** A name a version would make the metrics grow for as long as the server runs. */
  @Test
  void warmUpsAreToldByTheModelsFolder() {
    List<String> told = new ArrayList<>();
    new SavedModelLoader(
            SavedModelLoader.Options.DEFAULT,
            (path, nanos, succeeded) -> told.add(path + " " + succeeded))
        .load("half", new VersionFolder(1, folder.resolve("1"), ""))
        .close();
    assertThat(told).containsExactly(folder + " true");
  }

  @Test
  void aWarmUpRequestThatTheModelDoesNotTakeKeepsItFromBeingServed() throws IOException {
    warmUpWith("serving_default", "z");
    assertThatThrownBy(this::load)
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("record 1")
        .hasMessageContaining("inputs: expected some of [x], found [z]");
    warmUpWith("none", "x");
    assertThatThrownBy(this::load).hasMessageContaining("found \"none\"");
  }

  @Test
  void anExportWhoseManifestIsDamagedIsNotServed() throws IOException {
    Files.writeString(folder.resolve("1/mtl4j.json"), "{}");
    assertThatThrownBy(this::load).isInstanceOf(MtlException.class);
  }

  @Test
  void whereAManifestIsRequiredAnybodyElsesModelIsNotServed() {
    SavedModelLoader strict =
        new SavedModelLoader(
            new SavedModelLoader.Options(
                SavedModelLoader.Batching.AUTO, Recommending.NONE, WatchRules.DEFAULT, true),
            (path, nanos, succeeded) -> {});
    assertThatThrownBy(() -> strict.load("half", new VersionFolder(1, folder.resolve("1"), "")))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("mtl4j.json");
  }
}
