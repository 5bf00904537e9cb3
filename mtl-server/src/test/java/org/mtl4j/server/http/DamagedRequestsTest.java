package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.protocol.serving.ClassificationRequest;
import org.mtl4j.protocol.serving.GetModelMetadataRequest;
import org.mtl4j.protocol.serving.GetModelStatusRequest;
import org.mtl4j.protocol.serving.Input;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.MultiInferenceRequest;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.serving.RegressionRequest;
import org.mtl4j.protocol.tensorflow.DataType;
import org.mtl4j.protocol.tensorflow.TensorProto;
import org.mtl4j.protocol.tensorflow.TensorShapeProto;
import org.mtl4j.server.fuzz.Damage;
import org.mtl4j.server.fuzz.Mutations;
import org.mtl4j.testkit.TestSeed;

/**
 * Damaged requests, many at a time, frames of gRPC among what is damaged: the server does not grow
 * by them, leaks none of Netty's buffers, and is never at fault. What single ones are told is
 * ServerFuzzTest's.
 */
@Tag("slow")
class DamagedRequestsTest {
  private static final String MODEL = "/v1/models/half_plus_two";
  private static final int AT_ONCE = 32;

  /** OK, and what a client is to blame for: never INTERNAL, UNKNOWN or DATA_LOSS. */
  private static final Set<String> GRPC = Set.of("0", "3", "5", "7", "8", "9", "11", "12");

  private static final List<String> JSON =
      List.of(
          "{\"instances\": [1, 2.5, 80]}",
          "{\"signature_name\": \"serving_default\", \"inputs\": {\"x\": [1, NaN]}}",
          "{\"signature_name\": \"text\", \"instances\": [{\"b64\": \"AP8H\"}, \"a\"]}",
          "{\"signature_name\": \"regress_x_to_y\", \"examples\": [{\"x\": 80.0}, {\"x\": [2.0]}]}");

  @TempDir private static Path base;
  private static HalfPlusTwoServer server;

