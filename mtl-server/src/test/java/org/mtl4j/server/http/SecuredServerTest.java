package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.metric.ServerMetrics;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.Connections;
import org.mtl4j.server.security.RateLimit;
import tensorflow.serving.GetModelStatus;
import tensorflow.serving.Model.ModelSpec;
import tensorflow.serving.ModelServiceGrpc;

/** Who is let in, and what everybody is shown. */
class SecuredServerTest {
  private static final String MODEL = "/v1/models/half_plus_two";
  private static final String ROWS = "{\"instances\": [1]}";
  private static final String METRICS = "/monitoring/prometheus/metrics";

  /** That of "abc". */
  private static final String HASH =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private static Path folder;

  private HalfPlusTwoServer start(Access access, Optional<ServerMetrics> metrics) {
    return HalfPlusTwoServer.start(
        folder.resolve("models"),
        new Operations(
            metrics, List.of(), new Protection(Optional.empty(), access, Connections.DEFAULT)));
  }

  private Access keys(boolean openMetrics) throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, "shop " + HASH + "\n");
    return new Access(Optional.of(file), openMetrics, Optional.empty());
  }

  @Test
  void onlyRequestsWithAKeyAreAnsweredAndProbesNeedNone() throws IOException {
    try (ServerMetrics metrics = new ServerMetrics();
        HalfPlusTwoServer server = start(keys(false), Optional.of(metrics))) {
      for (String path :
          List.of(
              MODEL,
              MODEL + "/metadata",
              METRICS,
              "/",
              "/v2/else",
              "//v2/health/../../v1/models/half_plus_two")) {
        assertThat(server.get(path)).as(path).matches("40[014] .*").doesNotContain("AVAILABLE");
        assertThat(server.send(server.request(path).header("X-API-Key", "abcd")))
            .as(path)
            .matches("40[014] .*");
      }
      assertThat(server.get(MODEL)).startsWith("401 {\"error\": ");
      assertThat(server.post(MODEL + ":predict", ROWS)).startsWith("401 {\"error\": ");
      HttpHeaders refused = server.reply(server.request(MODEL)).headers();
      assertThat(refused.firstValue("www-authenticate")).contains("Bearer");
      assertThat(refused.firstValue("x-request-id")).isPresent();
      assertThat(server.get("/v2/health/live")).startsWith("200 ");
      assertThat(server.get("/v2/health/ready")).startsWith("200 ");
      assertThat(server.get("/v2/models/half_plus_two/ready")).startsWith("200 ");
      assertThat(server.send(server.request(MODEL).header("X-API-Key", "abc"))).startsWith("200 ");
      assertThat(server.send(server.request(METRICS).header("X-API-Key", "abc")))
          .startsWith("200 ");
      for (String bearer : List.of("Bearer abc", "bearer  abc ")) {
        assertThat(server.send(server.request(MODEL).header("Authorization", bearer)))
            .startsWith("200 ");
      }
      for (String bearer : List.of("Basic abc", "abc", "Bearer", "Bearer " + HASH)) {
        assertThat(server.send(server.request(MODEL).header("Authorization", bearer)))
            .startsWith("401 ");
      }
    }
  }

  @Test
  @Tag("slow")
  void whoTriesKeysIsHeldUp() throws IOException {
    try (HalfPlusTwoServer server = start(keys(false), Optional.empty())) {
      String reply = "401 ";
      for (int i = 0; i < 1_000 && reply.startsWith("401 "); i++) {
        reply = server.send(server.request(MODEL).header("X-API-Key", "wrong" + i));
      }
      assertThat(reply).startsWith("429 {\"error\": \"Too many wrong keys");
      assertThat(server.get(MODEL)).startsWith("401 ");
    }
    try (HalfPlusTwoServer server = start(keys(false), Optional.empty())) {
      assertThat(server.send(server.request(MODEL).header("X-API-Key", "abc"))).startsWith("200 ");
      for (int i = 0; i < 50; i++) {
        assertThat(server.send(server.request(MODEL).header("X-API-Key", "wrong" + i)))
            .startsWith("401 ");
      }
      assertThat(server.send(server.request(MODEL).header("X-API-Key", "abc"))).startsWith("200 ");
    }
  }

  @Test
  @Tag("slow") // a server of its own takes seconds to stop
  void metricsMayNeedNoKey() throws IOException {
    try (ServerMetrics metrics = new ServerMetrics();
        HalfPlusTwoServer server = start(keys(true), Optional.of(metrics))) {
      assertThat(server.get(METRICS)).startsWith("200 ");
      assertThat(server.get(MODEL)).startsWith("401 ");
    }
  }

  @Test
  void grpcHasTheSameGate() throws IOException {
    try (HalfPlusTwoServer server = start(keys(false), Optional.empty())) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
      try {
        var models = ModelServiceGrpc.newBlockingStub(channel);
        var request =
            GetModelStatus.GetModelStatusRequest.newBuilder()
                .setModelSpec(ModelSpec.newBuilder().setName("half_plus_two"))
                .build();
        assertThatThrownBy(() -> models.getModelStatus(request))
            .isInstanceOfSatisfying(
                StatusRuntimeException.class,
                e -> {
                  assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
                  assertThat(e.getStatus().getDescription()).contains("with a key");
                });
        Metadata with = new Metadata();
        with.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer abc");
        assertThat(
                models
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(with))
                    .getModelStatus(request)
                    .getModelVersionStatusCount())
            .isEqualTo(1);
        assertThat(
                HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatusValue())
            .isEqualTo(1);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  @Tag("slow")
  void whoAsksTooOftenIsToldWhenToComeBack() {
    Access access = new Access(Optional.empty(), false, Optional.of(new RateLimit(0.000_01, 2)));
    try (HalfPlusTwoServer server = start(access, Optional.empty())) {
      assertThat(server.get(MODEL)).startsWith("200 ");
      assertThat(server.post(MODEL + ":predict", ROWS)).startsWith("200 ");
      var refused = server.reply(server.request(MODEL));
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).startsWith("{\"error\": ");
      assertThat(Long.parseLong(refused.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(90_000L, 100_000L);
      assertThat(server.get("/v2/health/ready")).startsWith("200 ");
    }
  }

  @Test
  @Tag("slow")
  void whatIsTooLargeOrTooDeepIsRefusedInJson() {
    ServerOptions small =
        new ServerOptions(
            ServerOptions.DEFAULT.address(),
            new RequestLimits(10_000, 100),
            ServerOptions.DEFAULT.timeout(),
            ServerOptions.DEFAULT.shutdown());
    try (HalfPlusTwoServer server =
        HalfPlusTwoServer.start(folder.resolve("models"), Operations.NONE, small)) {
      String many = "{\"instances\": [" + "1, ".repeat(10_000) + "1]}";
      assertThat(server.post(MODEL + ":predict", many)).startsWith("413 {\"error\": ");
      HttpRequest.BodyPublisher chunked =
          HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString(many));
      assertThat(server.send(server.request(MODEL + ":predict").POST(chunked)))
          .startsWith("413 {\"error\": ");
      assertThat(server.post(MODEL + ":predict", "{\"instances\": " + "[".repeat(9_000)))
          .startsWith("400 {\"error\": ");
      assertThat(server.send(server.request(MODEL).header("x-long", "a".repeat(20_000))))
          .startsWith("431 ");
      assertThat(server.get("/" + "a".repeat(20_000))).matches("4(14|31) .*");
      assertThat(server.post(MODEL + ":predict", ROWS)).startsWith("200 ");
    }
  }
}
