package org.mtl4j.experiment.bench;

import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.mtl4j.core.training.ProcessMemory;

/**
 * Watches this process's memory from its making on. It looks ten times a second, and when it is
 * asked: what was taken and given back between two looks is not seen.
 */
final class PeakMemory implements AutoCloseable {
  private static final long MILLISECONDS = 100;

  private final MemoryMXBean java = ManagementFactory.getMemoryMXBean();
  private final AtomicLong heap = new AtomicLong();
  private final AtomicLong anonymous = new AtomicLong();
  private final Thread thread = new Thread(this::watch, "mtl-peak-memory");

  PeakMemory() {
    thread.setDaemon(true);
    thread.start();
  }

  /** The most that was in use of the whole heap at one time, garbage included. */
  long heapBytes() {
    look();
    return heap.get();
  }

  /**
   * The most memory of the process's own at one time, heap included; empty where the system does
   * not say.
   */
  OptionalLong anonymousBytes() {
    look();
    return anonymous.get() == 0 ? OptionalLong.empty() : OptionalLong.of(anonymous.get());
  }

  private void look() {
    heap.accumulateAndGet(java.getHeapMemoryUsage().getUsed(), Math::max);
    ProcessMemory.anonymous().ifPresent(now -> anonymous.accumulateAndGet(now, Math::max));
  }

  private void watch() {
    try {
      while (true) {
        look();
        Thread.sleep(MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    Uninterruptibles.joinUninterruptibly(thread);
  }
}
