package org.mtl4j.core.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * A stable external sort: parts that fit into memory are sorted by {@link RadixSort} and written
 * one behind the other, and such runs are merged, so many at a time, until there is one (Knuth, The
 * Art of Computer Programming 3, 5.4). Takes 24 bytes of heap for each record of a part.
 */
final class RecordSort {
  private static final int BYTES_A_RECORD = 2 * (Long.BYTES + Integer.BYTES);

  /** With more at a time each has too little of what the disk reads ahead. */
  static final int RUNS_AT_ONCE = 64;

  private final RowRoom room;
  private final Key key;
  private final int runsAtOnce;

  /** The unsigned number by which a record is sorted, ascending. */
  @FunctionalInterface
  interface Key {
    long of(RecordFile file, int index);
  }

  /** A sort by these keys. */
  RecordSort(RowRoom room, Key key) {
    this(room, key, RUNS_AT_ONCE);
  }

  /** As above, with so many runs merged at once, at least 2. */
  RecordSort(RowRoom room, Key key, int runsAtOnce) {
    this.room = room;
    this.key = key;
    this.runsAtOnce = runsAtOnce;
  }

  /** Sorted records: the i-th run begins at the i-th start and ends before the next. */
  private record Runs(RecordWriter writer, RecordFile file, List<Integer> starts) {
    int count() {
      return starts.size() - 1;
    }
  }

  /** The same records in order; those of equal keys keep theirs. */
  RecordFile sort(RecordFile records) {
    Runs runs = runs(records);
    while (runs.count() > 1) {
      Runs merged = merged(runs);
      runs.writer().discard();
      runs = merged;
    }
    runs.writer().close();
    return runs.file();
  }

  private Runs runs(RecordFile records) {
    int part = (int) Math.max(1, Math.min(records.size(), room.sortBytes() / BYTES_A_RECORD));
    RecordWriter writer = new RecordWriter(room.folder(), records.length());
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (long from = 0; from < records.size(); from += part) {
      int first = (int) from;
      int count = (int) Math.min(part, records.size() - from);
      KeyedRows sorted = KeyedRows.of(count, i -> key.of(records, first + i));
      for (int row : sorted.rows()) {
        records.copy(first + row, writer.next());
      }
      starts.add(first + count);
    }
    return new Runs(writer, writer.toFile(), starts);
  }

  /** Neighbours are merged, so that records of equal keys keep their order. */
  private Runs merged(Runs runs) {
    RecordWriter writer = new RecordWriter(room.folder(), runs.file().length());
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int first = 0; first < runs.count(); first += runsAtOnce) {
      int last = Math.min(first + runsAtOnce, runs.count());
      new RunMerge(runs.file(), key, runs.starts().subList(first, last + 1)).writeTo(writer);
      starts.add(runs.starts().get(last));
    }
    return new Runs(writer, writer.toFile(), starts);
  }
}
