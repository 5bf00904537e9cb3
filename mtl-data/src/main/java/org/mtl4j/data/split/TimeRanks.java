package org.mtl4j.data.split;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.schema.TimeShape;
import org.mtl4j.data.memory.HeapShare;

/** Times of rows by rank, the earliest first; add all, then ask. */
interface TimeRanks {
  /** For times of a shape: of dates there are few, each on many rows. */
  static TimeRanks of(TimeShape shape, HeapShare heap) {
    return shape == TimeShape.DATE ? new Counted(heap) : new Sorted(heap);
  }

  /**
   * Adds a row's time.
   *
   * @throws MtlException of code MEMORY if the heap's share is used up
   */
  void add(double time);

  /** Number of rows. */
  int size();

  /** The time of a rank, from 0; the first call ends the adding. */
  double at(int rank);

  /** Why no more times can be held. */
  private static MtlException tooMany(HeapShare heap, String what) {
    return heap.refusal(
        "data.split",
        what,
        "A split by validation_from and test_from, in place of shares, holds no times.");
  }

  /** Each time by itself: 6 to 11 bytes a row, 14 to 19 while they are sorted. */
  final class Sorted implements TimeRanks {
    private static final int ROW_BYTES = 24;

    private final DoubleStream.Builder times = DoubleStream.builder();
    private final HeapShare heap;
    private double[] sorted = {};
    private int size;

    Sorted(HeapShare heap) {
      this.heap = heap;
    }

    @Override
    public void add(double time) {
      if (!heap.take(ROW_BYTES)) {
        throw tooMany(heap, String.format(Locale.ROOT, "sorting %,d rows by time takes", size + 1));
      }
      times.add(time);
      size++;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public double at(int rank) {
      if (sorted.length == 0) {
        sorted = times.build().sorted().toArray();
      }
      return sorted[rank];
    }
  }

  /** Each different time once, however often it is there. */
  final class Counted implements TimeRanks {
    /** An entry of the tree takes 64 bytes, its time 24 and its count 24 where pointers take 8. */
    private static final int TIME_BYTES = 112;

    private final Map<Double, Integer> counts = new TreeMap<>();
    private final HeapShare heap;
    private int size;

    Counted(HeapShare heap) {
      this.heap = heap;
    }

    @Override
    public void add(double time) {
      if (counts.merge(time, 1, Integer::sum) == 1 && !heap.take(TIME_BYTES)) {
        throw tooMany(
            heap, String.format(Locale.ROOT, "counting %,d different times takes", counts.size()));
      }
      size++;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public double at(int rank) {
      int before = 0;
      for (Map.Entry<Double, Integer> time : counts.entrySet()) {
        before += time.getValue();
        if (rank < before) {
          return time.getKey();
        }
      }
      throw new IndexOutOfBoundsException(rank);
    }
  }
}
