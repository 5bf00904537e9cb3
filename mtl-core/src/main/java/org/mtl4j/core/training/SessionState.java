package org.mtl4j.core.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
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
 * Puts numbers into a session's variables and takes them out: first values, checkpoints. Tables go
 * in slices of rows.
 */
final class SessionState implements TrainedState {
  private static final int SLICE_BYTES = 8 << 20;

  /** Rows of a logical table, or of an optimiser's slot of it, inside a store. */
  private record Slice(RowTable home, EmbeddingTable table) {}

  private record DenseAccess(Variable variable, Placeholder<TFloating> value, Op assign) {}

  private record RowAccess(
      Op allocate, Operand<TFloating> gathered, Placeholder<TFloating> values, Op write) {}

  private final Session session;
  private final FloatType type;
  private final Placeholder<TInt64> ids;
  private final Map<String, DenseAccess> dense = new LinkedHashMap<>();
  private final Map<String, Slice> slices = new LinkedHashMap<>();
  private final Map<RowTable, RowAccess> rowAccess = new LinkedHashMap<>();
  private final List<StateTensor> tensors = new ArrayList<>();

  /** Adds what it needs to the graph; the session must not have run before. */
  SessionState(TrainingGraph graph, Session session) {
    this.session = session;
    Variables variables = graph.variables();
    this.type = variables.type();
    GraphContext context = GraphContext.inference(graph.graph(), variables, "state");
    this.ids = context.tf().placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    for (Variable variable : variables.dense()) {
      addDense(context.tf(), variable);
    }
    for (RowTable table : variables.tables()) {
      rowAccess.put(table, rowAccess(context, table));
      for (TrainingInputs.Store store : graph.inputs().stores()) {
        addSlices(table, store);
      }
    }
  }

  private void addDense(Ops tf, Variable variable) {
    Placeholder<TFloating> value =
        tf.placeholder(type.tensorClass(), Placeholder.shape(variable.shape()));
    Op assign = tf.assignVariableOp(variable.handle(), value);
    dense.put(variable.name(), new DenseAccess(variable, value, assign));
    List<Long> shape = LongStream.of(variable.shape().asArray()).boxed().toList();
    tensors.add(new StateTensor(variable.name(), shape, type, false));
  }

  private RowAccess rowAccess(GraphContext context, RowTable table) {
    Ops tf = context.tf();
    double initial =
        table.initializer() instanceof Initializer.Constant constant ? constant.value() : 0;
    Op allocate =
        tf.assignVariableOp(
            table.handle(),
            tf.fill(
                tf.constant(new long[] {table.rows(), table.width()}), context.constant(initial)));
    Placeholder<TFloating> values =
        tf.placeholder(type.tensorClass(), Placeholder.shape(Shape.of(-1, table.width())));
    return new RowAccess(allocate, table.gather(tf, ids), values, table.write(tf, ids, values));
  }

  /** A store is named {@code embedding_store/dim_16}, its slots {@code optimizer/SLOT/} + that. */
  private void addSlices(RowTable home, TrainingInputs.Store store) {
    String storeName = store.table().name();
    if (!home.name().endsWith(storeName)) {
      return;
    }
    String prefix = home.name().substring(0, home.name().length() - storeName.length());
    for (EmbeddingTable table : store.tables()) {
      String name = prefix + table.variableName();
      slices.put(name, new Slice(home, table));
      tensors.add(new StateTensor(name, List.of(table.rows(), (long) home.width()), type, true));
    }
  }

  /** Gives every variable its first values. */
  void initialize(Seed seed) {
    initializeDense(seed);
    rowAccess
        .values()
        .forEach(access -> session.runner().addTarget(access.allocate()).run().close());
    for (Slice slice : slices.values()) {
      if (!(slice.home().initializer() instanceof Initializer.Constant)) {
        initializeRows(slice, seed);
      }
    }
  }

