package org.mtl4j.server.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.server.execution.ComputeExecutor;
import org.mtl4j.server.feedback.FeedbackDesk;
import org.mtl4j.server.http.ServingServer;
import org.mtl4j.server.metric.ServerMetrics;
import org.mtl4j.server.model.Models;
import org.mtl4j.serving.model.SavedModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of models, running in this process. Close it to stop it: probes say that it is not
 * ready, requests under way are answered, and then its models' memory is given back.
 */
public final class ModelServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.mtl4j.server.models");
  private static final Key<Optional<FeedbackDesk>> FEEDBACK = new Key<>() {};

  private final Injector parts;

  private ModelServer(Injector parts) {
    this.parts = parts;
  }

  /**
   * Listens and loads what there is to serve, at the same time: classes of the network and a
   * model's files take a second each. Comes back when all is loaded, or has failed to. A model that
   * cannot be loaded is tried again, and its status and the log say why: a server that starts in
   * the middle of a copy should not end.
   *
   * @throws MtlException PORT_TAKEN if it cannot listen, or what a file of keys or certificates is
   *     refused with
   */
  public static ModelServer start(ServerSettings settings) {
    new Thread(ModelServer::loadLibrary, "tensorflow-library").start();
    Injector parts = Guice.createInjector(new ServerModule(settings));
    Models models = parts.getInstance(Models.class);
    models.expect(settings.models());
    CompletableFuture<Void> loaded =
        CompletableFuture.runAsync(
            () -> models.configure(settings.models()),
            work -> new Thread(work, "models-at-start").start());
    try {
      parts.getInstance(ServingServer.class).start();
      loaded.join();
      return new ModelServer(parts);
    } catch (ProvisionException e) {
      closeWithoutNetwork(parts, loaded);
      // What a file is refused with is its user's to mend.
      throw e.getCause() instanceof MtlException problem ? problem : e;
    } catch (CompletionException e) {
      new ModelServer(parts).close();
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    } catch (RuntimeException | Error e) {
      loaded.handle((nothing, failure) -> true).join();
      new ModelServer(parts).close();
      throw e;
    }
  }

  /** While the network's classes are loaded and a model's files are checked. */
  private static void loadLibrary() {
    try {
      SavedModel.loadLibrary();
    } catch (LinkageError e) {
      // Every model fails for it too, of whom the first to need it alone is told why.
      LOG.error("TensorFlow's native library cannot be loaded", e);
    }
  }

  /** Everything but the network's part, which could not be made. */
  private static void closeWithoutNetwork(Injector parts, CompletableFuture<Void> loaded) {
    loaded.handle((nothing, failure) -> true).join();
    parts.getInstance(ComputeExecutor.class).close();
    parts.getInstance(Models.class).close();
    parts.getInstance(ServerMetrics.class).close();
  }

  /** What it serves. */
  public Models models() {
    return parts.getInstance(Models.class);
  }

  /** The port of REST that it listens on. */
  public int restPort() {
    return parts.getInstance(ServingServer.class).restPort();
  }

  /** The port of gRPC that it listens on. */
  public int grpcPort() {
    return parts.getInstance(ServingServer.class).grpcPort();
  }

  @Override
  public void close() {
    parts.getInstance(ServingServer.class).close();
    parts.getInstance(ComputeExecutor.class).close();
    models().close();
    parts.getInstance(FEEDBACK).ifPresent(desk -> desk.log().close());
    parts.getInstance(ServerMetrics.class).close();
  }
}
