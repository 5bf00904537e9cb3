package org.mtl4j.server.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.server.config.ServedModel;
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
  private final Optional<FeedbackDesk> feedback;
  private final CompletableFuture<Void> loading;

  private ModelServer(
      Injector parts, Optional<FeedbackDesk> feedback, CompletableFuture<Void> loading) {
    this.parts = parts;
    this.feedback = feedback;
    this.loading = loading;
  }

  /**
   * The same as {@link #listen}, and comes back when all is loaded, or has failed to.
   *
   * @throws MtlException as {@link #listen}
   */
  public static ModelServer start(ServerSettings settings) {
    ModelServer server = listen(settings);
    try {
      server.loading.join();
      return server;
    } catch (CompletionException e) {
      server.close();
      throw failure(e);
    }
  }

  /**
   * Listens and loads what there is to serve, at the same time: classes of the network and a
   * model's files take a second each. Comes back when it listens; {@link #awaitLoaded} says the
   * rest. A model that cannot be loaded is tried again, and its status and the log say why: a
   * server that starts in the middle of a copy should not end.
   *
   * @throws MtlException PORT_TAKEN if it cannot listen, before anything is loaded; what a file of
   *     keys or certificates, or the folder for feedback, is refused with
   */
  public static ModelServer listen(ServerSettings settings) {
    settings.network().address().checkFree();
    beside("tensorflow-library", ModelServer::loadLibrary);
    Injector parts = Guice.createInjector(new ServerModule(settings));
    ModelServer server = new ModelServer(parts, feedback(parts), new CompletableFuture<>());
    try {
      server.models().expect(settings.models());
      beside("models-at-start", () -> server.load(settings.models()));
      made(parts, Key.get(ServingServer.class)).start();
      return server;
    } catch (RuntimeException | Error e) {
      server.closeWithoutNetwork();
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

  private static Optional<FeedbackDesk> feedback(Injector parts) {
    try {
      return made(parts, FEEDBACK);
    } catch (RuntimeException | Error e) {
      parts.getInstance(ServerMetrics.class).close();
      throw e;
    }
  }

  private void load(List<ServedModel> models) {
    try {
      models().configure(models);
      loading.complete(null);
    } catch (RuntimeException | Error e) {
      loading.completeExceptionally(e);
    }
  }

  /** On a thread that a process which ends early does not wait for. */
  private static void beside(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** What a file is refused with is its user's to mend, and not wrapped. */
  private static <T> T made(Injector parts, Key<T> key) {
    try {
      return parts.getInstance(key);
    } catch (ProvisionException e) {
      throw e.getCause() instanceof MtlException problem ? problem : e;
    }
  }

  private static RuntimeException failure(CompletionException e) {
    return e.getCause() instanceof RuntimeException failure ? failure : e;
  }

  /**
   * Waits until what there was to serve at the start is loaded, or has failed to.
   *
   * @return false if it took longer than that
   */
  public boolean awaitLoaded(Duration most) throws InterruptedException {
    try {
      loading.get(most.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw failure(new CompletionException(e.getCause()));
    }
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

  /**
   * Stops it. While it still loads, nobody was sent to it and it stops without a while for load
   * balancers; it waits for {@link Models.Waits#ending} at most for what is being loaded.
   */
  @Override
  public void close() {
    ServingServer network = parts.getInstance(ServingServer.class);
    if (loading.isDone()) {
      network.close();
    } else {
      network.stop();
    }
    closeWithoutNetwork();
  }

  private void closeWithoutNetwork() {
    parts.getInstance(ComputeExecutor.class).close();
    models().close();
    feedback.ifPresent(desk -> desk.log().close());
    parts.getInstance(ServerMetrics.class).close();
  }
}
