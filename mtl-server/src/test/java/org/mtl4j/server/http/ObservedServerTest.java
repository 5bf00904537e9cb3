package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.metric.ServerMetrics;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.trace.Api;
import org.mtl4j.server.trace.RequestEnd;
import tensorflow.serving.Model.ModelSpec;
import tensorflow.serving.Predict;
import tensorflow.serving.PredictionServiceGrpc;

/** What is seen of requests: metrics by the endpoint's text, ids, what listeners are told. */
class ObservedServerTest {
  private static final String MODEL = "/v1/models/half_plus_two";

  @TempDir private static Path base;
  private static final BlockingQueue<RequestEnd> ended = new LinkedBlockingQueue<>();
  private static ServerMetrics metrics;
  private static HalfPlusTwoServer server;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() {
    metrics = new ServerMetrics();
    server =
        HalfPlusTwoServer.start(
            base, new Operations(Optional.of(metrics), List.of(ended::add), Protection.NONE));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
    metrics.close();
  }

  @BeforeEach
  void forget() {
    ended.clear();
  }

  private static RequestEnd next() throws InterruptedException {
    RequestEnd end = ended.poll(60, TimeUnit.SECONDS);
    assertThat(end).isNotNull();
    return end;
  }

  /** The endpoint's samples by what stands before their value. */
  private static Map<String, Double> samples() throws InterruptedException {
    String reply = server.get("/monitoring/prometheus/metrics");
    next();
    assertThat(reply).startsWith("200 ");
    Map<String, Double> samples = new TreeMap<>();
    for (String line : reply.substring(4).lines().toList()) {
      if (!line.startsWith("#")) {
        int space = line.lastIndexOf(' ');
        samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
      }
    }
    return samples;
  }

  private static double value(Map<String, Double> samples, String sample) {
    return samples.getOrDefault(sample, 0.0);
  }

  @Test
  void metricsHaveTensorFlowServingsNamesAndCount() throws InterruptedException {
    Map<String, Double> before = samples();
    server.post(MODEL + ":predict", "{\"instances\": [1, 2, 80]}");
    server.post(MODEL + ":predict", "{\"instances\": []}");
    server.post("/v1/models/none:predict", "{\"instances\": [1]}");
    server.post("/v1/models/nothing:predict", "{\"instances\": [1]}");
    server.get(MODEL);
    for (int i = 0; i < 5; i++) {
      next();
    }
    Map<String, Double> after = samples();
    Map<String, Double> expected = new TreeMap<>();
    String ok = "{model_name=\"half_plus_two\",status=\"OK\"}";
    expected.put(":tensorflow:serving:request_count" + ok, 1.0);
    expected.put(
        ":tensorflow:serving:request_count{model_name=\"half_plus_two\",status=\"INVALID_ARGUMENT\"}",
        1.0);
    expected.put(
        ":tensorflow:serving:request_count{model_name=\"(unknown)\",status=\"NOT_FOUND\"}", 2.0);
    expected.put(
        ":tensorflow:serving:request_latency_count{API=\"Predict\",entrypoint=\"REST\",model_name=\"half_plus_two\"}",
        1.0);
    expected.put(
        ":tensorflow:serving:runtime_latency_count{API=\"Predict\",model_name=\"half_plus_two\",runtime=\"TF1\"}",
        1.0);
    expected.put(
        "mtl_server_requests_total{api=\"Predict\",code=\"OK\",entrypoint=\"REST\",model=\"half_plus_two\",signature=\"serving_default\",version=\"123\"}",
        1.0);
    expected.put(
        "mtl_server_request_rows_sum{model=\"half_plus_two\",signature=\"serving_default\",version=\"123\"}",
        3.0);
    expected.put(
        "mtl_server_task_rows_total{model=\"half_plus_two\",task=\"y\",version=\"123\"}", 3.0);
    String computed = "{model=\"half_plus_two\",signature=\"serving_default\",version=\"123\"}";
    expected.put("mtl_server_batch_requests_sum" + computed, 1.0);
    expected.put("mtl_server_batch_rows_sum" + computed, 3.0);
    expected.put("mtl_server_batch_duration_seconds_count" + computed, 1.0);
    expected.put("mtl_server_queue_wait_seconds_count" + computed, 1.0);
    expected.forEach(
        (sample, more) ->
            assertThat(value(after, sample) - value(before, sample)).as(sample).isEqualTo(more));
    assertThat(after.keySet()).noneMatch(sample -> sample.contains("nothing"));
    assertThat(after)
        .containsEntry(
            "mtl_server_model_version{model=\"half_plus_two\",state=\"AVAILABLE\",version=\"123\"}",
            1.0)
        .containsEntry("mtl_server_queue_length", 0.0)
        .containsEntry("mtl_server_model_load_seconds_count{model=\"half_plus_two\"}", 1.0)
        .containsKeys("process_start_time_seconds", "jvm_threads_live_threads");
  }

