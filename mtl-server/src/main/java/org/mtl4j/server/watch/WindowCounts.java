package org.mtl4j.server.watch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by bin over the time that has just passed: a ring of slots, each of which counts a twelfth
 * of the window and is then replaced. Safe from any number of threads: they add to striped
 * counters, and one that comes late adds to a slot that nobody reads any more.
 */
final class WindowCounts {
  private static final int SLOTS = 12;

  private final int bins;
  private final long slotMillis;
  private final AtomicReferenceArray<Slot> ring = new AtomicReferenceArray<>(SLOTS + 1);

  /** The counts of a stretch of time. */
  private record Slot(long number, LongAdder[] counts) {
    static Slot of(long number, int bins) {
      LongAdder[] counts = new LongAdder[bins];
      for (int bin = 0; bin < bins; bin++) {
        counts[bin] = new LongAdder();
      }
      return new Slot(number, counts);
    }
  }

  WindowCounts(int bins, Duration window) {
    this.bins = bins;
    this.slotMillis = window.toMillis() / SLOTS;
  }

  /** Where to count at a time: an adder a bin. */
  LongAdder[] at(long millis) {
    long number = millis / slotMillis;
    int place = Math.floorMod(number, ring.length());
    Slot slot = ring.get(place);
    if (slot == null || slot.number() != number) {
      Slot fresh = Slot.of(number, bins);
      // Whoever comes second takes the slot that is there by then.
      slot = ring.compareAndSet(place, slot, fresh) ? fresh : ring.get(place);
    }
    return slot.counts();
  }

  /** What was counted in the window before a time: twelve whole slots and the one begun. */
  double[] before(long millis) {
    long number = millis / slotMillis;
    double[] sums = new double[bins];
    for (int place = 0; place < ring.length(); place++) {
      Slot slot = ring.get(place);
      if (slot != null && slot.number() > number - ring.length()) {
        for (int bin = 0; bin < bins; bin++) {
          sums[bin] += slot.counts()[bin].sum();
        }
      }
    }
    return sums;
  }
}
