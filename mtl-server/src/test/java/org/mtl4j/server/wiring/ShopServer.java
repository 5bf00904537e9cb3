package org.mtl4j.server.wiring;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.protocol.ranking.RankingServiceGrpc;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.http.ServerOptions;
import org.mtl4j.serving.catalogue.ItemCatalogue;
import org.mtl4j.serving.feedback.FeedbackSettings;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;

/** A server of exports of ours as {@code shop}, on ports that are free, and clients of it. */
final class ShopServer implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ModelServer server;
  private final ManagedChannel channel;

  private ShopServer(ModelServer server) {
    this.server = server;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }

  /** Serves the latest version in a folder. */
  static ShopServer start(Path base, UnaryOperator<ServerSettings> changes) {
    return start(ServedModel.latest("shop", base), changes);
  }

  static ShopServer start(ServedModel model, UnaryOperator<ServerSettings> changes) {
    ServerSettings usual = ServerSettings.of(List.of(model));
    ServerOptions network =
        new ServerOptions(
            new ServerOptions.Address("127.0.0.1", 0, 0),
            usual.network().limits(),
            usual.network().timeout(),
            usual.network().shutdown());
    ServerSettings settings =
        new ServerSettings(
            usual.models(), network, usual.compute(), usual.polling(), usual.operating());
    return new ShopServer(ModelServer.start(changes.apply(settings)));
  }

  /** An export with a click and a purchase. */
  static void export(Path version) {
    SmallExport.write(SmallProblem.withFunnel("click", "buy"), new LinearModel(), version);
  }

  /** Items by the ids {@code item0} and so on. */
  static List<Map<String, Object>> items(int n, double price) {
    return IntStream.range(0, n)
        .mapToObj(
            i ->
                Map.<String, Object>of(
                    "item", "item" + i, "price", price + i / 10.0, "tags", "tag" + i % 7))
        .toList();
  }

  static ItemCatalogue catalogue(List<Map<String, Object>> items) {
    return ItemCatalogue.load(BatchSource.of(items), "item");
  }

  /** A user's columns, the same each time. */
  static Map<String, Object> user(int number) {
    Map<String, Object> row = SmallExport.rows(1, new Random(number)).get(0);
    row.keySet().removeAll(List.of("item", "price", "tags"));
    row.put("user", "user" + number);
    return row;
  }

  ModelServer server() {
    return server;
  }

  RankingServiceGrpc.RankingServiceBlockingStub ranking() {
    return RankingServiceGrpc.newBlockingStub(channel);
  }

  ManagedChannel channel() {
    return channel;
  }

  /** A reply, which is the body if it is 200, with its headers. */
  HttpResponse<String> send(String path, Object body, Map<String, String> headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + server.restPort() + "/v1/models/" + path));
      headers.forEach(request::header);
      String text = body instanceof String json ? json : JsonText.write(body);
      return client.send(
          request.POST(HttpRequest.BodyPublishers.ofString(text)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The body of a reply, which is to be 200. */
  JsonText post(String path, Object body) {
    HttpResponse<String> reply = send(path, body, Map.of());
    if (reply.statusCode() != 200) {
      throw new AssertionError(reply.statusCode() + " " + reply.body());
    }
    return JsonText.read(reply.body());
  }

  /** Prometheus' text. */
  String metrics() {
    try {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:"
                              + server.restPort()
                              + "/monitoring/prometheus/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Settings with feedback in a folder. */
  static UnaryOperator<ServerSettings> withFeedback(Path folder) {
    return settings ->
        new ServerSettings(
            settings.models(),
            settings.network(),
            settings.compute(),
            settings.polling(),
            new ServerSettings.Operating(
                settings.operating().listeners(),
                settings.operating().protection(),
                Optional.of(
                    new ServerSettings.Feedback(
                        folder, FeedbackSettings.DEFAULT, Optional.of("user")))));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
