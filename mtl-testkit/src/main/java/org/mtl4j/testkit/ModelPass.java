package org.mtl4j.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** What a single forward pass of a model puts into a graph of its own, which is not run. */
record ModelPass(MultiTaskModel model, SmallProblem problem) {
  /** The dense variables of a pass of training or inference, in the order of their creation. */
  Map<String, Shape> variables(boolean training) {
    return build(
        training,
        (variables, outputs) -> {
          Map<String, Shape> shapes = new LinkedHashMap<>();
          variables.dense().forEach(variable -> shapes.put(variable.name(), variable.shape()));
          return shapes;
        });
  }

  /** The names of the tensors that training gives. */
  List<String> outputs() {
    return build(
        true, (variables, outputs) -> outputs.outputs().stream().map(OutputTensor::name).toList());
  }

  private <T> T build(boolean training, BiFunction<Variables, ModelOutputs, T> result) {
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      GraphContext root = GraphContext.inference(graph, variables, "inputs");
      TrainingInputs inputs = new TrainingInputs(root, problem.pipeline());
      Placeholder<TInt64> step = root.tf().placeholder(TInt64.class);
      GraphContext pass =
          training
              ? GraphContext.training(graph, variables, new Seed(1), step)
              : GraphContext.inference(graph, variables, "inference");
      Map<String, Supervision> supervision = training ? supervision(root) : Map.of();
      ModelOutputs outputs =
          model.build(
              new ModelInputs(inputs.features(), supervision),
              new ModelContext(pass, problem.tasks()));
      return result.apply(variables, outputs);
    }
  }

  private Map<String, Supervision> supervision(GraphContext root) {
    Map<String, Supervision> supervision = new LinkedHashMap<>();
    for (OutputSpec output : model.outputs(problem.tasks())) {
      supervision.put(output.name(), new Supervision(vector(root), vector(root)));
    }
    return supervision;
  }

  private static Placeholder<TFloating> vector(GraphContext context) {
    return context
        .tf()
        .placeholder(FloatType.FLOAT32.tensorClass(), Placeholder.shape(Shape.of(-1)));
  }
}
