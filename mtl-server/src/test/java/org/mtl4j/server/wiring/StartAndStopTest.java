package org.mtl4j.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.http.Protection;
import org.mtl4j.server.http.ServerOptions;
import org.mtl4j.server.model.BackOff;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.Connections;
import org.mtl4j.server.security.TlsFiles;
import org.mtl4j.serving.feedback.FeedbackLog;
import org.mtl4j.serving.feedback.FeedbackSettings;

/**
 * Servers that are stopped, or cannot start, while a model loads. The model's file is a pipe that
 * nobody writes to, so that loading it does not end by itself, and what waits for it neither.
 */
@EnabledOnOs(OS.LINUX)
class StartAndStopTest {
  @TempDir private Path folder;
  private Path pipe;

  @BeforeEach
  void aModelThatNeverLoads() throws Exception {
    Path version = Files.createDirectories(folder.resolve("models/1"));
    pipe = version.resolve("saved_model.pb");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
  }

  private ServerSettings settings(int restPort, Duration drain, Protection protection) {
    ServerSettings usual =
        ServerSettings.of(List.of(ServedModel.latest("shop", folder.resolve("models"))));
    ServerOptions network = usual.network();
    return new ServerSettings(
        usual.models(),
        new ServerOptions(
            new ServerOptions.Address("127.0.0.1", restPort, 0),
            network.limits(),
            network.timeout(),
            new ServerOptions.Shutdown(drain, network.shutdown().most())),
        usual.compute(),
        new Models.Options(
            Duration.ZERO,
            BackOff.DEFAULT,
            InstantSource.system(),
            new Models.Waits(Duration.ofDays(1), Duration.ofMillis(1))),
        new ServerSettings.Operating(
            List.of(),
            protection,
            Optional.of(
                new ServerSettings.Feedback(
                    folder.resolve("feedback"), FeedbackSettings.DEFAULT, Optional.empty()))));
  }

  /** Nothing else than this process may have it open, or it would be refused. */
  private void assertThatTheFolderForFeedbackIsFree() {
    FeedbackLog.open(folder.resolve("feedback"), FeedbackSettings.DEFAULT, InstantSource.system())
        .close();
  }

  /** Lets the thread that reads the model end; for writing alone it would be waited for. */
  private void letLoadingFail() throws IOException {
    new RandomAccessFile(pipe.toFile(), "rw").close();
  }

  @Test
  void aServerThatStillLoadsStopsAllTheSame() throws Exception {
    ModelServer server = ModelServer.listen(settings(0, Duration.ofDays(1), Protection.NONE));
    assertThat(server.awaitLoaded(Duration.ofMillis(1))).isFalse();
    HttpResponse<String> reply =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.restPort() + "/v2/health/ready"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(reply.statusCode()).isEqualTo(503);
    server.close();
    assertThatTheFolderForFeedbackIsFree();
    letLoadingFail();
  }

  @Test
  void aPortThatIsTakenIsToldBeforeAnythingIsLoaded() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      ServerSettings settings = settings(taken.getLocalPort(), Duration.ofDays(1), Protection.NONE);
      assertThatThrownBy(() -> ModelServer.start(settings))
          .isInstanceOfSatisfying(
              MtlException.class,
              e -> assertThat(e.problems().get(0).code()).isEqualTo(ErrorCode.PORT_TAKEN))
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
      assertThat(folder.resolve("feedback")).doesNotExist();
    }
  }

  @Test
  void aCertificateThatThereIsNotLeavesNothingOpen() throws Exception {
    TlsFiles files =
        new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"), Optional.empty());
    ServerSettings settings =
        settings(
            0, Duration.ZERO, new Protection(Optional.of(files), Access.OPEN, Connections.DEFAULT));
    assertThatThrownBy(() -> ModelServer.start(settings))
        .isInstanceOfSatisfying(
            MtlException.class,
            e -> assertThat(e.problems().get(0).code()).isEqualTo(ErrorCode.FILE_MISSING));
    assertThatTheFolderForFeedbackIsFree();
    letLoadingFail();
  }
}
