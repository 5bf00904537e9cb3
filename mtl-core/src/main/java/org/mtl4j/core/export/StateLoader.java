package org.mtl4j.core.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.core.training.Tensors;
import org.mtl4j.core.training.TrainedState;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Puts a trained state into an export's variables, tables in slices of rows. Its operations are in
 * the session's graph but never in the GraphDef that is written, which is taken before.
 */
final class StateLoader {
  private final Graph graph;
  private final Session session;
  private final Map<String, StateTensor> tensors = new HashMap<>();
  private final TrainedState state;

  StateLoader(Graph graph, Session session, TrainedState state) {
    this.graph = graph;
    this.session = session;
    this.state = state;
    state.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
  }

  void load(Variable variable) throws IOException {
    Ops tf = Ops.create(graph).withSubScope("load");
    Placeholder<TFloat32> value = tf.placeholder(TFloat32.class);
    Op assign = tf.assignVariableOp(variable.handle(), value);
    state.read(
        tensor(variable.name()),
        piece -> {
          try (Tensor values = floats(variable.shape(), piece)) {
            session.runner().feed(value, values).addTarget(assign).run().close();
          }
        });
  }

  @SuppressWarnings("unchecked") // an export is in float32
  void load(RowTable table) throws IOException {
    Ops tf = Ops.create(graph).withSubScope("load");
    allocate(tf, table);
    Placeholder<TInt64> ids = tf.placeholder(TInt64.class);
    Placeholder<TFloating> rows =
        (Placeholder<TFloating>) (Placeholder<?>) tf.placeholder(TFloat32.class);
    Op write = table.write(tf, ids, rows);
    long[] first = {0};
    state.read(
        tensor(table.name()),
        piece -> {
          int count = piece.remaining() / (table.width() * Float.BYTES);
          long[] range = LongStream.range(first[0], first[0] + count).toArray();
          first[0] += count;
          try (Tensor values = floats(Shape.of(count, table.width()), piece);
              TInt64 target = TInt64.vectorOf(range)) {
            session.runner().feed(ids, target).feed(rows, values).addTarget(write).run().close();
          }
        });
    // Written by rows, a variable is copied whenever it is read whole, as the saver does.
    session.runner().addTarget(tf.io.disableCopyOnRead(table.handle())).run().close();
  }

  /** The shape is fed: made of a constant, the zeros would stay in memory as a constant too. */
  private void allocate(Ops tf, RowTable table) {
    Placeholder<TInt64> shape = tf.placeholder(TInt64.class);
    Op zeros = tf.assignVariableOp(table.handle(), tf.fill(shape, tf.constant(0f)));
    try (TInt64 size = TInt64.vectorOf(table.rows(), table.width())) {
      session.runner().feed(shape, size).addTarget(zeros).run().close();
    }
  }

  private StateTensor tensor(String name) {
    StateTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException(
          "the exported graph needs the variable %s, which the trained state lacks: %s"
              .formatted(name, tensors.keySet()));
    }
    return tensor;
  }

  private static Tensor floats(Shape shape, ByteBuffer piece) {
    return Tensors.of(FloatType.FLOAT32, shape, piece);
  }
}
