package org.mtl4j.experiment.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that train trials, so many at a time. The first that fails stops all of them. */
final class TrialPool implements AutoCloseable {
  private final ExecutorService threads;
  private final AtomicBoolean failed = new AtomicBoolean();

  TrialPool(int parallel) {
    this.threads = Executors.newFixedThreadPool(parallel);
  }

  /** Whether one has failed, so that the others are to save and stop. */
  boolean hasFailed() {
    return failed.get();
  }

  /**
   * Does all of it.
   *
   * @throws RuntimeException what the first that failed threw, when none works any more
   */
  void run(List<Runnable> work) {
    List<Future<?>> begun = new ArrayList<>();
    work.forEach(one -> begun.add(threads.submit(() -> guarded(one))));
    Throwable first = null;
    for (Future<?> one : begun) {
      try {
        one.get();
      } catch (ExecutionException e) {
        first = first == null ? e.getCause() : first;
      } catch (InterruptedException e) {
        failed.set(true);
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw (RuntimeException) first; // A Runnable throws no other.
    }
  }

  private void guarded(Runnable one) {
    try {
      one.run();
    } catch (RuntimeException | Error e) {
      failed.set(true);
      throw e;
    }
  }

  /** Waits for those that still save. */
  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
