package org.mtl4j.server.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The thread that looks after a model. */
final class ModelKeeper {
  private final ModelVersions versions;
  private final Duration poll;
  private final Consumer<ModelKeeper> looked;
  private final ScheduledExecutorService thread;

  /**
   * A thread that does nothing yet.
   *
   * @param versions what it looks after
   * @param poll how often
   * @param looked told each time, by the thread
   */
  ModelKeeper(ModelVersions versions, Duration poll, Consumer<ModelKeeper> looked) {
    this.versions = versions;
    this.poll = poll;
    this.looked = looked;
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

  /** Whether it looks at that folder. */
  boolean keeps(Path base) {
    return versions.model().base().equals(base);
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
      lookNow();
    } catch (RuntimeException | Error e) {
      // Thrown further, it would end the polling for good, and nobody would see it.
      versions.warn("Looking at its folder failed: " + e);
    }
  }

  private void lookNow() {
    versions.look();
    looked.accept(this);
  }

  /**
   * Looks now, and comes back when what was found has been loaded, or has failed to, or after that
   * long.
   */
  void look(Duration most) {
    try {
      thread.submit(this::lookNow).get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      versions.warn("Loading takes longer than " + most + "; it goes on, and nobody waits for it.");
    } catch (RejectedExecutionException e) {
      // The model was given up meanwhile, and there is nothing to look at.
      return;
    } catch (ExecutionException e) {
      throw new IllegalStateException("looking after " + versions.model().name(), e.getCause());
    }
  }

  /** Gives the model up once the version at hand is loaded; requests end as they would have. */
  void giveUp() {
    versions.stop();
    thread.execute(
        () -> {
          versions.unloadAll();
          // Here, for a look that was due meanwhile would load everything again.
          thread.shutdown();
        });
  }

  /** Waits until the model's memory has been given back; what is still held after that long. */
  Optional<String> awaitGone(long nanos) {
    long end = System.nanoTime() + nanos;
    try {
      return thread.awaitTermination(nanos, TimeUnit.NANOSECONDS)
          ? versions.awaitUnloaded(end)
          : Optional.of("A version is still being loaded");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("Who waited for its memory was interrupted");
    }
  }
}
