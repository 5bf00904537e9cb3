package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.mtl4j.core.balancing.Balanced;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.Objectives;
import org.mtl4j.core.balancing.Solve;
import org.mtl4j.core.balancing.TrainedGradients;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.head.ModelLosses;
import org.mtl4j.core.head.ModelPredictions;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.optimizer.UpdateContext;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.Task;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The graph that trains: placeholders, a forward pass with dropout and its losses, the update, and
 * a forward pass without dropout over the same variables.
 */
final class TrainingGraph implements AutoCloseable {
  private final Graph graph;
  private final TrainerSpec spec;
  private final Variables variables;
  private final TrainingInputs inputs;
  private final StepInputs stepInputs;
  private final GraphContext inference;
  private final ModelOutputs inferred;
  private Map<String, Operand<TFloating>> predictions;
  private final List<Variable> modelVariables;
  private final TrainedParts parts;
  private final ModelLosses losses;
  private final Balanced balanced;
  private final NavigableMap<Integer, Op> updates;
  private final StepEnds ends;

  private TrainingGraph(Graph graph, TrainerSpec spec) {
    this.graph = graph;
    this.spec = spec;
    this.variables = new Variables(graph, spec.execution().type());
    GraphContext inputContext = GraphContext.inference(graph, variables, "inputs");
    this.inputs =
        new TrainingInputs(inputContext, spec.pipeline(), spec.model().embeddings(spec.tasks()));
    this.stepInputs = StepInputs.of(inputContext, spec);
    List<OutputSpec> specs = spec.outputs();
    TrainerSpec.Execution execution = spec.execution();
    GraphContext training =
        GraphContext.training(graph, variables, execution.seed(), stepInputs.step())
            .with(execution.products());
    GradientRules rules = spec.updates().gradients();
    Map<String, Supervision> supervision = stepInputs.labels().supervision();
    ModelOutputs outputs =
        spec.model()
            .build(
                new ModelInputs(inputs.features(), supervision),
                new ModelContext(stepInputs.masking(training), spec.tasks()));
    this.modelVariables = variables.dense();
    this.parts =
        new TrainedParts(
            inputContext.scope("thaw"), rules.groups(), modelVariables, inputs.trainedStores());
    this.losses =
        penalized(
            training, ModelLosses.of(training, specs, outputs, supervision, spec.lossRules()));
    this.balanced = balance(training);
    List<ModelOutputs.Update> written = new ArrayList<>(outputs.updates());
    training.stepEndings().forEach(ending -> written.add(ending::apply));
    this.updates = updates(training.scope("update"), written);
    this.ends = StepEnds.of(training, stepInputs.step(), balanced.actions());
    this.inference =
        GraphContext.inference(graph, variables, "inference").with(execution.products());
    this.inferred =
        spec.model()
            .build(
                new ModelInputs(inputs.features(), Map.of()),
                new ModelContext(inference, spec.tasks()));
    calibrate(Map.of());
  }

