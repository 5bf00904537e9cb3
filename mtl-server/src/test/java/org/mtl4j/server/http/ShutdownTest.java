package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

/** Stopping a server while a request is being computed. */
class ShutdownTest {
  @TempDir private Path folder;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  /** A model whose computations wait for the gate. */
  private Servable slow(Path version) {
    Servable fast = new SavedModelServable(SavedModel.load(version), Optional.empty(), false);
    return new Servable() {
      @Override
      public SortedMap<String, Signature> signatures() {
        return fast.signatures();
      }

      @Override
      public Computation computation(String signature) {
        Computation computation = fast.computation(signature);
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

  @Test
  void requestsUnderWayAreAnswered() throws Exception {
    Path base = Files.createDirectory(folder.resolve("half"));
    HalfPlusTwo.write(base.resolve("1"));
    Models models =
        new Models(
            (model, version) -> slow(version.folder()),
            new Models.Options(Duration.ZERO, BackOff.DEFAULT, InstantSource.system()),
            ModelEvents.NONE);
    models.configure(List.of(ServedModel.latest("half", base)));
    ComputeExecutor executor =
        new ComputeExecutor(
            "compute", new ComputeExecutor.Size(1, 10), BatchRules.DEFAULT, ExecutionListener.NONE);
    ServerOptions usual = ServerOptions.DEFAULT;
    ServingServer server =
        new ServingServer(
            new ServerOptions(
                new ServerOptions.Address("127.0.0.1", 0, 0),
                usual.limits(),
                usual.timeout(),
                usual.shutdown()),
            new Inference(models, executor),
            Operations.NONE);
    server.start();
    CompletableFuture<HttpResponse<String>> reply =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:" + server.restPort() + "/v1/models/half:predict"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"instances\": [80]}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    entered.await();
    Thread stopping = new Thread(server::close);
    stopping.start();
    // Long enough for a server that cuts connections to have cut this one.
    stopping.join(Duration.ofSeconds(1).toMillis());
    gate.countDown();
    assertThat(reply.get().body()).isEqualTo("{\"predictions\":[42.0]}");
    stopping.join();
    executor.close();
    models.close();
  }
}
