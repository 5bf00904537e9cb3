package org.mtl4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
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

/** What forward passes of a model put into a graph of their own, which is not run. */
record ModelPass(MultiTaskModel model, SmallProblem problem) {
  private record Built(Variables variables, List<ModelOutputs> outputs, FeatureTensors features) {}

  /**
   * The variables and tables that passes of training or inference over one set of them make, in the
   * order of their creation.
   */
  Map<String, Shape> variables(boolean... training) {
    return build(
        built -> {
          Map<String, Shape> shapes = new LinkedHashMap<>();
          built.variables().dense().forEach(v -> shapes.put(v.name(), v.shape()));
          built
              .variables()
              .tables()
              .forEach(t -> shapes.put(t.name(), Shape.of(t.rows(), t.width())));
          return shapes;
        },
        training);
  }

  /** The names of training's dense variables, in the order of their creation. */
  List<String> dense() {
    return build(built -> built.variables().dense().stream().map(Variable::name).toList(), true);
  }

  /** What the model says that tasks share. */
  Set<String> shared() {
    return build(built -> built.outputs().get(0).shared(), true);
  }

  /** The names of the tensors that training gives. */
  List<String> outputs() {
    return build(
        built -> built.outputs().get(0).outputs().stream().map(OutputTensor::name).toList(), true);
  }

  /** Whether training asked for all features together. */
  boolean takesAllFeatures() {
    return build(built -> built.features().areAllTaken(), true);
  }

  private <T> T build(Function<Built, T> result, boolean... passes) {
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      GraphContext root = GraphContext.inference(graph, variables, "inputs");
      TrainingInputs inputs =
          new TrainingInputs(root, problem.pipeline(), model.embeddings(problem.tasks()));
      Placeholder<TInt64> step = root.tf().placeholder(TInt64.class);
      FeatureTensors features = inputs.features();
      List<ModelOutputs> outputs = new ArrayList<>();
      for (boolean training : passes) {
        GraphContext pass =
            training
                ? GraphContext.training(graph, variables, new Seed(1), step)
                : GraphContext.inference(graph, variables, "inference");
        Map<String, Supervision> supervision = training ? supervision(root) : Map.of();
        outputs.add(
            model.build(
                new ModelInputs(features, supervision), new ModelContext(pass, problem.tasks())));
      }
      return result.apply(new Built(variables, outputs, features));
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
