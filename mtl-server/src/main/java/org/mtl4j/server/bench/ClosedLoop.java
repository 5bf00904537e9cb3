package org.mtl4j.server.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Clients that each wait for an answer before they send again, a thread each: what a number of
 * callers gets done. A slow server is asked less, so that this shows how much it does and not how
 * it is under a load of somebody else's choosing; that is {@link OpenLoop}'s.
 *
 * @param clients at least 1
 */
public record ClosedLoop(int clients) {
  /** Between the first requests of two clients, so that they do not ask the same. */
  private static final int STRIDE = 17;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public ClosedLoop {
    if (clients < 1) {
      throw new IllegalArgumentException("clients: expected at least 1, found " + clients);
    }
  }

  /**
   * Sends for a time.
   *
   * @param stopRequested ends it early
   * @throws InterruptedException if the thread is interrupted
   * @throws CancellationException if it was ended early
   */
  public LoadFigures run(Requester requester, Duration time, BooleanSupplier stopRequested)
      throws InterruptedException {
    Taken taken = new Taken();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      int first = client * STRIDE;
      threads.add(
          new Thread(
              () -> ask(requester, first, end, taken, stopRequested), "bench-client-" + client));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    if (stopRequested.getAsBoolean()) {
      throw new CancellationException();
    }
    return taken.figures(System.nanoTime() - start);
  }

  private static void ask(
      Requester requester, int first, long end, Taken taken, BooleanSupplier stopRequested) {
    int number = first;
    while (System.nanoTime() - end < 0 && !stopRequested.getAsBoolean()) {
      long sent = System.nanoTime();
      Outcome outcome = requester.send(number).join();
      taken.note(outcome, System.nanoTime() - sent);
      number = (number + 1) & Integer.MAX_VALUE;
    }
  }
}
