package org.mtl4j.server.warmup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.export.ExportRequest;
import org.mtl4j.core.export.ModelExporter;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.serving.model.SavedModel;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.Folders;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;
import tensorflow.serving.Predict.PredictRequest;

/**
 * The warm-up file that an export brings: read by classes of TensorFlow Serving's own definitions,
 * and answered by the export.
 */
class WarmUpExportTest {
  private static final String FILE = "assets.extra/tf_serving_warmup_requests";
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click").withLearntHours();

  @TempDir Path folder;

  private static ModelManifest write(RawBatch rows, int warmUpRows, Path target) {
    try (TrainingSession session =
        new TrainingSession(PROBLEM.trainer(new LinearModel(), SmallExport.SEED))) {
      return ModelExporter.export(
          new ExportRequest(
              ExportRequest.Origin.of("small", Map.of()),
              session.spec(),
              session.state(),
              new ExportRequest.Replay(
                  rows,
                  session.predict(SmallExport.encode(session.spec().pipeline(), rows)),
                  warmUpRows)),
          target);
    }
  }

  private static RawBatch rows(int n) {
    return SmallExport.batch(SmallExport.rows(n, new Random(3)));
  }

  private static List<PredictRequest> read(Path export) throws IOException {
    byte[] file = Files.readAllBytes(export.resolve(FILE));
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    List<PredictRequest> requests = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] record = new byte[Math.toIntExact(bytes.getLong())];
      bytes.getInt();
      bytes.get(record);
      bytes.getInt();
      records.add(record);
      ByteString log = only(ByteString.copyFrom(record), 6);
      requests.add(PredictRequest.parseFrom(only(log, 1).toByteArray()));
    }
    // With the checksums that this test's own arithmetic gives.
    assertThat(LogBytes.file(records.toArray(byte[][]::new))).isEqualTo(file);
    return requests;
  }

  /** What a message's only field holds. */
  private static ByteString only(ByteString message, int number) throws IOException {
    CodedInputStream input = message.newCodedInput();
    assertThat(input.readTag()).isEqualTo((number << 3) | 2);
    ByteString content = input.readBytes();
    assertThat(input.isAtEnd()).isTrue();
    return content;
  }

  private static long rows(PredictRequest request) {
    return request.getInputsMap().values().iterator().next().getTensorShape().getDim(0).getSize();
  }

  private static <T> List<T> each(List<PredictRequest> requests, Function<PredictRequest, T> part) {
    return requests.stream().map(part).toList();
  }

  @Test
  void eachSignatureHasARequestOfOneRowAndOneOfMany() throws IOException {
    ModelManifest manifest = write(rows(200), 128, folder.resolve("1"));
    List<PredictRequest> requests = read(folder.resolve("1"));
    assertThat(each(requests, request -> request.getModelSpec().getSignatureName()))
        .containsExactly(
            "serving_default", "serving_encoded", "serving_default", "serving_encoded");
    assertThat(each(requests, WarmUpExportTest::rows)).containsExactly(1L, 1L, 128L, 128L);
    assertThat(requests.get(0).getInputsMap())
        .containsOnlyKeys("user", "hour", "age", "item", "last_item", "price", "tags");
    assertThat(requests.get(1).getInputsMap()).containsOnlyKeys("ids", "dense");
    assertThat(manifest.files()).containsKey(FILE);
    ExportFiles.check(folder.resolve("1"), ManifestFile.read(folder.resolve("1")));
  }

  private static float[] values(TensorValue tensor) {
    float[] values = new float[tensor.shape().elements()];
    tensor.numbers().asFloatBuffer().get(values);
    return values;
  }

  /** Two ways through the graph, one of them with Java's transforms, and so the same numbers. */
  @Test
  void theExportAnswersAllOfThemAndEqualRowsAlike() {
    Path export = folder.resolve("1");
    write(rows(16), 128, export);
    List<SortedMap<String, TensorValue>> answers = new ArrayList<>();
    try (SavedModel model = SavedModel.load(export)) {
      int count =
          new WarmUpFile(export)
              .forEach(
                  request -> {
                    Signature signature = model.signatures().get(request.signature());
                    answers.add(
                        model.run(signature, request.inputs(), signature.outputs().keySet()));
                  });
      assertThat(count).isEqualTo(4);
    }
    for (int pair = 0; pair < 4; pair += 2) {
      SortedMap<String, TensorValue> encoded = answers.get(pair + 1);
      assertThat(answers.get(pair)).containsOnlyKeys("click", "genre", "rating");
      answers
          .get(pair)
          .forEach(
              (name, raw) ->
                  assertThat(values(raw))
                      .containsExactly(values(encoded.get(name)), within(1e-6f)));
    }
    assertThat(values(answers.get(2).get("click"))).hasSize(16);
  }

  /** A bucket of a hash knows no name, and neither does the file. */
  @Test
  void whatNoVocabularyOfTheExportKnowsIsNotInIt() throws IOException {
    Path export = folder.resolve("1");
    write(rows(200), 128, export);
    assertThat(read(export).get(2).getInputsMap().get("hour").getStringValList())
        .extracting(ByteString::toStringUtf8)
        .contains("", "hour2")
        .isSubsetOf("", "hour1", "hour2", "hour3");
    assertThat(Files.readString(export.resolve(FILE), ISO_8859_1))
        .doesNotContain("user1", "item1", "tag1", "hour4");
  }

  @Test
  void oneRowIsOneRequestASignatureAndNoRowIsNoFile() throws IOException {
    write(rows(16), 1, folder.resolve("one"));
    assertThat(each(read(folder.resolve("one")), WarmUpExportTest::rows)).containsExactly(1L, 1L);
    ModelManifest manifest = write(rows(16), 0, folder.resolve("none"));
    assertThat(manifest.files()).doesNotContainKey(FILE);
    assertThat(Folders.names(folder.resolve("none"))).doesNotContain("assets.extra");
  }

  @Test
  void equalRowsAndModelsHaveEqualFiles() throws IOException {
    write(rows(200), 128, folder.resolve("1"));
    write(rows(200), 128, folder.resolve("2"));
    assertThat(folder.resolve("1").resolve(FILE))
        .hasSameBinaryContentAs(folder.resolve("2").resolve(FILE));
  }
}
