package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.protocol.serving.ClassificationRequest;
import org.mtl4j.protocol.serving.GetModelMetadataRequest;
import org.mtl4j.protocol.serving.GetModelStatusRequest;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.tensorflow.DataType;
import org.mtl4j.protocol.tensorflow.TensorProto;
import org.mtl4j.protocol.tensorflow.TensorShapeProto;
import org.mtl4j.server.fuzz.Damage;
import org.mtl4j.server.fuzz.Mutations;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.testkit.TestSeed;

/**
 * A server that is sent damaged requests: it answers them, or says that they are the client's
 * fault, and never that it failed itself.
 */
class ServerFuzzTest {
  private static final String MODEL = "/v1/models/half_plus_two";

  private static final Map<String, String> BODIES =
      new TreeMap<>(
          Map.of(
              MODEL + ":predict", "{\"instances\": [{\"x\": 1}, {\"x\": 2.5}], \"more\": [1]}",
              MODEL + "/versions/123:predict", "{\"inputs\": {\"x\": [1, NaN, -3e5]}}",
              MODEL + "/labels/stable:predict",
                  "{\"signature_name\": \"text\", \"instances\": [\"a\", {\"b64\": \"AP8H\"}]}",
              MODEL + ":classify",
                  "{\"signature_name\": \"classify_x_to_y\", \"examples\": [{\"x\": 1.0}]}",
              MODEL + ":regress",
                  "{\"signature_name\": \"regress_x_to_y\", \"context\": {\"x\": [2.0]},"
                      + " \"examples\": [{\"x\": 1.5}, {}]}"));

  private static final ModelSpec SPEC = ModelSpec.newBuilder().setName("half_plus_two").build();

  private static final Map<String, Message> MESSAGES =
      new TreeMap<>(
          Map.of(
              "PredictionService/Predict", predict(),
              "PredictionService/Classify", classify(),
              "PredictionService/GetModelMetadata",
                  GetModelMetadataRequest.newBuilder()
                      .setModelSpec(SPEC)
                      .addMetadataField("signature_def")
                      .build(),
              "ModelService/GetModelStatus",
                  GetModelStatusRequest.newBuilder().setModelSpec(SPEC).build()));

  /** What a client may be told of its own faults. */
  private static final Set<Status.Code> FAULTS =
      Set.of(
          Status.Code.OK,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.NOT_FOUND,
          Status.Code.FAILED_PRECONDITION);

  @TempDir private static Path base;
  private static HalfPlusTwoServer server;
  private static ManagedChannel channel;

  private final Random random = TestSeed.random();

  @BeforeAll
  static void start() {
    ServerOptions usual = ServerOptions.DEFAULT;
    // Replies are as large as what one value may fill, and clients take no more than 4 MiB.
    RequestLimits limits = new RequestLimits(1 << 20, 1000);
    server =
        HalfPlusTwoServer.start(
            base,
            Operations.NONE,
            new ServerOptions(usual.address(), limits, usual.timeout(), usual.shutdown()));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
  }

  private static PredictRequest predict() {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(2)))
            .addFloatVal(1)
            .addFloatVal(2)
            .build();
    return PredictRequest.newBuilder()
        .setModelSpec(SPEC)
        .putInputs("x", tensor)
        .addOutputFilter("y")
        .build();
  }

  private static ClassificationRequest classify() {
    ClassificationRequest.Builder request = ClassificationRequest.newBuilder();
    request.setModelSpec(SPEC.toBuilder().setSignatureName("classify_x_to_y"));
    request.getInputBuilder().getExampleListBuilder().addExamplesBuilder();
    return request.build();
  }

  @Test
  void aFewHundredRequests() {
    rest(100);
    grpc(100);
    sockets(10);
  }

  @Test
  @Tag("slow")
  void twentyThousandRequests() {
    rest(9_500);
    grpc(9_500);
    sockets(1_000);
  }

  /** Found by damage: Armeria takes the quote for the beginning of a field of CSV. */
  @Test
  void aHeaderThatArmeriaCannotRead() {
    String request =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\"x\r\n\r\n".formatted(MODEL);
    assertThat(exchange(request.getBytes(StandardCharsets.UTF_8)))
        .startsWith("HTTP/1.1 400 ")
        .endsWith("{\"error\": \"Bad Request.\"}");
  }

  private void rest(int requests) {
    Mutations mutations = new Mutations(random, Damage.ofText());
    List<String> paths = List.copyOf(BODIES.keySet());
    for (int i = 0; i < requests; i++) {
      String path = paths.get(random.nextInt(paths.size()));
      byte[] body = mutations.of(BODIES.get(path).getBytes(StandardCharsets.UTF_8));
      String reply =
          server.send(server.request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
      if (!reply.startsWith("200 ") && !reply.startsWith("400 {\"error\": ")) {
        throw new AssertionError(reply + " to " + path + ", " + described(body));
      }
    }
    stillAnswers();
  }

  private void grpc(int requests) {
    List<String> methods = List.copyOf(MESSAGES.keySet());
    for (int i = 0; i < requests; i++) {
      String method = methods.get(random.nextInt(methods.size()));
      Message message = MESSAGES.get(method);
      byte[] body = new Mutations(random, Damage.ofMessages(message)).of(message.toByteArray());
      Status status = call("tensorflow.serving." + method, body);
      if (!FAULTS.contains(status.getCode())) {
        throw new AssertionError(status + " of " + method + ", " + described(body));
      }
    }
    stillAnswers();
  }

  private static Status call(String method, byte[] body) {
    MethodDescriptor<byte[], byte[]> bytes =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setFullMethodName(method)
            .setType(MethodDescriptor.MethodType.UNARY)
            .build();
    try {
      ClientCalls.blockingUnaryCall(channel, bytes, CallOptions.DEFAULT, body);
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  /** Messages as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return ByteString.readFrom(stream).toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Damaged lines and headers: a connection may be closed without a word. */
  private void sockets(int requests) {
    Mutations mutations = new Mutations(random, Damage.ofText());
    String body = "{\"instances\": [1, 2]}";
    String request =
        "POST %s:predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                .formatted(MODEL)
            + "Connection: close\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    for (int i = 0; i < requests; i++) {
      byte[] damaged = mutations.of(request.getBytes(StandardCharsets.UTF_8));
      String reply = exchange(damaged);
      if (reply.startsWith("HTTP/1.1 5")) {
        throw new AssertionError(reply + " to " + described(damaged));
      }
    }
    stillAnswers();
  }

  private static String exchange(byte[] request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.restPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Closed while it was written to, or reset.
      return "";
    }
  }

  private static void stillAnswers() {
    assertThat(server.post(MODEL + ":predict", "{\"instances\": [1, 2, 80]}"))
        .isEqualTo("200 {\"predictions\":[2.5,3.0,42.0]}");
  }

  private static String described(byte[] body) {
    return "seed %d, base64 %s"
        .formatted(TestSeed.value(), Base64.getEncoder().encodeToString(body));
  }
}
