package org.mtl4j.server.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import java.util.Optional;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.server.execution.ComputeExecutor;
import org.mtl4j.server.feedback.FeedbackDesk;
import org.mtl4j.server.http.ServingServer;
import org.mtl4j.server.metric.ServerMetrics;
import org.mtl4j.server.model.Models;

/**
 * A server of models, running in this process. Close it to stop it: probes say that it is not
 * ready, requests under way are answered, and then its models' memory is given back.
 */
public final class ModelServer implements AutoCloseable {
  private static final Key<Optional<FeedbackDesk>> FEEDBACK = new Key<>() {};

  private final Injector parts;

  private ModelServer(Injector parts) {
    this.parts = parts;
  }

  /**
   * Listens, then loads what there is to serve; comes back when that is loaded, or has failed to. A
   * model that cannot be loaded is tried again, and its status and the log say why: a server that
   * starts in the middle of a copy should not end.
   *
   * @throws MtlException PORT_TAKEN if it cannot listen, or what a file of keys or certificates is
   *     refused with
   */
  public static ModelServer start(ServerSettings settings) {
    ModelServer server = made(settings);
    try {
      server.parts.getInstance(ServingServer.class).start();
      server.models().configure(settings.models());
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** Whole, or not at all: what a file is refused with is its user's to mend. */
  private static ModelServer made(ServerSettings settings) {
    Injector parts = Guice.createInjector(new ServerModule(settings));
    try {
      parts.getInstance(ServingServer.class);
    } catch (ProvisionException e) {
      parts.getInstance(ComputeExecutor.class).close();
      parts.getInstance(Models.class).close();
      parts.getInstance(ServerMetrics.class).close();
      if (e.getCause() instanceof MtlException problem) {
        throw problem;
      }
      throw e;
    }
    return new ModelServer(parts);
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
