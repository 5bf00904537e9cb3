package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Messages with a length that is no int any more when it is added to where it stands. Read from
 * native memory they end the process, which is this one: the test then has no result.
 */
class OverflowingLengthTest {
  private static final String LONGEST = "ffffffff07";

  @TempDir private static Path base;
  private static HalfPlusTwoServer server;

  @BeforeAll
  static void start() {
    server = HalfPlusTwoServer.start(base);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    // inputs, value, float_val
    "tensorflow.serving.PredictionService/Predict, 12 0c 12 0a 2a L 0000803f",
    // input, example_list, examples, features, feature, value, float_list, value
    "tensorflow.serving.PredictionService/Regress, 12 12 0a 10 0a 0e 0a 0c 0a 0a 12 08 12 06 0a L",
    // model_spec, version
    "tensorflow.serving.ModelService/GetModelStatus, 0a 06 12 L",
    "tensorflow.serving.ModelService/HandleReloadConfigRequest, 0a L",
    "mtl4j.RankingService/Recommend, 0a L",
    "grpc.health.v1.Health/Check, 0a L"
  })
  void isInvalid(String method, String message) {
    byte[] bytes = HexFormat.of().parseHex(message.replace(" ", "").replace("L", LONGEST));
    WebClient client = WebClient.of("h2c://127.0.0.1:" + server.grpcPort());
    AggregatedHttpResponse reply =
        client
            .execute(
                RequestHeaders.of(
                    HttpMethod.POST,
                    "/" + method,
                    "content-type",
                    "application/grpc",
                    "te",
                    "trailers"),
                HttpData.wrap(
                    ByteBuffer.allocate(5 + bytes.length)
                        .put((byte) 0)
                        .putInt(bytes.length)
                        .put(bytes)
                        .array()))
            .aggregate()
            .join();
    assertThat(reply.trailers().get("grpc-status", reply.headers().get("grpc-status", "none")))
        .as("INVALID_ARGUMENT")
        .isEqualTo("3");
  }
}
