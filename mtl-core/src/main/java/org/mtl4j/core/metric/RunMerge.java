package org.mtl4j.core.metric;

import java.util.List;

/**
 * Goes through some sorted runs together, always at the smallest key that is left; of equal ones at
 * that of the first run.
 */
final class RunMerge {
  private final RecordFile file;
  private final RecordSort.Key key;
  private final int[] next;
  private final int[] ends;
  private final long[] keys;

  /** Runs, the one before the other at the top: a binary heap. */
  private final int[] heap;

  private int size;

  /**
   * The runs of a file.
   *
   * @param starts of each run, and the end of the last
   */
  RunMerge(RecordFile file, RecordSort.Key key, List<Integer> starts) {
    this.file = file;
    this.key = key;
    int runs = starts.size() - 1;
    next = starts.subList(0, runs).stream().mapToInt(i -> i).toArray();
    ends = starts.subList(1, runs + 1).stream().mapToInt(i -> i).toArray();
    keys = new long[runs];
    heap = new int[runs];
    for (int run = 0; run < runs; run++) {
      if (next[run] < ends[run]) {
        keys[run] = key.of(file, next[run]);
        heap[size++] = run;
      }
    }
    for (int place = size / 2 - 1; place >= 0; place--) {
      sink(place);
    }
  }

  /** Writes all records in order. */
  void writeTo(RecordWriter writer) {
    while (size > 0) {
      int run = heap[0];
      file.copy(next[run]++, writer.next());
      if (next[run] < ends[run]) {
        keys[run] = key.of(file, next[run]);
      } else {
        heap[0] = heap[--size];
      }
      sink(0);
    }
  }

  private void sink(int from) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], heap[place])) {
        return;
      }
      int run = heap[place];
      heap[place] = heap[child];
      heap[child] = run;
      place = child;
    }
  }

  private boolean isBefore(int run, int other) {
    int order = Long.compareUnsigned(keys[run], keys[other]);
    return order < 0 || (order == 0 && run < other);
  }
}
