package org.mtl4j.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.protocol.ranking.FeedbackRequest;
import org.mtl4j.protocol.ranking.Outcome;
import org.mtl4j.protocol.ranking.RankingServiceGrpc;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.http.Protection;
import org.mtl4j.server.http.ServerOptions;
import org.mtl4j.serving.feedback.FeedbackSettings;

/** Feedback that the disk does not take, over REST and gRPC. */
class FeedbackRoomTest {
  private static final String NO_ROOM =
      "Feedback cannot be written now: none of this was taken, send it again.";

  @TempDir private Path folder;

  /** Each file has one call's lines. */
  private ModelServer start() throws Exception {
    ServerSettings usual =
        ServerSettings.of(
            List.of(ServedModel.latest("shop", Files.createDirectory(folder.resolve("models")))));
    ServerOptions network = usual.network();
    FeedbackSettings small =
        new FeedbackSettings(
            1,
            FeedbackSettings.DEFAULT.fileAge(),
            new FeedbackSettings.Sync.Every(Duration.ofSeconds(1)),
            FeedbackSettings.DEFAULT.queue(),
            Optional.empty());
    return ModelServer.start(
        new ServerSettings(
            usual.models(),
            new ServerOptions(
                new ServerOptions.Address("127.0.0.1", 0, 0),
                network.limits(),
                network.timeout(),
                network.shutdown()),
            usual.compute(),
            usual.polling(),
            new ServerSettings.Operating(
                List.of(),
                Protection.NONE,
                Optional.of(
                    new ServerSettings.Feedback(
                        folder.resolve("feedback"), small, Optional.empty())))));
  }

  private static String post(ModelServer server, String id) throws Exception {
    HttpResponse<String> reply =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:" + server.restPort() + "/v1/models/shop:feedback"))
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            """
                            {"outcomes": [{"request_id": "%s", "item": "b7", "task": "click",
                              "value": 1}]}"""
                                .formatted(id)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return reply.statusCode() + " " + reply.body();
  }

  @Test
  void whatTheDiskDoesNotTakeIsUnavailableAndTakenOnceThereIsRoom() throws Exception {
    Path next = folder.resolve("feedback/feedback-00000002.jsonl");
    FeedbackRequest request =
        FeedbackRequest.newBuilder()
            .setModelSpec(ModelSpec.newBuilder().setName("shop"))
            .addOutcomes(
                Outcome.newBuilder()
                    .setRequestId("lost-2")
                    .setItem("b7")
                    .setTask("click")
                    .setValue(1))
            .build();
    try (ModelServer server = start()) {
      // A folder in the next file's place stands for a disk that takes no more.
      Files.createDirectory(next);
      assertThat(post(server, "first")).isEqualTo("200 {\"accepted\":1}");
      assertThat(post(server, "lost-1")).isEqualTo("503 {\"error\": \"" + NO_ROOM + "\"}");
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
      assertThatThrownBy(() -> RankingServiceGrpc.newBlockingStub(channel).feedback(request))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessage("UNAVAILABLE: " + NO_ROOM);
      channel.shutdownNow();
      Files.delete(next);
      assertThat(post(server, "second")).isEqualTo("200 {\"accepted\":1}");
    }
    assertThat(Files.readString(folder.resolve("feedback/feedback-00000001.jsonl")))
        .contains("\"first\"");
    assertThat(Files.readString(next)).contains("\"second\"").doesNotContain("lost");
  }
}
