package org.mtl4j.experiment.tune;

import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.run.MemoryGate;
import org.mtl4j.experiment.run.Run;

/** Memory that trials share: one that does not fit beside those that are trained waits. */
final class MemoryBudget implements MemoryGate {
  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private long taken;

  /** So many bytes. */
  MemoryBudget(long limit) {
    this.limit = limit;
  }

  @Override
  public Run within(LongSupplier bytes, Supplier<Run> training) {
    long need = bytes.getAsLong();
    if (need > limit) {
      throw new MtlException(
          new Problem(
              ErrorCode.MEMORY,
              "--memory",
              String.format(
                  Locale.ROOT,
                  "Expected a trial that fits into %,.2f GB, found one that needs %,.2f GB.",
                  limit / 1e9,
                  need / 1e9),
              "Raise --memory, or leave such values out of the space."));
    }
    take(need);
    try {
      return training.get();
    } finally {
      giveBack(need);
    }
  }

  private void take(long need) {
    lock.lock();
    try {
      while (need > limit - taken) {
        given.awaitUninterruptibly();
      }
      taken += need;
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(long need) {
    lock.lock();
    try {
      taken -= need;
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
