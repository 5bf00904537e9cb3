package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.Connections;

/**
 * Clients that hold connections without asking, by raw sockets, at a server that gives a request a
 * second and a connection as long. Each is to be cut off, sooner or later: how soon is not
 * measured.
 */
@Tag("slow")
class SlowClientsTest {
  private static final String MODEL = "/v1/models/half_plus_two";
  private static final String ROWS = "{\"instances\": [1]}";

  @TempDir private static Path base;
  private static HalfPlusTwoServer server;

  @BeforeAll
  static void start() {
    Connections connections = new Connections(6_000, Duration.ofSeconds(1), 16_384);
    server =
        HalfPlusTwoServer.start(
            base,
            new Operations(
                Optional.empty(),
                List.of(),
                new Protection(Optional.empty(), Access.OPEN, connections)),
            new ServerOptions(
                ServerOptions.DEFAULT.address(),
                ServerOptions.DEFAULT.limits(),
                Duration.ofSeconds(1),
                ServerOptions.DEFAULT.shutdown()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 60_000);
    socket.setSoTimeout(50);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What came until the server closed, a byte being sent at each turn; fails if it never does. */
  private static String trickle(Socket socket, String each) throws IOException {
    StringBuilder reply = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int turn = 0; turn < 1_200; turn++) {
      try {
        int b = in.read();
        if (b < 0) {
          return reply.toString();
        }
        reply.append((char) b);
        continue;
      } catch (SocketTimeoutException e) {
        // Nothing came for a while: the pace of this client.
      } catch (SocketException e) {
        return reply.toString(); // Reset: closed with bytes on their way.
      }
      try {
        send(socket, each);
      } catch (SocketException e) {
        return reply.toString();
      }
    }
    throw new AssertionError("the connection is open after a minute; came: " + reply);
  }

  private static void assertAnswers() {
    assertThat(server.post(MODEL + ":predict", ROWS)).startsWith("200 ");
  }

  @Test
  void aBodyThatComesByBytesEndsAtTheRequestsTime() throws IOException {
    try (Socket socket = connect(server.restPort())) {
      send(
          socket,
          "POST " + MODEL + ":predict HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
      assertThat(trickle(socket, " ")).contains("504").contains("The request's time was over");
    }
    assertAnswers();
  }

  @Test
  void aHeadThatComesByBytesEndsWithItsConnection() throws IOException {
    try (Socket socket = connect(server.restPort())) {
      send(socket, "GET " + MODEL + " HTTP/1.1\r\nX-Long: ");
      trickle(socket, "a");
    }
    try (Socket socket = connect(server.restPort())) {
      trickle(socket, "G");
    }
    assertAnswers();
  }

  @Test
  void whoSaysNothingIsCutOff() throws IOException {
    try (Socket silent = connect(server.restPort());
        Socket preface = connect(server.grpcPort())) {
      send(preface, "PRI * HTTP/2.0\r\n\r\n");
      trickle(silent, "");
      trickle(preface, "");
    }
    assertAnswers();
  }

  /** The message never ends; 0 stands for no end in Armeria, and the last one is no time at all. */
  @ParameterizedTest
  @ValueSource(strings = {"99999999H", "0n", "soon"})
  void aGrpcClientGetsTheServersTimeWhateverItAsksFor(String timeout) {
    HttpRequestWriter request =
        HttpRequest.streaming(
            RequestHeaders.of(
                HttpMethod.POST,
                "/tensorflow.serving.PredictionService/Predict",
                "content-type",
                "application/grpc",
                "grpc-timeout",
                timeout));
    request.write(HttpData.copyOf(new byte[] {0, 0, 0, 0, 100, 1}));
    AggregatedHttpResponse reply =
        WebClient.builder("h2c://127.0.0.1:" + server.grpcPort())
            .responseTimeoutMillis(60_000)
            .build()
            .execute(request)
            .aggregate()
            .join();
    assertThat(reply.trailers().get("grpc-status", reply.headers().get("grpc-status", "none")))
        .isEqualTo("4"); // DEADLINE_EXCEEDED
  }

  @Test
  void halfOpenConnectionsHoldNothing() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Socket socket = connect(server.restPort())) {
        send(
            socket,
            "POST " + MODEL + ":predict HTTP/1.1\r\nHost: a\r\nContent-Length: 18\r\n\r\n{");
        socket.shutdownOutput();
        if (i % 10 == 0) {
          trickle(socket, "");
        } else {
          socket.setSoLinger(true, 0); // Closed with a reset.
        }
      }
    }
    assertAnswers();
  }

  @Test
  void fourThousandIdleConnectionsDoNotDisturbRequests() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      int threads = Thread.activeCount();
      for (int i = 0; i < 4_000; i++) {
        Socket socket = connect(i % 2 == 0 ? server.restPort() : server.grpcPort());
        idle.add(socket);
        if (i % 4 == 0) {
          send(
              socket,
              "POST " + MODEL + ":predict HTTP/1.1\r\nHost: a\r\nContent-Length: 18\r\n\r\n");
        }
        if (i % 100 == 0) {
          assertAnswers();
        }
      }
      assertAnswers();
      assertThat(Thread.activeCount()).isLessThan(threads + 100);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }
}
