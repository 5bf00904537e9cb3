package org.mtl4j.core.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Operands;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TFloating;

/**
 * The variables of one graph, got or created by name: the forward pass of training and the one of
 * inference ask for the same names and so share one set.
 */
public final class Variables {
  private final Graph graph;
  private final FloatType type;
  private final Map<String, Variable> dense = new LinkedHashMap<>();
  private final Map<String, RowTable> tables = new LinkedHashMap<>();

  /** No variables yet, in a graph whose floating tensors have the given type. */
  public Variables(Graph graph, FloatType type) {
    this.graph = graph;
    this.type = type;
  }

  /**
   * The dense variable of that name, created if it is not there yet.
   *
   * @throws IllegalStateException if it is there with another shape
   */
  public Variable get(String name, Shape shape, Initializer initializer) {
    Variable known = dense.get(name);
    if (known == null) {
      Ops tf = Ops.create(graph);
      VarHandleOp handle = handle(name, shape);
      Operand<TFloating> value = ReadVariableOp.create(tf.scope(), handle, type.tensorClass());
      known = new Variable(name, shape, initializer, handle, value);
      dense.put(name, known);
    }
    if (!known.shape().equals(shape)) {
      throw new IllegalStateException(
          "variable %s: expected shape %s as when it was created, found %s"
              .formatted(name, known.shape(), shape));
    }
    return known;
  }

  /**
   * The table of that name, created if it is not there yet.
   *
   * @param rows number of rows
   * @param width values a row
   * @throws IllegalStateException if it is there with another shape
   */
  public RowTable table(String name, long rows, int width, Initializer initializer) {
    RowTable table =
        tables.computeIfAbsent(
            name,
            n -> new RowTable(n, rows, width, initializer, handle(n, Shape.of(rows, width)), type));
    if (table.rows() != rows || table.width() != width) {
      throw new IllegalStateException(
          "table %s: expected [%d, %d] as when it was created, found [%d, %d]"
              .formatted(name, table.rows(), table.width(), rows, width));
    }
    return table;
  }

  /** The dense variables, in the order of their creation. */
  public List<Variable> dense() {
    return List.copyOf(dense.values());
  }

  /** The dense variable of that name, if there is one. */
  public Optional<Variable> find(String name) {
    return Optional.ofNullable(dense.get(name));
  }

  /** The tables, in the order of their creation. */
  public List<RowTable> tables() {
    return List.copyOf(tables.values());
  }

  /** The type of every value. */
  public FloatType type() {
    return type;
  }

  /** The operation's name is the variable's, slashes included: names in the graph are an API. */
  private VarHandleOp handle(String name, Shape shape) {
    return new VarHandleOp(
        graph
            .opBuilder(VarHandleOp.OP_NAME, name, graph.baseScope())
            .setAttr("dtype", Operands.toDataType(type.tensorClass()))
            .setAttr("shape", shape)
            .setAttr("shared_name", name)
            .build());
  }
}
