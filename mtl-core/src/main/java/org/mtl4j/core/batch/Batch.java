package org.mtl4j.core.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one step in native memory, ready to be fed. A batch is filled, lent to whoever feeds
 * it, given back and filled again; its buffers are allocated once.
 */
public final class Batch {
  private final BatchLayout layout;
  private final List<IdBlock> ids = new ArrayList<>();
  private final FloatBuffer dense;
  private final Map<String, FloatBuffer> labels = new LinkedHashMap<>();
  private final Map<String, FloatBuffer> weights = new LinkedHashMap<>();
  private final IntBuffer queries;
  private final Map<Integer, Integer> queryNumbers = new HashMap<>();
  private int[] records = new int[0];
  private int size;

  /** An empty batch. */
  public Batch(BatchLayout layout) {
    this.layout = layout;
    layout.stores().forEach(store -> ids.add(new IdBlock(store, layout.capacity())));
    this.dense = floats(Math.multiplyExact(layout.capacity(), layout.denseWidth()));
    this.queries = bytes(layout.queries() ? layout.capacity() : 0).asIntBuffer().limit(0);
    for (LabelShape label : layout.labels()) {
      labels.put(label.output(), floats(Math.multiplyExact(layout.capacity(), label.width())));
      weights.put(label.output(), floats(layout.capacity()));
    }
  }

  /** Number of rows B. */
  public int size() {
    return size;
  }

  /** Per embedding store the batch's ids. */
  public List<IdBlock> ids() {
    return ids;
  }

  /** The dense inputs [B, W]. */
  public FloatBuffer dense() {
    return dense.duplicate();
  }

  /** The labels of an output [B], of sets [B, classes]: 0 where the row has no say. */
  public FloatBuffer labels(String output) {
    return labels.get(output).duplicate();
  }

  /** The example weights of an output [B]: 0 where the row has no say. */
  public FloatBuffer weights(String output) {
    return weights.get(output).duplicate();
  }

  /**
   * The query of each row [B]: numbers within the batch, from 0 in the order in which the queries
   * come. Without a row if the layout has no queries.
   */
  public IntBuffer queries() {
    return queries.duplicate();
  }

  /**
   * Where rows can be parted without parting a query: the last such position up to {@code end}, or
   * {@code end} itself if the rows from {@code from} on are all of one query, or of none.
   *
   * @param from the first row
   * @param end the position behind the last row that would be taken
   */
  public int wholeQueries(int from, int end) {
    if (end < queries.limit()) {
      for (int at = end; at > from; at--) {
        if (queries.get(at) != queries.get(at - 1)) {
          return at;
        }
      }
    }
    return end;
  }

  /**
   * Fills the batch with the rows {@code order[from]} to {@code order[from + size - 1]}.
   *
   * @throws IllegalArgumentException if they are more than the batch holds, or do not say which
   *     query they belong to where the layout asks for it
   */
  public void fill(EncodedData rows, int[] order, int from, int size) {
    if (size > layout.capacity()) {
      throw new IllegalArgumentException(
          "expected at most " + layout.capacity() + " rows, found " + size);
    }
    this.size = size;
    RowLayout row = rows.layout();
    if (records.length < size * row.words()) {
      records = new int[Math.multiplyExact(layout.capacity(), row.words())];
    }
    rows.read(order, from, size, records);
    ids.forEach(block -> block.fill(records, row, size));
    fillDense(row);
    for (LabelShape label : layout.labels()) {
      fillLabels(label, row);
    }
    if (layout.queries()) {
      fillQueries(row);
    }
  }

  private void fillQueries(RowLayout row) {
    if (!row.grouped()) {
      throw new IllegalArgumentException("expected rows with a query each, found " + row);
    }
    queries.clear();
    queryNumbers.clear();
    for (int r = 0, at = row.groupAt(); r < size; r++, at += row.words()) {
      queries.put(queryNumbers.computeIfAbsent(records[at], query -> queryNumbers.size()));
    }
    queries.flip();
  }

  private void fillDense(RowLayout row) {
    dense.clear();
    int width = layout.denseWidth();
    int step = row.words();
    for (int r = 0; r < size; r++) {
      int at = r * step + row.denseAt(0);
      for (int c = 0; c < width; c++) {
        dense.put(Float.intBitsToFloat(records[at + c]));
      }
    }
    dense.flip();
  }

  private void fillLabels(LabelShape shape, RowLayout row) {
    FloatBuffer label = labels.get(shape.output()).clear();
    FloatBuffer weight = weights.get(shape.output()).clear();
    int at = row.labelAt(shape);
    int step = row.words();
    int words = shape.words();
    for (int r = 0; r < size; r++, at += step) {
      int bits = records[at + words];
      float say = (bits & RowLayout.NO_SAY) == 0 ? Float.intBitsToFloat(bits) : 0;
      // Anything may stand where nobody has a say, and 0 times infinite or NaN is not 0.
      if (shape.classes() == 0) {
        label.put(say > 0 ? Float.intBitsToFloat(records[at]) : 0);
      }
      for (int c = 0; c < shape.classes(); c++) {
        label.put(say > 0 ? ClassBits.of(records, at, c) : 0);
      }
      weight.put(say);
    }
    label.flip();
    weight.flip();
  }

  private static FloatBuffer floats(int capacity) {
    return bytes(capacity).asFloatBuffer();
  }

  private static ByteBuffer bytes(int words) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(words, Float.BYTES))
        .order(ByteOrder.nativeOrder());
  }
}
