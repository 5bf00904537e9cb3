package org.mtl4j.core.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Supervision;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/** Where the labels and weights of each output, and what is compared, enter a training graph. */
final class LabelInputs {
  private final Map<String, Placeholder<TFloating>> labels = new LinkedHashMap<>();
  private final Map<String, Placeholder<TFloating>> weights = new LinkedHashMap<>();
  private final QueryInputs queries;

  /** Makes the placeholders. */
  LabelInputs(GraphContext context, List<OutputSpec> outputs) {
    Class<TFloating> type = context.variables().type().tensorClass();
    Placeholder.Options vector = Placeholder.shape(Shape.of(-1));
    for (OutputSpec output : outputs) {
      Placeholder.Options label = Placeholder.shape(output.labelTensor(-1));
      Ops labelOps = context.scope("labels").scope(output.name()).tf();
      Ops weightOps = context.scope("weights").scope(output.name()).tf();
      labels.put(output.name(), labelOps.placeholder(type, label));
      weights.put(output.name(), weightOps.placeholder(type, vector));
    }
    this.queries = new QueryInputs(context, outputs);
  }

  /** As models see them. */
  Map<String, Supervision> supervision() {
    Map<String, Supervision> supervision = new LinkedHashMap<>();
    labels.forEach(
        (name, label) ->
            supervision.put(name, new Supervision(label, weights.get(name), queries.of(name))));
    return supervision;
  }

  /** What tasks that rank compare. */
  QueryInputs queries() {
    return queries;
  }

  /** The placeholder of an output's labels. */
  Placeholder<TFloating> labels(String output) {
    return labels.get(output);
  }

  /** The placeholder [B] of an output's weights. */
  Placeholder<TFloating> weights(String output) {
    return weights.get(output);
  }
}
