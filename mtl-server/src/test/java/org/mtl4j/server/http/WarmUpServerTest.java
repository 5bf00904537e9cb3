package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.core.file.TfRecord;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.model.BackOff;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.wiring.ModelServer;
import org.mtl4j.server.wiring.ServerSettings;
import org.mtl4j.testkit.HalfPlusTwo;
import tensorflow.serving.Predict;

/** Warm-up files of versions that a running server comes to, made by the stock client's classes. */
class WarmUpServerTest {
  @TempDir private static Path folder;
  private static ModelServer server;
  private static StockClient client;

  @BeforeAll
  static void start() {
    ServerSettings usual = ServerSettings.of(List.of());
    ServerOptions network = usual.network();
    server =
        ModelServer.start(
            new ServerSettings(
                List.of(),
                new ServerOptions(
                    new ServerOptions.Address("127.0.0.1", 0, 0),
                    network.limits(),
                    network.timeout(),
                    network.shutdown(),
                    Optional.of(folder)),
                usual.compute(),
                new Models.Options(Duration.ZERO, BackOff.DEFAULT, InstantSource.system()),
                usual.operating()));
    client = new StockClient(server.grpcPort());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  /** A request for x = 1 and 2, or for an input that there is not. */
  private static byte[] record(String input) {
    Predict.PredictRequest request =
        StockClient.predictRequest(
            ("model_spec { name: 'whatever' } inputs { key: '%s' value { dtype: DT_FLOAT"
                    + " tensor_shape { dim { size: 2 } } float_val: 1 float_val: 2 } }")
                .formatted(input));
    // PredictionLog: predict_log = 6, whose request = 1.
    byte[] log = field(6, field(1, request.toByteArray()));
    return TfRecord.framed(log);
  }

  private static byte[] field(int number, byte[] content) {
    assertThat(content.length).isLessThan(128);
    byte[] field = new byte[content.length + 2];
    field[0] = (byte) (number << 3 | 2);
    field[1] = (byte) content.length;
    System.arraycopy(content, 0, field, 2, content.length);
    return field;
  }

  private static void warmUp(Path version, int records, byte[] record) throws IOException {
    Path file = version.resolve("assets.extra/tf_serving_warmup_requests");
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < records; i++) {
        out.write(record);
      }
    }
  }

  private static String answer(String model) {
    return StockClient.said(
        () -> {
          Predict.PredictResponse reply =
              client
                  .prediction()
                  .predict(
                      StockClient.predictRequest(
                          "model_spec { name: '%s' } inputs { key: 'x' value { dtype: DT_FLOAT"
                                  .formatted(model)
                              + " tensor_shape { dim { size: 1 } } float_val: 0.1 } }"));
          return reply.getModelSpec().getVersion().getValue()
              + " "
              + reply.getOutputsOrThrow("y").getFloatValList();
        });
  }

  private static void serve(String... names) {
    server
        .models()
        .configure(
            List.of(names).stream()
                .map(name -> ServedModel.latest(name, folder.resolve(name)))
                .toList());
  }

  @Test
  void aThousandRecordsChangeNothingThatIsAnswered() throws IOException {
    HalfPlusTwo.write(folder.resolve("cold/1"));
    HalfPlusTwo.write(folder.resolve("warm/1"));
    warmUp(folder.resolve("warm/1"), 1_000, record("x"));
    serve("cold", "warm");
    assertThat(answer("warm")).isEqualTo(answer("cold")).isEqualTo("1 [2.05]");
    assertThat(client.status("warm")).isEqualTo("1 AVAILABLE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"one too many", "another input", "cut off", "damaged"})
  void aVersionWhoseFileIsBrokenTakesNothingAwayAndSaysWhy(String how) throws IOException {
    String name = how.replace(' ', '-');
    Path base = folder.resolve(name);
    HalfPlusTwo.write(base.resolve("1"));
    serve(name);
    assertThat(answer(name)).isEqualTo("1 [2.05]");
    HalfPlusTwo.write(base.resolve("2"), 3);
    byte[] record = record(how.equals("another input") ? "z" : "x");
    if (how.equals("damaged")) {
      record[record.length - 6] ^= 1;
    }
    warmUp(base.resolve("2"), how.equals("one too many") ? 1_001 : 1, record);
    if (how.equals("cut off")) {
      Path file = base.resolve("2/assets.extra/tf_serving_warmup_requests");
      Files.write(file, Arrays.copyOf(record, record.length - 1));
    }
    serve(name);
    serve(name);
    assertThat(answer(name)).isEqualTo("1 [2.05]");
    Map<Long, String> states = new TreeMap<>();
    server
        .models()
        .status(ModelAddress.latest(name))
        .forEach(status -> states.put(status.version(), status.state() + " " + status.message()));
    assertThat(states).containsEntry(1L, "AVAILABLE ");
    assertThat(states.get(2L)).startsWith("END ").contains("record");
    Files.delete(base.resolve("2/assets.extra/tf_serving_warmup_requests"));
    serve(name);
    serve(name);
    assertThat(answer(name)).isEqualTo("2 [3.05]");
  }
}