  @BeforeAll
  static void start() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    LeakCounter.FOUND.clear();
    server = HalfPlusTwoServer.start(base);
  }

  @AfterAll
  static void stop() {
    server.close();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
  }

  /** A request, and how its reply is called. */
  private record Damaged(
      HttpRequest request, byte[] body, Function<AggregatedHttpResponse, String> code) {}

  @Test
  void twentyThousandOverTheWire() throws Exception {
    Random random = TestSeed.random();
    WebClient rest = WebClient.of("h1c://127.0.0.1:" + server.restPort());
    WebClient grpc = WebClient.of("h2c://127.0.0.1:" + server.grpcPort());
    run(rest, grpc, random, 4_000); // Pools and classes come with the first ones.
    Size before = Size.now();
    Map<String, Integer> codes = run(rest, grpc, random, 20_000);
    Size after = Size.now();
    assertThat(codes)
        .as("seed %d", TestSeed.value())
        .containsKeys("REST 200", "REST 400", "gRPC 0", "gRPC 3");
    assertThat(after.heap() - before.heap()).as("heap").isLessThan(16L << 20);
    assertThat(after.direct() - before.direct()).as("direct").isLessThan(16L << 20);
    assertThat(after.threads() - before.threads()).as("threads").isLessThan(8);
    assertThat(LeakCounter.FOUND).isEmpty();
    assertThat(server.post(MODEL + ":predict", JSON.get(0))).startsWith("200 ");
  }

  private record Size(long heap, long direct, int threads) {
    static Size now() {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      Runtime runtime = Runtime.getRuntime();
      return new Size(
          runtime.totalMemory() - runtime.freeMemory(),
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .filter(pool -> pool.getName().equals("direct"))
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum(),
          Thread.activeCount());
    }
  }

  private static Map<String, Integer> run(
      WebClient rest, WebClient grpc, Random random, int requests) throws InterruptedException {
    Map<String, Integer> codes = new TreeMap<>();
    Queue<String> faults = new ConcurrentLinkedQueue<>();
    Semaphore places = new Semaphore(AT_ONCE);
    for (int i = 0; i < requests; i++) {
      boolean json = i % 2 == 0;
      Damaged damaged = json ? json(random) : message(random);
      assertThat(places.tryAcquire(60, TimeUnit.SECONDS)).as("an answer in a minute").isTrue();
      var unused =
          (json ? rest : grpc)
              .execute(damaged.request())
              .aggregate()
              .handle(
                  (reply, failure) -> {
                    String code =
                        failure == null ? damaged.code().apply(reply) : "failed: " + failure;
                    synchronized (codes) {
                      codes.merge(code, 1, Integer::sum);
                    }
                    if (!isFine(code)) {
                      faults.add(
                          code
                              + " for "
                              + damaged.request().headers().path()
                              + " "
                              + Base64.getEncoder().encodeToString(damaged.body()));
                    }
                    places.release();
                    return code;
                  });
    }
    assertThat(places.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).isTrue();
    assertThat(faults).as("seed %d, %s", TestSeed.value(), codes).isEmpty();
    return codes;
  }

  private static boolean isFine(String code) {
    return code.startsWith("REST")
        ? code.matches("REST (200|4\\d\\d)")
        : code.startsWith("gRPC ") && GRPC.contains(code.substring(5));
  }

  private static Damaged json(Random random) {
    List<String> calls =
        List.of(
            ":predict", ":classify", ":regress", "/versions/123:predict", "/labels/stable:predict");
    String seed = JSON.get(random.nextInt(JSON.size()));
    byte[] body = new Mutations(random, Damage.ofText()).of(seed.getBytes(StandardCharsets.UTF_8));
    String path = MODEL + calls.get(random.nextInt(calls.size()));
    return new Damaged(
        HttpRequest.of(
            RequestHeaders.of(HttpMethod.POST, path, "content-type", "application/json"),
            HttpData.wrap(body)),
        body,
        reply -> "REST " + reply.status().code());
  }

  private static Damaged message(Random random) {
    ModelSpec spec = ModelSpec.newBuilder().setName("half_plus_two").build();
    TensorProto x =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(2)))
            .addFloatVal(1)
            .addFloatVal(2)
            .build();
    Map<String, Message> calls =
        Map.of(
            "PredictionService/Predict",
            PredictRequest.newBuilder()
                .setModelSpec(spec)
                .putInputs("x", x)
                .addOutputFilter("y")
                .build(),
            "PredictionService/Classify",
            ClassificationRequest.newBuilder()
                .setModelSpec(spec)
                .setInput(Input.getDefaultInstance())
                .build(),
            "PredictionService/Regress",
            RegressionRequest.newBuilder()
                .setModelSpec(spec)
                .setInput(Input.getDefaultInstance())
                .build(),
            "PredictionService/MultiInference",
            MultiInferenceRequest.newBuilder().setInput(Input.getDefaultInstance()).build(),
            "PredictionService/GetModelMetadata",
            GetModelMetadataRequest.newBuilder()
                .setModelSpec(spec)
                .addMetadataField("signature_def")
                .build(),
            "ModelService/GetModelStatus",
            GetModelStatusRequest.newBuilder().setModelSpec(spec).build());
    List<String> names = calls.keySet().stream().sorted().toList();
    String name = names.get(random.nextInt(names.size()));
    Message seed = calls.get(name);
    Mutations damage = new Mutations(random, Damage.ofMessages(seed));
    byte[] frame = frame(random, damage.of(seed.toByteArray()));
    return new Damaged(
        HttpRequest.of(
            RequestHeaders.of(
                HttpMethod.POST,
                "/tensorflow.serving." + name,
                "content-type",
                "application/grpc",
                "te",
                "trailers"),
            HttpData.wrap(frame)),
        frame,
        reply ->
            "gRPC "
                + reply.trailers().get("grpc-status", reply.headers().get("grpc-status", "none")));
  }

  /** A message's frame, damaged itself once in a while. */
  private static byte[] frame(Random random, byte[] message) {
    int length = random.nextInt(20) == 0 ? random.nextInt() : message.length;
    byte flags = (byte) (random.nextInt(20) == 0 ? random.nextInt(256) : 0);
    return ByteBuffer.allocate(5 + message.length).put(flags).putInt(length).put(message).array();
  }
}
