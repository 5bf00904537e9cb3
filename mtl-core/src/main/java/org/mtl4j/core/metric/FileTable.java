package org.mtl4j.core.metric;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * A table in a file. An order is a second file, sorted, whose records are read one after the other;
 * it too is made once, when it is first asked for. Safe from any thread.
 */
final class FileTable extends EvaluationTable {
  private final RecordFile file;
  private final RecordLayout layout;
  private final RowRoom room;
  private final FileTable[] classes;
  private final Order order;
  private final Optional<FileTable> unsorted;
  private FileTable byScore;
  private FileTable byLabel;
  private FileTable byGroup;
  private FileGroups fileGroups;

  /** What the records are ordered by: rows by their numbers; groups by those, then by score. */
  private enum Order {
    ROWS,
    SCORES,
    LABELS,
    GROUPS
  }

  /** Rows in the order of their numbers. */
  FileTable(RecordFile file, RecordLayout layout, RowRoom room) {
    this(file, layout, room, Order.ROWS, Optional.empty());
  }

  private FileTable(
      RecordFile file,
      RecordLayout layout,
      RowRoom room,
      Order order,
      Optional<FileTable> unsorted) {
    super(
        layout.predictions(file),
        layout.shape().width(),
        layout.labels(file),
        layout.groups(file),
        layout.items(file),
        file.size());
    this.file = file;
    this.layout = layout;
    this.room = room;
    this.order = order;
    this.unsorted = unsorted;
    this.classes = new FileTable[layout.shape().width()];
  }

  RowRoom room() {
    return room;
  }

  RecordLayout layout() {
    return layout;
  }

  FileNumbers weights() {
    return layout.weights(file);
  }

  /** Per row its number, which in another order is not its place. */
  Ints rows() {
    return new FileInts(file, layout.row());
  }

  @Override
  EvaluationTable with(RowItems those) {
    throw new IllegalStateException("expected items that came with their rows, found them later");
  }

  /** The same rows by falling score. */
  synchronized FileTable byScore() {
    if (order == Order.SCORES) {
      return this;
    }
    if (byScore == null) {
      checkOnePrediction();
      byScore = sorted(file, Order.SCORES, byFalling(0));
    }
    return byScore;
  }

  private synchronized FileTable byLabel() {
    if (byLabel == null) {
      checkOneLabel();
      byLabel = sorted(file, Order.LABELS, byFalling(layout.labels()));
    }
    return byLabel;
  }

  /** The rows of each group, by falling score. */
  synchronized FileTable byGroup() {
    if (order == Order.GROUPS) {
      return this;
    }
    if (byGroup == null) {
      existingGroups();
      byGroup = sorted(byScore().file, Order.GROUPS, byGroupNumber(layout.group()));
    }
    return byGroup;
  }

  private FileTable sorted(RecordFile records, Order by, RecordSort.Key key) {
    if (order != Order.ROWS) {
      throw new IllegalStateException("expected rows in their own order, found them sorted");
    }
    RecordFile inOrder = new RecordSort(room, key).sort(records);
    return new FileTable(inOrder, layout, room, by, Optional.of(this));
  }

  private RecordSort.Key byFalling(int offset) {
    return layout.shape().doubles()
        ? (records, i) -> KeyedRows.fallingKey(records.getDouble(i, offset))
        : (records, i) -> KeyedRows.fallingKey(records.getFloat(i, offset));
  }

  private static RecordSort.Key byGroupNumber(int offset) {
    return (records, i) -> Integer.toUnsignedLong(records.getInt(i, offset));
  }

  /** Those of the groups; of sorted rows they are those of the rows in their own order. */
  private synchronized FileGroups fileGroups() {
    if (unsorted.isPresent()) {
      return unsorted.get().fileGroups();
    }
    if (fileGroups == null) {
      Ints numbers = existingGroups();
      RecordFile inOrder;
      try (RecordWriter writer = new RecordWriter(room.folder(), Integer.BYTES)) {
        for (int row = 0; row < size(); row++) {
          writer.next().putInt(numbers.get(row));
        }
        inOrder = new RecordSort(room, byGroupNumber(0)).sort(writer.toFile());
        writer.discard();
      }
      fileGroups = new FileGroups(new FileInts(inOrder, 0), room);
    }
    return fileGroups;
  }

  @Override
  int unitCount() {
    return groups().isPresent() ? fileGroups().count() : size();
  }

  @Override
  IntUnaryOperator units() {
    if (groups().isEmpty()) {
      return rows()::get;
    }
    Ints numbers = existingGroups();
    FileGroups found = fileGroups();
    return row -> found.of(numbers.get(row));
  }

  @Override
  synchronized Ranking ranking() {
    FileTable view = byScore();
    return new FileRanking(view.predictions(), places(view));
  }

  @Override
  synchronized Ranking labelRanking() {
    return new FileRanking(byLabel().labels(), byLabel().rows());
  }

  @Override
  synchronized GroupedRanking groupedRanking() {
    FileTable view = byGroup();
    return new FileGroupedRanking(
        view.predictions(), view.existingGroups(), places(view), view.fileGroups());
  }

  /** Per position of a view its row: its own are the positions. */
  private Ints places(FileTable view) {
    return view == this ? new Positions(size()) : view.rows();
  }

  @Override
  synchronized FileTable ofClass(int c) {
    if (classes[c] == null) {
      RecordLayout narrow = layout.ofClass();
      try (RecordWriter writer = new RecordWriter(room.folder(), narrow.length())) {
        RowBlock block = new ClassRows(this, c);
        for (int row = 0; row < size(); row++) {
          narrow.put(writer.next(), block, row, row);
        }
        classes[c] = new FileTable(writer.toFile(), narrow, room);
      }
    }
    return classes[c];
  }

  /**
   * Goes through the different scores of rows that are sorted by them.
   *
   * @param weightAt what the row at a position counts
   */
  void visit(IntToDoubleFunction weightAt, ScoreVisitor visitor) {
    Numbers scores = predictions();
    Numbers labels = labels();
    for (int i = 0; i < size(); ) {
      double score = scores.get(i);
      double positives = 0;
      double negatives = 0;
      do {
        if (labels.get(i) == 1) {
          positives += weightAt.applyAsDouble(i);
        } else {
          negatives += weightAt.applyAsDouble(i);
        }
        i++;
      } while (i < size() && scores.get(i) == score);
      visitor.visit(score, positives, negatives);
    }
  }
}
