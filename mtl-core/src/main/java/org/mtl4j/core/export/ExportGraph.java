package org.mtl4j.core.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.ServingTransforms;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.TensorNames;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.head.ModelPredictions;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.training.TrainerSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The graph that is served: raw values, transforms, the model's forward pass without dropout,
 * predictions. It is built anew from the specification and holds no slot and no training operation;
 * every logical table is a variable of its own.
 */
final class ExportGraph implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Variables variables = new Variables(graph, FloatType.FLOAT32);
  private final List<FittedFeature> features;
  private final ServingTransforms transforms;
  private final ModelPredictions.Outcome outcome;
  private final Map<String, Operand<TFloating>> scores;
  private final Op initialize;

  /** A variable's name and handle. */
  record Resource(String name, Operand<? extends TType> handle) {}

  ExportGraph(TrainerSpec spec, Map<String, Calibrator> calibrators) {
    GraphContext inputs = GraphContext.inference(graph, variables, "inputs");
    this.features = spec.pipeline().features();
    this.transforms =
        new ServingTransforms(inputs, spec.pipeline(), spec.model().embeddings(spec.tasks()));
    GraphContext context = GraphContext.inference(graph, variables, "inference");
    ModelOutputs outputs =
        spec.model()
            .build(
                new ModelInputs(transforms.features(), Map.of()),
                new ModelContext(context, spec.tasks()));
    this.outcome = ModelPredictions.outcome(context, spec.outputs(), outputs, calibrators);
    this.scores = outcome.explained(context, spec.outputs());
    Ops tf = Ops.create(graph);
    this.initialize = tf.withControlDependencies(transforms.initializers()).withName("init").noOp();
  }

  Graph graph() {
    return graph;
  }

  /** A place for operations that are not of a forward pass. */
  GraphContext scope(String name) {
    return GraphContext.inference(graph, variables, name);
  }

  ServingTransforms transforms() {
    return transforms;
  }

  /** Per output what users see. */
  Map<String, Operand<TFloating>> predictions() {
    return outcome.predictions();
  }

  /** Between which tensors predictions can be explained; the inputs in the features' order. */
  Explanation explanation() {
    Map<String, List<Explanation.Input>> inputs = new LinkedHashMap<>();
    features.forEach(feature -> inputs.put(feature.name(), new ArrayList<>()));
    for (FeatureTensors.Block block : transforms.seen()) {
      for (FeatureTensors.Part part : block.parts()) {
        inputs.get(part.feature().name()).add(input(part, block.tensor()));
      }
    }
    Map<String, String> names = new LinkedHashMap<>();
    scores.forEach((output, score) -> names.put(output, TensorNames.of(score)));
    return new Explanation(inputs.values().stream().flatMap(List::stream).toList(), names);
  }

  private static Explanation.Input input(FeatureTensors.Part part, Operand<?> tensor) {
    return new Explanation.Input(
        part.feature().name(),
        part.feature().spec().group().map(FeatureGroup::key),
        TensorNames.of(tensor),
        part.offset(),
        part.width());
  }

  /** Fills the lookup tables. */
  Op initialize() {
    return initialize;
  }

  List<Variable> dense() {
    return variables.dense();
  }

  List<RowTable> tables() {
    return variables.tables();
  }

  /** Dense variables and tables, in order. */
  List<Resource> resources() {
    List<Resource> resources = new ArrayList<>();
    variables.dense().forEach(v -> resources.add(new Resource(v.name(), v.handle())));
    variables.tables().forEach(t -> resources.add(new Resource(t.name(), t.handle())));
    return resources;
  }

  @Override
  public void close() {
    graph.close();
  }
}
