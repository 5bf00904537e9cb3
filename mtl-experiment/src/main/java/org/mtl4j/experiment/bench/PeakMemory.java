package org.mtl4j.experiment.bench;

import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.mtl4j.core.training.ProcessMemory;

/** Watches this process's memory from its making on, looking ten times a second. */
final class PeakMemory implements AutoCloseable {
  private static final long MILLISECONDS = 100;

  private final List<MemoryPoolMXBean> heap =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();
  private final AtomicLong anonymous = new AtomicLong();
  private final Thread thread = new Thread(this::watch, "mtl-peak-memory");

  PeakMemory() {
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    thread.setDaemon(true);
    thread.start();
  }

  /** The heap's pools at their fullest, garbage included: at most the heap's limit. */
  long heapBytes() {
    return heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  /** The most memory of the process's own, heap included; empty where the system does not say. */
  OptionalLong anonymousBytes() {
    look();
    return anonymous.get() == 0 ? OptionalLong.empty() : OptionalLong.of(anonymous.get());
  }

  private void look() {
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
