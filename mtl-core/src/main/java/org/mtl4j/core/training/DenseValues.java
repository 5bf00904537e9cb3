package org.mtl4j.core.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/**
 * The dense variables of a session. All of them go in, and come out, in one run: TensorFlow
 * prepares each new set of feeds and fetches anew, which takes 10 ms, and a model has dozens.
 */
final class DenseValues {
  private record Access(Variable variable, Placeholder<TFloating> value, Op assign) {}

  private final Session session;
  private final FloatType type;
  private final Map<StateTensor, Access> variables = new LinkedHashMap<>();

  /** Adds what it needs to the graph. */
  DenseValues(GraphContext context, Session session) {
    this.session = session;
    this.type = context.variables().type();
    Ops tf = context.tf();
    for (Variable variable : context.variables().dense()) {
      List<Long> shape = LongStream.of(variable.shape().asArray()).boxed().toList();
      Placeholder<TFloating> value =
          tf.placeholder(type.tensorClass(), Placeholder.shape(variable.shape()));
      variables.put(
          new StateTensor(variable.name(), shape, type, false),
          new Access(variable, value, tf.assignVariableOp(variable.handle(), value)));
    }
  }

  /** What the variables are called outside, in the order of their creation. */
  List<StateTensor> tensors() {
    return List.copyOf(variables.keySet());
  }

  boolean has(StateTensor tensor) {
    return variables.containsKey(tensor);
  }

  /** Gives every variable its first values. */
  void initialize(Seed seed) {
    List<TFloating> values = new ArrayList<>();
    try {
      for (Access access : variables.values()) {
        Variable variable = access.variable();
        values.add(Tensors.of(type, variable.shape(), variable.initialValues(seed)));
      }
      assign(variables.keySet(), values);
    } finally {
      values.forEach(TFloating::close);
    }
  }

  /** Takes over the values of another state with the same tensors. */
  void restore(TrainedState other) throws IOException {
    Map<StateTensor, StateTensor> same = new LinkedHashMap<>();
    variables.keySet().forEach(tensor -> same.put(tensor, tensor));
    take(same, other);
  }

  /**
   * Takes over some values of another state.
   *
   * @param sources per variable of its own the other's tensor, of equal shape and type
   */
  void take(Map<StateTensor, StateTensor> sources, TrainedState other) throws IOException {
    List<TFloating> values = new ArrayList<>();
    try {
      for (Map.Entry<StateTensor, StateTensor> entry : sources.entrySet()) {
        Shape shape = variables.get(entry.getKey()).variable().shape();
        other.read(entry.getValue(), piece -> values.add(Tensors.of(type, shape, piece)));
      }
      if (!values.isEmpty()) {
        assign(sources.keySet(), values);
      }
    } finally {
      values.forEach(TFloating::close);
    }
  }

  private void assign(Collection<StateTensor> tensors, List<TFloating> values) {
    Session.Runner runner = session.runner();
    int next = 0;
    for (StateTensor tensor : tensors) {
      Access access = variables.get(tensor);
      runner.feed(access.value(), values.get(next++)).addTarget(access.assign());
    }
    runner.run().close();
  }

  /** Gives one variable's value. */
  void read(StateTensor tensor, TrainedState.Pieces pieces) throws IOException {
    try (Result result = session.runner().fetch(variables.get(tensor).variable().value()).run()) {
      pieces.accept(Tensors.bytes(result.get(0)));
    }
  }

  /** Gives the values of all, in order. */
  void readAll(TrainedState.TensorPieces pieces) throws IOException {
    Session.Runner runner = session.runner();
    variables.values().forEach(access -> runner.fetch(access.variable().value()));
    try (Result result = runner.run()) {
      int next = 0;
      for (StateTensor tensor : variables.keySet()) {
        pieces.accept(tensor, Tensors.bytes(result.get(next++)));
      }
    }
  }
}
