package org.mtl4j.data.split;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.schema.TokenIndex;
import org.mtl4j.data.memory.HeapShare;

/**
 * Times of rows by rank, the earliest first; add all, then ask.
 *
 * @param <T> {@link Double} or {@link String}
 */
interface TimeRanks<T> {
  /**
   * Adds a row's time.
   *
   * @throws MtlException of code MEMORY if the heap's share is used up
   */
  void add(T time);

  /** Number of rows. */
  int size();

  /** The time of a rank, from 0; the first call ends the adding. */
  T at(int rank);

  /** Why no more times can be held. */
  private static MtlException tooMany(HeapShare heap, String what) {
    return heap.refusal(
        "data.split",
        what,
        "A split by validation_from and test_from, in place of shares, holds no times.");
  }

  /** Numbers: 6 to 11 bytes a row, 14 to 19 while they are sorted. */
  final class Numbers implements TimeRanks<Double> {
    private static final int ROW_BYTES = 24;

    private final DoubleStream.Builder times = DoubleStream.builder();
    private final HeapShare heap;
    private double[] sorted = {};
    private int size;

    Numbers(HeapShare heap) {
      this.heap = heap;
    }

    @Override
    public void add(Double time) {
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
    public Double at(int rank) {
      if (sorted.length == 0) {
        sorted = times.build().sorted().toArray();
      }
      return sorted[rank];
    }
  }

  /**
   * Texts: each counted once, 78 to 101 bytes for one of 19 characters, however often it is there.
   */
  final class Texts implements TimeRanks<String> {
    private final TokenIndex texts = new TokenIndex();
    private int[] counts = new int[16];
    private final HeapShare heap;
    private List<String> sorted = List.of();
    private int size;

    Texts(HeapShare heap) {
      this.heap = heap;
    }

    @Override
    public void add(String time) {
      int before = texts.size();
      int number = texts.add(time);
      if (number == before && !heap.takeText(time)) {
        throw tooMany(
            heap, String.format(Locale.ROOT, "counting %,d different times takes", texts.size()));
      }
      if (number == counts.length) {
        counts = Arrays.copyOf(counts, 2 * number);
      }
      counts[number]++;
      size++;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public String at(int rank) {
      if (sorted.isEmpty()) {
        sorted = texts.tokens().stream().sorted().toList();
      }
      int before = 0;
      for (String text : sorted) {
        before += counts[texts.find(text)];
        if (rank < before) {
          return text;
        }
      }
      throw new IndexOutOfBoundsException(rank);
    }
  }
}
