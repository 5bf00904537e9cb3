package org.mtl4j.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.execution.BatchRules;
import org.mtl4j.server.execution.ComputeExecutor;
import org.mtl4j.server.execution.ExecutionListener;
import org.mtl4j.server.execution.Origin;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.metric.ServerMetrics;
import org.mtl4j.server.model.BackOff;
import org.mtl4j.server.model.ModelEvents;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.model.SavedModelServable;
import org.mtl4j.server.version.VersionPolicy;
import org.mtl4j.serving.model.SavedModel;
import org.mtl4j.testkit.HalfPlusTwo;

/** A server of {@link HalfPlusTwo}, version 123, labelled stable, as {@code half_plus_two}. */
final class HalfPlusTwoServer implements AutoCloseable {
  private HttpClient client = HttpClient.newHttpClient();
  private String scheme = "http";
  private final Models models;
  private final ComputeExecutor executor;
  private final ServingServer server;

  private HalfPlusTwoServer(
      Models models, ComputeExecutor executor, ServerOptions options, Operations operations) {
    this.models = models;
    this.executor = executor;
    this.server = new ServingServer(options, new Inference(models, executor), operations);
  }

  static HalfPlusTwoServer start(Path base) {
    return start(base, Operations.NONE);
  }

  static HalfPlusTwoServer start(Path base, Operations operations) {
    return start(base, operations, ServerOptions.DEFAULT);
  }

  /** On ports that are free, whatever the options say. */
  static HalfPlusTwoServer start(Path base, Operations operations, ServerOptions like) {
    HalfPlusTwoServer started = listen(base, operations, like);
    started.load();
    return started;
  }

  /** It has not loaded anything yet. */
  static HalfPlusTwoServer listen(Path base) {
    return listen(base, Operations.NONE, ServerOptions.DEFAULT);
  }

  private static HalfPlusTwoServer listen(Path base, Operations operations, ServerOptions like) {
    if (!Files.exists(base.resolve("00000123"))) {
      HalfPlusTwo.write(base.resolve("00000123"));
    }
    Models models =
        new Models(
            (model, version) ->
                new SavedModelServable(
                    SavedModel.load(version.folder()),
                    Optional.empty(),
                    true,
                    new Origin(model, version.version(), "")),
            new Models.Options(Duration.ZERO, BackOff.DEFAULT, InstantSource.system()),
            operations.metrics().map(ServerMetrics::models).orElse(ModelEvents.NONE));
    models.expect(
        List.of(
            new ServedModel("half_plus_two", base, VersionPolicy.DEFAULT, Map.of("stable", 123L))));
    ComputeExecutor executor =
        new ComputeExecutor(
            "compute",
            new ComputeExecutor.Size(2, 100),
            new BatchRules(64, Duration.ZERO, List.of()),
            operations.metrics().map(ServerMetrics::execution).orElse(ExecutionListener.NONE));
    operations
        .metrics()
        .ifPresent(
            metrics -> {
              metrics.watch(models);
              metrics.watch(executor);
            });
    ServerOptions options =
        new ServerOptions(
            new ServerOptions.Address("127.0.0.1", 0, 0),
            like.limits(),
            like.timeout(),
            like.shutdown(),
            like.reloadUnder());
    HalfPlusTwoServer started = new HalfPlusTwoServer(models, executor, options, operations);
    started.server.start();
    return started;
  }

  /** Loads what there is. */
  void load() {
    models.configure(List.copyOf(models.served().values()));
  }

  Models models() {
    return models;
  }

  int grpcPort() {
    return server.grpcPort();
  }

  int restPort() {
    return server.restPort();
  }

  /** Asks over TLS from now on. */
  HalfPlusTwoServer by(HttpClient secure) {
    client = secure;
    scheme = "https";
    return this;
  }

  /** A reply's status and body, {@code 200 {...}}. */
  String get(String path) {
    return send(request(path).GET());
  }

  String post(String path, String body) {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + server.restPort() + path));
  }

  String send(HttpRequest.Builder request) {
    HttpResponse<String> reply = reply(request);
    return reply.statusCode() + " " + reply.body();
  }

  HttpResponse<String> reply(HttpRequest.Builder request) {
    try {
      return client.send(
          request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    executor.close();
    models.close();
  }
}
