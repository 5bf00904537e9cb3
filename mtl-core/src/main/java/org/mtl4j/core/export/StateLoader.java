package org.mtl4j.core.export;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.core.training.StoreRows;
import org.mtl4j.core.training.Tensors;
import org.mtl4j.core.training.TrainedState;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Puts a trained state into an export's variables, tables in slices of rows. Its operations are in
 * the session's graph but never in the GraphDef that is written, which is taken before.
 */
final class StateLoader {
  private final GraphContext context;
  private final Session session;
  private final Map<String, StateTensor> tensors = new HashMap<>();
  private final TrainedState state;
  private int loaded;

  StateLoader(GraphContext context, Session session, TrainedState state) {
    this.context = context;
    this.session = session;
    this.state = state;
    state.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
  }

  void load(Variable variable) throws IOException {
    Ops tf = context.tf();
    Placeholder<TFloat32> value = tf.placeholder(TFloat32.class);
    Op assign = tf.assignVariableOp(variable.handle(), value);
    state.read(
        tensor(variable.name()),
        piece -> {
          try (Tensor values = Tensors.of(FloatType.FLOAT32, variable.shape(), piece)) {
            session.runner().feed(value, values).addTarget(assign).run().close();
          }
        });
  }

  void load(RowTable table) throws IOException {
    StoreRows rows = new StoreRows(context.scope("rows_" + loaded++), session, table);
    rows.allocate();
    EmbeddingTable all = new EmbeddingTable(table.name(), table, 0, table.rows());
    rows.restore(all, tensor(table.name()), state);
    // Written by rows, a variable is copied whenever it is read whole, as the saver does.
    Op whole = context.tf().io.disableCopyOnRead(table.handle());
    session.runner().addTarget(whole).run().close();
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
}