  @Test
  void histogramsHaveTensorFlowServingsBuckets() throws InterruptedException {
    server.post(MODEL + ":predict", "{\"instances\": [1]}");
    next();
    List<Double> bounds = new ArrayList<>();
    samples()
        .keySet()
        .forEach(
            sample -> {
              if (sample.startsWith(":tensorflow:serving:request_latency_bucket{")
                  && sample.contains("\"REST\"")) {
                String le = sample.replaceAll(".*le=\"([^\"]*)\".*", "$1");
                bounds.add(le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le));
              }
            });
    bounds.sort(null);
    assertThat(bounds).hasSize(34);
    for (int i = 0; i < 33; i++) {
      double bound = 10 * Math.pow(1.8, i);
      assertThat(bounds.get(i)).isBetween(bound * (1 - 5e-6), bound * (1 + 5e-6));
    }
  }

  @Test
  void requestsKeepTheirIdsOverRest() throws InterruptedException {
    for (String path : List.of(MODEL, "/v2/health/live", "/nowhere", "/v1/models/none")) {
      assertThat(id(server.request(path).header("x-request-id", "shop-1.a_B")))
          .isEqualTo("shop-1.a_B");
      assertThat(next().origin().id()).isEqualTo("shop-1.a_B");
      String made = id(server.request(path).header("x-request-id", "not allowed"));
      assertThat(made).hasSize(36);
      assertThat(next().origin().id()).isEqualTo(made);
    }
  }

  private static String id(HttpRequest.Builder request) {
    return server.reply(request).headers().firstValue("x-request-id").orElseThrow();
  }

  @Test
  void requestsKeepTheirIdsOverGrpcAndFailuresTheirCodes() throws InterruptedException {
    Metadata.Key<String> key = Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
    Metadata sent = new Metadata();
    sent.put(key, "grpc-7");
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    Channel with =
        ClientInterceptors.intercept(
            channel,
            MetadataUtils.newAttachHeadersInterceptor(sent),
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
    ModelSpec none = ModelSpec.newBuilder().setName("none").build();
    assertThatThrownBy(
            () ->
                PredictionServiceGrpc.newBlockingStub(with)
                    .predict(Predict.PredictRequest.newBuilder().setModelSpec(none).build()))
        .isInstanceOf(StatusRuntimeException.class);
    Metadata replied =
        headers.get() != null && headers.get().containsKey(key) ? headers.get() : trailers.get();
    assertThat(replied.get(key)).isEqualTo("grpc-7");
    RequestEnd end = next();
    assertThat(end.origin().id()).isEqualTo("grpc-7");
    assertThat(end.origin().entry()).isEqualTo(RequestEnd.Entry.GRPC);
    assertThat(end.api()).isEqualTo(Api.PREDICT);
    assertThat(end.outcome().code()).isEqualTo(StatusCode.NOT_FOUND);
    assertThat(end.target()).isEmpty();
  }

  @Test
  void aClientThatGoesIsNoFaultOfTheServers() throws Exception {
    for (boolean reset : new boolean[] {true, false}) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.restPort());
      String head =
          "POST " + MODEL + ":predict HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      if (reset) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
      assertThat(next().outcome().code()).as("reset: %s", reset).isEqualTo(StatusCode.CANCELLED);
    }
  }

  @Test
  void listenersAreToldWhatAnswered() throws InterruptedException {
    server.post(MODEL + "/labels/stable:predict?secret=1", "{\"instances\": [1, 2]}");
    RequestEnd end = next();
    assertThat(end.origin().path()).isEqualTo(MODEL + "/labels/stable:predict");
    assertThat(end.origin().remote()).isEqualTo("127.0.0.1");
    RequestEnd.Target target = end.target().orElseThrow();
    assertThat(target.model() + "@" + target.version()).isEqualTo("half_plus_two@123");
    assertThat(target.rows()).isEqualTo(2);
    assertThat(end.outcome().http()).isEqualTo(200);
    assertThat(end.outcome().bytes()).isEqualTo("{\"predictions\":[2.5,3.0]}".length());
    assertThat(end.outcome().computeNanos()).isPresent();
    // Nobody is somebody else by saying so.
    server.reply(
        server.request(MODEL).header("X-Forwarded-For", "10.9.8.7").header("Via", "1.1 a"));
    assertThat(next().origin().remote()).isEqualTo("127.0.0.1");
    server.post(MODEL + ":predict", "{\"signature_name\": \"no\", \"instances\": [1]}");
    assertThat(next().target().orElseThrow().signature()).isEmpty();
  }
}
