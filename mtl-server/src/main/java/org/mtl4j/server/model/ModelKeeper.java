package org.mtl4j.server.model;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The thread that looks after a model. */
final class ModelKeeper implements AutoCloseable {
  private final ModelVersions versions;
  private final Duration poll;
  private final ScheduledExecutorService thread;

  ModelKeeper(ModelVersions versions, Duration poll) {
    this.versions = versions;
    this.poll = poll;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "model-" + versions.model().name());
              made.setDaemon(true);
              return made;
            });
  }

  ModelVersions versions() {
    return versions;
  }

  /** Begins to look every so often, the first time when it is asked to. */
  void start() {
    if (!poll.isZero()) {
      long nanos = poll.toNanos();
      var unused = thread.scheduleWithFixedDelay(this::poll, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void poll() {
    try {
      versions.look();
    } catch (RuntimeException | Error e) {
      // Thrown further, it would end the polling for good, and nobody would see it.
      versions.warn("Looking at its folder failed: " + e);
    }
  }

  /** Looks now, and comes back when what was found has been loaded, or has failed to. */
  void look() {
    await(versions::look);
  }

  private void await(Runnable work) {
    try {
      thread.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("looking after " + versions.model().name(), e.getCause());
    }
  }

  /** Gives the model up and waits for its requests. */
  @Override
  public void close() {
    await(
        () -> {
          versions.unloadAll();
          // Here, for a look that was due meanwhile would load everything again.
          thread.shutdown();
        });
    try {
      versions.awaitUnloaded();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
