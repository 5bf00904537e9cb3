package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.HostUpdate;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/** Does between steps what a model has Java compute. */
final class HostUpdates {
  private record Way(HostUpdate update, Placeholder<TFloating> value, Op assign) {}

  private final Session session;
  private final FloatType type;
  private final List<Way> ways = new ArrayList<>();

  /** Adds what it needs to the graph; the session must not have run before. */
  HostUpdates(TrainingGraph graph, Session session) {
    this.session = session;
    this.type = graph.variables().type();
    GraphContext context = GraphContext.inference(graph.graph(), graph.variables(), "host_updates");
    for (HostUpdate update : graph.ends().onHost()) {
      Placeholder<TFloating> value =
          context.tf().placeholder(type.tensorClass(), Placeholder.shape(update.target().shape()));
      Op assign = context.tf().assignVariableOp(update.target().handle(), value);
      ways.add(new Way(update, value, assign));
    }
  }

  /**
   * Does what is due behind a step.
   *
   * @throws IllegalStateException if an update gives more or fewer numbers than its variable has
   */
  void after(long step) {
    ways.stream().filter(way -> step % way.update().every() == 0).forEach(this::run);
  }

  private void run(Way way) {
    double[] input;
    try (Result result = session.runner().fetch(way.update().input()).run()) {
      input = Tensors.doubles(result.get(0));
    }
    if (Arrays.stream(input).allMatch(Double::isFinite)) {
      assign(way, way.update().function().apply(input));
    }
  }

  private void assign(Way way, double[] values) {
    HostUpdate update = way.update();
    if (values.length != update.target().size()) {
      throw new IllegalStateException(
          "update of %s: expected %d numbers, found %d"
              .formatted(update.target().name(), update.target().size(), values.length));
    }
    try (TFloating value = Tensors.of(type, update.target().shape(), values)) {
      session.runner().feed(way.value(), value).addTarget(way.assign()).run().close();
    }
  }
}
