package org.mtl4j.core.metric;

/** Numbers of rows in a file, which are put in the rows' order by a sort. */
final class FileRowValues implements RowValues {
  private final RowRoom room;
  private final RecordWriter writer;

  FileRowValues(RowRoom room) {
    this.room = room;
    this.writer = new RecordWriter(room.folder(), Double.BYTES + Integer.BYTES);
  }

  @Override
  public void set(int row, double value) {
    writer.next().putDouble(value).putInt(row);
  }

  @Override
  public Numbers numbers() {
    RecordSort byRow = new RecordSort(room, (file, index) -> file.getInt(index, Double.BYTES));
    RecordFile sorted = byRow.sort(writer.toFile());
    writer.discard();
    return new FileNumbers(sorted, 0, Double.BYTES);
  }
}
