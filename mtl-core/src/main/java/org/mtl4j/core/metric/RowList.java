package org.mtl4j.core.metric;

import java.util.Optional;
import java.util.concurrent.ForkJoinPool;

/**
 * Rows of an output that come one after the other: in memory, as long as they and what an
 * evaluation makes of them have room there, and then in a file. Figures are the same of both. Not
 * safe for use by several threads.
 */
public final class RowList {
  /** The orders of a row's score, weight and group, and the space that sorting takes. */
  private static final int BYTES_OF_ORDERS = 64;

  /** Of each thread of a bootstrap the sums over scores that were drawn; more threads wait. */
  private static final int BYTES_OF_SCORE_SUMS = 24;

  private static final int MOST_THREADS = 8;

  /** Where rows are drawn and no groups: what metrics add up of each, and how often it is drawn. */
  private static final int BYTES_OF_UNIT = 100;

  private final RowShape shape;
  private final RowRoom room;
  private Optional<RecordLayout> layout = Optional.empty();
  private HeapColumns columns;
  private Optional<RecordWriter> file = Optional.empty();
  private long taken;

  /** An empty list. */
  public RowList(RowShape shape, RowRoom room) {
    this.shape = shape;
    this.room = room;
    this.columns = new HeapColumns(shape);
  }

  /** Whether rows were expected. */
  public boolean isStarted() {
    return layout.isPresent();
  }

  /** Number of rows. */
  public int size() {
    return file.map(RecordWriter::size).orElseGet(columns::size);
  }

  /**
   * Gets ready for rows of a block.
   *
   * @param more how many there are at most
   * @param grouped whether they have groups
   * @param items theirs; empty where there are none
   * @throws IllegalArgumentException if groups or items came with some blocks only
   */
  public void expect(int more, boolean grouped, Optional<RowItems> items) {
    RecordLayout expected = new RecordLayout(shape, grouped, items);
    if (layout.isEmpty()) {
      layout = Optional.of(expected);
      columns.start(grouped, items);
    } else if (!expected.equals(layout.get())) {
      throw new IllegalArgumentException(
          "expected %s with every block or with none, found them with some"
              .formatted(grouped == layout.get().grouped() ? "items" : "groups"));
    }
    long bytes = more * bytesOfRow(expected);
    if (file.isEmpty() && room.take(bytes)) {
      taken += bytes;
    } else if (file.isEmpty()) {
      toFile();
    }
  }

  private static long bytesOfRow(RecordLayout layout) {
    int threads = Math.min(MOST_THREADS, ForkJoinPool.getCommonPoolParallelism() + 1);
    int scores = layout.shape().width() > 1 ? 0 : BYTES_OF_ORDERS + threads * BYTES_OF_SCORE_SUMS;
    // Columns grow by half, and stand there twice while they do.
    return 2L * layout.length() + scores + (layout.grouped() ? 0 : BYTES_OF_UNIT);
  }

  private void toFile() {
    RecordWriter writer = new RecordWriter(room.folder(), layout.orElseThrow().length());
    EvaluationRows rows = columns.toRows();
    SelectedRows block = new SelectedRows(rows, shape.labelWidth());
    for (int row = 0; row < rows.size(); row++) {
      layout.get().put(writer.next(), block, row, row);
    }
    file = Optional.of(writer);
    columns = new HeapColumns(shape);
    room.give(taken);
  }

  /** Adds a row of the block. */
  public void add(RowBlock block, int row) {
    if (file.isPresent()) {
      int number = file.get().size();
      layout.orElseThrow().put(file.get().next(), block, row, number);
    } else {
      columns.add(block, row);
    }
  }

  /** Adds rows that are there already. */
  public void addAll(EvaluationRows rows) {
    expect(rows.size(), rows.groups().isPresent(), rows.items());
    SelectedRows block = new SelectedRows(rows, shape.labelWidth());
    for (int row = 0; row < rows.size(); row++) {
      add(block, row);
    }
  }

  /** Some of the rows of a table in files, in this order, as rows of their own. */
  static EvaluationRows select(EvaluationRows rows, RecordLayout layout, RowRoom room, int[] some) {
    RowList list = new RowList(layout.shape(), room);
    list.expect(some.length, layout.grouped(), rows.items());
    SelectedRows block = new SelectedRows(rows, layout.shape().labelWidth());
    for (int row : some) {
      list.add(block, row);
    }
    return list.toRows();
  }

  /** The rows added so far; valid until more are added. */
  public EvaluationRows toRows() {
    return file.isPresent()
        ? new EvaluationRows(
            RowChecks.checked(
                FileSums.of(
                    new FileTable(file.get().toFile(), layout.orElseThrow(), room.empty()))))
        : columns.toRows();
  }
}
