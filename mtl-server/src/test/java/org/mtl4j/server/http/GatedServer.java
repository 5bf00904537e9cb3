package org.mtl4j.server.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.execution.BatchRules;
import org.mtl4j.server.execution.Computation;
import org.mtl4j.server.execution.ComputeExecutor;
import org.mtl4j.server.execution.ExecutionListener;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.model.BackOff;
import org.mtl4j.server.model.ModelEvents;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.model.SavedModelServable;
import org.mtl4j.server.model.Servable;
import org.mtl4j.serving.model.SavedModel;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.HalfPlusTwo;

/**
 * A server of {@link HalfPlusTwo} as {@code half}, whose one thread computes when its gate is open,
 * and with one place to wait.
 */
final class GatedServer implements AutoCloseable {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Models models;
  private final ComputeExecutor executor;
  private final ServingServer server;
  private volatile String reader = "";

  private GatedServer(Path folder) throws IOException {
    Path base = Files.createDirectory(folder.resolve("half"));
    HalfPlusTwo.write(base.resolve("1"));
    models =
        new Models(
            (model, version) -> gated(version.folder()),
            new Models.Options(Duration.ZERO, BackOff.DEFAULT, InstantSource.system()),
            ModelEvents.NONE);
    models.configure(List.of(ServedModel.latest("half", base)));
    executor =
        new ComputeExecutor(
            "compute", new ComputeExecutor.Size(1, 1), BatchRules.NONE, ExecutionListener.NONE);
    ServerOptions usual = ServerOptions.DEFAULT;
    server =
        new ServingServer(
            new ServerOptions(
                new ServerOptions.Address("127.0.0.1", 0, 0),
                usual.limits(),
                usual.timeout(),
                usual.shutdown()),
            new Inference(models, executor),
            Operations.NONE);
    server.start();
  }

  static GatedServer start(Path folder) throws IOException {
    return new GatedServer(folder);
  }

  private Servable gated(Path version) {
    Servable fast = new SavedModelServable(SavedModel.load(version), Optional.empty(), false);
    return new Servable() {
      @Override
      public SortedMap<String, Signature> signatures() {
        reader = Thread.currentThread().getName();
        return fast.signatures();
      }

      @Override
      public Computation computation(String signature) {
        return gated(fast.computation(signature));
      }

      @Override
      public Optional<ModelManifest> manifest() {
        return Optional.empty();
      }

      @Override
      public void close() {
        fast.close();
      }
    };
  }

  private Computation gated(Computation computation) {
    return new Computation() {
      @Override
      public SortedMap<String, TensorValue> run(
          SortedMap<String, TensorValue> inputs, Collection<String> outputs) {
        entered.countDown();
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return computation.run(inputs, outputs);
      }

      @Override
      public boolean byRows() {
        return false;
      }
    };
  }

  /** Asks for a prediction over HTTP/1.1; status and body. */
  CompletableFuture<String> predict() {
    return client
        .sendAsync(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + restPort() + "/v1/models/half:predict"))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofString("{\"instances\": [80]}"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .thenApply(reply -> reply.statusCode() + " " + reply.body());
  }

  /** Waits until something is being computed. */
  void awaitComputing() throws InterruptedException {
    entered.await();
  }

  /** Waits until a request waits. */
  void awaitWaiting() {
    while (executor.waiting() == 0) {
      Thread.onSpinWait();
    }
  }

  /** Lets everything be computed from now on. */
  void open() {
    gate.countDown();
  }

  /** The thread that looked for signatures last, as reading a request does. */
  String reader() {
    return reader;
  }

  int restPort() {
    return server.restPort();
  }

  int grpcPort() {
    return server.grpcPort();
  }

  /** Stops it alone; what it computes with goes on. */
  void stop() {
    server.close();
  }

  @Override
  public void close() {
    open();
    server.close();
    executor.close();
    models.close();
  }
}
