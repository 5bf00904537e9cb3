package org.mtl4j.core.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.mtl4j.core.feature.RowMapping;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The rows of one embedding store, of an optimiser's slot of it, or of an exported table, in a
 * session. They go in and come out in slices, so that beside the store itself nothing of its size
 * ever exists.
 */
public final class StoreRows {
  private static final int SLICE_BYTES = 8 << 20;

  private final Session session;
  private final FloatType type;
  private final RowTable home;
  private final Placeholder<TInt64> shape;
  private final Op allocate;
  private final Placeholder<TInt64> ids;
  private final Placeholder<TFloating> values;
  private final Op write;
  private final Operand<TFloating> gathered;

  /** Adds what it needs to the graph. */
  public StoreRows(GraphContext context, Session session, RowTable home) {
    this.session = session;
    this.home = home;
    this.type = context.variables().type();
    Ops tf = context.tf();
    double initial =
        home.initializer() instanceof Initializer.Constant constant ? constant.value() : 0;
    // The shape is fed: with a constant one TensorFlow computes the rows while it prepares the
    // graph, and keeps them as a constant beside the variable for as long as the session lives.
    this.shape = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    this.allocate = tf.assignVariableOp(home.handle(), tf.fill(shape, context.constant(initial)));
    this.ids = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    this.values = tf.placeholder(type.tensorClass(), Placeholder.shape(Shape.of(-1, home.width())));
    this.write = home.write(tf, ids, values);
    this.gathered = home.gather(tf, ids);
  }

  /** Where the rows are. */
  RowTable home() {
    return home;
  }

  /** Makes room for the rows, once: a second time there would be two of the store for a moment. */
  public void allocate() {
    try (TInt64 size = TInt64.vectorOf(home.rows(), home.width())) {
      session.runner().feed(shape, size).addTarget(allocate).run().close();
    }
  }

  /** Gives a logical table's rows their first values, unless {@link #allocate} did. */
  void initialize(EmbeddingTable table, Seed root) {
    if (home.initializer() instanceof Initializer.Constant) {
      return;
    }
    Seed seed = table.seed(root);
    double[] row = new double[home.width()];
    ByteBuffer slice = buffer();
    for (long first = 0; first < table.rows(); first += rowsPerSlice()) {
      int count = count(table, first);
      slice.clear();
      for (int r = 0; r < count; r++) {
        table.initialRow(seed, first + r, row);
        Tensors.put(type, row, slice);
      }
      write(table, first, slice.flip());
    }
  }

  /** Gives a logical table's rows, slice by slice. */
  void read(EmbeddingTable table, TrainedState.Pieces pieces) throws IOException {
    ByteBuffer slice = buffer();
    for (long first = 0; first < table.rows(); first += rowsPerSlice()) {
      int count = count(table, first);
      try (TInt64 rows = ids(table, first, count);
          Result result = session.runner().feed(ids, rows).fetch(gathered).run()) {
        Tensors.read(result.get(0), slice.clear());
      }
      pieces.accept(slice.flip());
    }
  }

  /**
   * Takes over a logical table's rows.
   *
   * @param tensor what they are in the other state
   * @throws IOException if they cannot be read
   */
  public void restore(EmbeddingTable table, StateTensor tensor, TrainedState other)
      throws IOException {
    long[] first = {0};
    other.read(tensor, piece -> first[0] += write(table, first[0], piece));
  }

  /**
   * Takes over some of another table's rows.
   *
   * @param tensor what they are in the other state
   * @param mapping which become which
   */
  void take(EmbeddingTable table, StateTensor tensor, TrainedState other, RowMapping mapping)
      throws IOException {
    int[] first = {0};
    other.read(tensor, piece -> first[0] += take(table, first[0], piece, mapping));
  }

  private int take(EmbeddingTable table, int first, ByteBuffer piece, RowMapping mapping) {
    int count = piece.remaining() / rowBytes();
    ByteBuffer taken = ByteBuffer.allocate(piece.remaining()).order(ByteOrder.nativeOrder());
    long[] targets = new long[count];
    int next = 0;
    for (int r = 0; r < count; r++) {
      int target = mapping.target(first + r);
      if (target != RowMapping.NONE) {
        taken.put(piece.slice(piece.position() + r * rowBytes(), rowBytes()));
        targets[next++] = target;
      }
    }
    if (next > 0) {
      write(table, Arrays.copyOf(targets, next), taken.flip());
    }
    return count;
  }

  /** Writes whole rows; gives their number. */
  private int write(EmbeddingTable table, long first, ByteBuffer rows) {
    int count = rows.remaining() / rowBytes();
    write(table, LongStream.range(first, first + count).toArray(), rows);
    return count;
  }

  /** Writes whole rows of a logical table, those of these ids. */
  void write(EmbeddingTable table, long[] of, ByteBuffer rows) {
    try (TFloating tensor = Tensors.of(type, Shape.of(of.length, home.width()), rows);
        TInt64 target = ids(table, of)) {
      session.runner().feed(ids, target).feed(values, tensor).addTarget(write).run().close();
    }
  }

  private static TInt64 ids(EmbeddingTable table, long first, int count) {
    return ids(table, LongStream.range(first, first + count).toArray());
  }

  private static TInt64 ids(EmbeddingTable table, long[] of) {
    long[] rows = LongStream.of(of).map(row -> table.offset() + row).toArray();
    return TInt64.tensorOf(Shape.of(of.length), DataBuffers.of(rows, false, false));
  }

  private ByteBuffer buffer() {
    return ByteBuffer.allocate(rowsPerSlice() * rowBytes()).order(ByteOrder.nativeOrder());
  }

  private int count(EmbeddingTable table, long first) {
    return (int) Math.min(rowsPerSlice(), table.rows() - first);
  }

  private int rowsPerSlice() {
    return rowsPerSlice(rowBytes());
  }

  /** How many rows go at a time. */
  static int rowsPerSlice(int rowBytes) {
    return Math.max(1, SLICE_BYTES / rowBytes);
  }

  private int rowBytes() {
    return home.width() * Tensors.width(type);
  }
}