  /** The graph of a model; whatever its parts throw is passed on, and nothing native left. */
  static TrainingGraph of(TrainerSpec spec) {
    Graph graph = new Graph();
    try {
      return new TrainingGraph(graph, spec);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private Balanced balance(GraphContext training) {
    GraphContext context = training.scope("balancing");
    LossBalancing method = spec.updates().balancing();
    int[] passes = {0};
    Balanced balanced =
        method.balance(
            new LossBalancing.Inputs(
                context,
                Objectives.of(context, losses, tasks()),
                losses.regularizers(),
                new TrainedGradients(
                    parts.names(),
                    scalar -> {
                      passes[0]++;
                      return gradients(scalar);
                    })));
    stepInputs
        .accumulation()
        .ifPresent(unused -> Accumulation.check(method.toString(), passes[0], false));
    Ops tf = training.scope("gradients").tf();
    return balanced.withGradients(
        GradientShapes.fitted(tf, method, balanced.gradients(), parts.names(), parts.values()));
  }

  private ModelLosses penalized(GraphContext training, ModelLosses losses) {
    List<Operand<TFloating>> regularizers = new ArrayList<>(losses.regularizers());
    spec.updates()
        .gradients()
        .l2()
        .ifPresent(l2 -> regularizers.addAll(l2.terms(training.scope("l2"), parts)));
    return new ModelLosses(
        losses.tasks(),
        stepInputs
            .accumulation()
            .map(pieces -> pieces.shares(training.scope("pieces").tf(), regularizers))
            .orElse(regularizers));
  }

  /**
   * The gradients of a scalar with respect to {@link #trainedValues}, as new operations; empty
   * where there is none, and 0 in what is frozen until later.
   */
  List<Optional<Operand<TFloating>>> gradients(Operand<TFloating> scalar) {
    Ops tf = Ops.create(graph).withSubScope("trained");
    return parts.masked(tf, Gradients.of(graph, scalar, parts.values()));
  }

  /** The dense variables of the model itself, in order. */
  List<Variable> modelVariables() {
    return modelVariables;
  }

  /** The dense variables in order, then the gathered rows of each store that is trained. */
  List<Operand<TFloating>> trainedValues() {
    return parts.values();
  }

  private NavigableMap<Integer, Op> updates(
      GraphContext training, List<ModelOutputs.Update> modelUpdates) {
    Ops tf = training.tf();
    stepInputs
        .accumulation()
        .ifPresent(unused -> Accumulation.check("", 1, !modelUpdates.isEmpty()));
    List<Optional<Operand<TFloating>>> applied =
        stepInputs
            .accumulation()
            .map(pieces -> pieces.sum(training, balanced.gradients()))
            .orElseGet(balanced::gradients);
    Balanced whole = balanced.withGradients(applied);
    List<Op> gradients = new ArrayList<>(List.of(FiniteCheck.of(tf, whole, losses.tasks())));
    applied.forEach(gradient -> gradient.ifPresent(gradients::add));
    Placeholder<TInt64> step = stepInputs.step();
    // One operation that all updates wait for: each gradient by each update would be tasks squared.
    Op ready = tf.withControlDependencies(gradients).noOp();
    UpdateContext own = new UpdateContext(tf.withControlDependencies(ready), variables, step);
    UpdateContext context = new UpdateContext(own.tf(), variables, step, stepInputs.factor());
    StepUpdates steps = new StepUpdates(spec.updates(), parts, context);
    modelUpdates.forEach(update -> steps.always(update.add(own.tf())));
    balanced.actions().inStep().forEach(action -> steps.always(action.add(own)));
    steps.apply(applied);
    return steps.byEpoch();
  }

  /** Predictions are calibrated from now on, by new operations. */
  final void calibrate(Map<String, Calibrator> calibrators) {
    predictions = ModelPredictions.of(inference, spec.outputs(), inferred, calibrators);
  }

  /** Per task's output what calibrators are fitted to, as new operations. */
  Map<String, Operand<TFloating>> scores() {
    return ModelPredictions.scores(inference, spec.outputs(), inferred);
  }

  Graph graph() {
    return graph;
  }

  Variables variables() {
    return variables;
  }

  TrainingInputs inputs() {
    return inputs;
  }

  /** Where a step comes in, beside its features. */
  StepInputs stepInputs() {
    return stepInputs;
  }

  /** Per output what users see: [B], or [B, classes]. */
  Map<String, Operand<TFloating>> predictions() {
    return predictions;
  }

  /** What the pass without dropout has to show. */
  Map<String, Probe> probes() {
    return inferred.probes();
  }

  ModelLosses losses() {
    return losses;
  }

  /** The tasks, in order. */
  List<Task> tasks() {
    return spec.tasks().stream().map(FittedTask::task).toList();
  }

  /** What the balancing method weighs the tasks by; empty if it knows no such numbers. */
  Optional<TaskWeights> taskWeights() {
    return balanced.weights().map(weights -> TaskWeights.of(tasks(), losses, weights));
  }

  Operand<TFloating> loss() {
    return balanced.loss();
  }

  /** The dense variables that are trained, in the order of their gradients. */
  List<Variable> trained() {
    return parts.dense();
  }

  /** What is 1 from so many finished epochs on, and 0 before. */
  Map<Integer, Placeholder<TFloating>> thaws() {
    return parts.thaws();
  }

  /** What optimisers apply, in the order of {@link #trainedValues}. */
  List<Optional<Operand<TFloating>>> appliedGradients() {
    return balanced.gradients();
  }

  /** All that a step does after so many finished epochs. */
  Op update(int epoch) {
    return updates.floorEntry(epoch).getValue();
  }

  /** What Java computes in the middle of a step, for the balancing method. */
  Optional<Solve> solve() {
    return balanced.solve();
  }

  /** What is done behind a step, apart from it. */
  StepEnds ends() {
    return ends;
  }

  @Override
  public void close() {
    graph.close();
  }
}
