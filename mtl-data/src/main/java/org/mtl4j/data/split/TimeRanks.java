package org.mtl4j.data.split;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.mtl4j.core.schema.TokenIndex;

/**
 * Times of rows by rank, the earliest first; add all, then ask.
 *
 * @param <T> {@link Double} or {@link String}
 */
interface TimeRanks<T> {
  /** Adds a row's time. */
  void add(T time);

  /** Number of rows. */
  int size();

  /** The time of a rank, from 0; the first call ends the adding. */
  T at(int rank);

  /** Numbers: 8 bytes a row, 16 while they are sorted. */
  final class Numbers implements TimeRanks<Double> {
    private final DoubleStream.Builder times = DoubleStream.builder();
    private double[] sorted = {};
    private int size;

    @Override
    public void add(Double time) {
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

  /** Texts: each counted once, some 33 bytes and its text, however many rows have it. */
  final class Texts implements TimeRanks<String> {
    private final TokenIndex texts = new TokenIndex();
    private int[] counts = new int[16];
    private List<String> sorted = List.of();
    private int size;

    @Override
    public void add(String time) {
      int number = texts.add(time);
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