  /** All at once, since TensorFlow prepares each set of targets anew: 10 ms a variable. */
  private void initializeDense(Seed seed) {
    List<TFloating> values = new ArrayList<>();
    Session.Runner runner = session.runner();
    for (DenseAccess access : dense.values()) {
      Variable variable = access.variable();
      TFloating value = Tensors.of(type, variable.shape(), variable.initialValues(seed));
      values.add(value);
      runner.feed(access.value(), value).addTarget(access.assign());
    }
    runner.run().close();
    values.forEach(TFloating::close);
  }

  private void initializeRows(Slice slice, Seed root) {
    Seed seed = slice.table().seed(root);
    int width = slice.home().width();
    double[] row = new double[width];
    int step = rowsPerSlice(slice.home());
    for (long first = 0; first < slice.table().rows(); first += step) {
      int count = (int) Math.min(step, slice.table().rows() - first);
      double[] values = new double[count * width];
      for (int r = 0; r < count; r++) {
        slice.table().initialRow(seed, first + r, row);
        System.arraycopy(row, 0, values, r * width, width);
      }
      writeRows(slice, first, Tensors.of(type, Shape.of(count, width), values));
    }
  }

  @Override
  public List<StateTensor> tensors() {
    return List.copyOf(tensors);
  }

  @Override
  public void read(StateTensor tensor, Pieces pieces) throws IOException {
    DenseAccess access = dense.get(tensor.name());
    if (access != null) {
      try (Result result = session.runner().fetch(access.variable().value()).run()) {
        pieces.accept(Tensors.bytes(result.get(0)));
      }
      return;
    }
    Slice slice = slices.get(tensor.name());
    int step = rowsPerSlice(slice.home());
    for (long first = 0; first < slice.table().rows(); first += step) {
      int count = (int) Math.min(step, slice.table().rows() - first);
      try (TInt64 rows = ids(slice, first, count);
          Result result =
              session
                  .runner()
                  .feed(ids, rows)
                  .fetch(rowAccess.get(slice.home()).gathered())
                  .run()) {
        pieces.accept(Tensors.bytes(result.get(0)));
      }
    }
  }

  /**
   * Takes over another state's numbers.
   *
   * @throws IOException if they cannot be read
   * @throws IllegalStateException if its tensors are not these
   */
  void restore(TrainedState other) throws IOException {
    if (!List.copyOf(other.tensors()).equals(tensors())) {
      throw new IllegalStateException(
          "expected the tensors " + tensors() + ", found " + other.tensors());
    }
    rowAccess
        .values()
        .forEach(access -> session.runner().addTarget(access.allocate()).run().close());
    for (StateTensor tensor : tensors) {
      DenseAccess access = dense.get(tensor.name());
      if (access != null) {
        other.read(tensor, p -> assign(access, Tensors.of(type, access.variable().shape(), p)));
      } else {
        restoreRows(other, tensor, slices.get(tensor.name()));
      }
    }
  }

  private void restoreRows(TrainedState other, StateTensor tensor, Slice slice) throws IOException {
    int width = slice.home().width();
    long[] first = {0};
    other.read(
        tensor,
        piece -> {
          int count = piece.remaining() / (width * Tensors.width(type));
          writeRows(slice, first[0], Tensors.of(type, Shape.of(count, width), piece));
          first[0] += count;
        });
  }

  private void assign(DenseAccess access, TFloating value) {
    try (value) {
      session.runner().feed(access.value(), value).addTarget(access.assign()).run().close();
    }
  }

  private void writeRows(Slice slice, long first, TFloating values) {
    RowAccess access = rowAccess.get(slice.home());
    try (values;
        TInt64 rows = ids(slice, first, (int) values.shape().get(0))) {
      session
          .runner()
          .feed(ids, rows)
          .feed(access.values(), values)
          .addTarget(access.write())
          .run()
          .close();
    }
  }

  private static TInt64 ids(Slice slice, long first, int count) {
    long start = slice.table().offset() + first;
    long[] rows = LongStream.range(start, start + count).toArray();
    return TInt64.tensorOf(Shape.of(count), DataBuffers.of(rows, false, false));
  }

  private int rowsPerSlice(RowTable table) {
    return Math.max(1, SLICE_BYTES / (table.width() * Tensors.width(type)));
  }
}
