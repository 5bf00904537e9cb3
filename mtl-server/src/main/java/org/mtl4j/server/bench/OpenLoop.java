package org.mtl4j.server.bench;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Requests at times of their own, as those of many people who do not know of each other: a Poisson
 * process. A request's latency counts from when it should have been sent, so that a stall shows in
 * all the requests that fell into it.
 *
 * @param perSecond requests a second, on average
 */
public record OpenLoop(double perSecond) {
  private static final long SEED = 11;

  /** More wait here for an answer to one of them; their time counts from when they were due. */
  private static final int MOST_UNDER_WAY = 50_000;

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public OpenLoop {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate: expected more than 0, found " + perSecond);
    }
  }

  /**
   * Sends for a time, then waits for what is under way.
   *
   * @param stopRequested ends it early
   * @throws CancellationException if it was ended early
   */
  public LoadFigures run(Requester requester, Duration time, BooleanSupplier stopRequested) {
    return run(requester, time, stopRequested, () -> false);
  }

  /**
   * The same, until something has happened.
   *
   * @param time at most
   * @param done ends it
   * @throws CancellationException if it was ended early
   */
  public LoadFigures run(
      Requester requester, Duration time, BooleanSupplier stopRequested, BooleanSupplier done) {
    Taken taken = new Taken();
    SplittableRandom random = new SplittableRandom(SEED);
    Semaphore room = new Semaphore(MOST_UNDER_WAY);
    long start = System.nanoTime();
    long due = start;
    for (int number = 0; due - start < time.toNanos() && !done.getAsBoolean(); number++) {
      while (System.nanoTime() - due < 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      if (stopRequested.getAsBoolean()) {
        throw new CancellationException();
      }
      long meant = due;
      room.acquireUninterruptibly();
      var unused =
          requester
              .send(number)
              .thenAccept(
                  outcome -> {
                    taken.note(outcome, System.nanoTime() - meant);
                    room.release();
                  });
      due += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
    }
    room.acquireUninterruptibly(MOST_UNDER_WAY);
    return taken.figures(System.nanoTime() - start);
  }
}
