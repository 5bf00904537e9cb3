package org.mtl4j.core.metric;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where in a record what a row has begins, in bytes: predictions, labels, weight, its number among
 * all rows, group, item, the item's popularity and content.
 *
 * @param grouped whether there are groups
 * @param hasItems whether there are items
 * @param hasPopularity whether it is known of them
 * @param content columns of it
 */
record RecordLayout(
    RowShape shape, boolean grouped, boolean hasItems, boolean hasPopularity, int content) {
  /** Of rows with as much known of their items as of these. */
  RecordLayout(RowShape shape, boolean grouped, Optional<RowItems> like) {
    this(
        shape,
        grouped,
        like.isPresent(),
        like.flatMap(RowItems::popularity).isPresent(),
        like.map(items -> items.content().size()).orElse(0));
  }

  /** Of the same rows as a yes or no to one class. */
  RecordLayout ofClass() {
    return new RecordLayout(new RowShape(1, 1, shape.doubles()), grouped, false, false, 0);
  }

  int labels() {
    return shape.width() * shape.numberBytes();
  }

  int weight() {
    return labels() + shape.labelWidth() * shape.numberBytes();
  }

  int row() {
    return weight() + shape.numberBytes();
  }

  int group() {
    return row() + Integer.BYTES;
  }

  private int item() {
    return group() + (grouped ? Integer.BYTES : 0);
  }

  private int popularity() {
    return item() + (hasItems ? Integer.BYTES : 0);
  }

  private int content(int column) {
    return popularity() + (hasPopularity ? Float.BYTES : 0) + column * Integer.BYTES;
  }

  /** Bytes of a record. */
  int length() {
    return content(content);
  }

  /** Puts a row of a block into a record, with its number among all rows. */
  void put(ByteBuffer record, RowBlock block, int row, int number) {
    for (int i = 0; i < shape.width(); i++) {
      put(record, block.prediction(row, i));
    }
    for (int i = 0; i < shape.labelWidth(); i++) {
      put(record, block.label(row, i));
    }
    put(record, block.weight(row));
    record.putInt(number);
    if (grouped) {
      record.putInt(block.group(row));
    }
    if (hasItems) {
      put(record, block.items().orElseThrow(), row);
    }
  }

  private void put(ByteBuffer record, double number) {
    if (shape.doubles()) {
      record.putDouble(number);
    } else {
      record.putFloat((float) number);
    }
  }

  private static void put(ByteBuffer record, RowItems items, int row) {
    record.putInt(items.ofRow().get(row));
    items.popularity().ifPresent(counts -> record.putFloat((float) counts.get(row)));
    items.content().forEach(column -> record.putInt(column.get(row)));
  }

  FileNumbers predictions(RecordFile file) {
    return new FileNumbers(file, 0, shape.width(), shape.numberBytes());
  }

  FileNumbers labels(RecordFile file) {
    return new FileNumbers(file, labels(), shape.labelWidth(), shape.numberBytes());
  }

  FileNumbers weights(RecordFile file) {
    return new FileNumbers(file, weight(), shape.numberBytes());
  }

  Optional<Ints> groups(RecordFile file) {
    return grouped ? Optional.of(new FileInts(file, group())) : Optional.empty();
  }

  Optional<RowItems> items(RecordFile file) {
    return hasItems
        ? Optional.of(
            new RowItems(
                new FileInts(file, item()),
                hasPopularity
                    ? Optional.of(new FileNumbers(file, popularity(), Float.BYTES))
                    : Optional.empty(),
                IntStream.range(0, content)
                    .<Ints>mapToObj(column -> new FileInts(file, content(column)))
                    .toList()))
        : Optional.empty();
  }
}
