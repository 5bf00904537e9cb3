package org.mtl4j.testkit;

import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.mtl4j.core.balancing.Balanced;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.Objectives;
import org.mtl4j.core.balancing.Solve;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.balancing.TrainedGradients;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelShape;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.HostUpdate;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.head.ModelLosses;
import org.mtl4j.core.head.TaskLoss;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.Task;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * A model's training pass as a pure function in float64: parameters and a batch in, losses and
 * gradients out. Parameters are arrays by name, the dense variables' and, under the store's name,
 * the embedding rows'. They are fed in place of the graph's own, so nothing is ever stored; a
 * balancing method's own variables have their first values.
 */
public final class ModelHarness implements AutoCloseable {
  private static final int KINK_ATTEMPTS = 500;

  /**
   * A loss and where it leads.
   *
   * @param loss the value
   * @param gradients per parameter the derivative by each element, 0 where there is none
   */
  public record Slope(double loss, Map<String, double[]> gradients) {}

  /**
   * What a batch gives.
   *
   * @param total what training minimises: the tasks' losses times their weights, and regularisers
   * @param tasks per task its mean loss; the second loss of a task is {@code TASK#2} and so on
   */
  public record Evaluation(Slope total, Map<String, Slope> tasks) {}

  /**
   * A task's loss as micro-batches add it up.
   *
   * @param numerator sum of weight * loss
   * @param denominator sum of weights
   */
  public record Share(double numerator, double denominator) {}

  private final SmallProblem problem;
  private final List<OutputSpec> outputs;
  private final Graph graph = new Graph();
  private final Variables variables = new Variables(graph, FloatType.FLOAT64);
  private final TrainingInputs inputs;
  private final Placeholder<TInt64> step;
  private final Map<String, Supervision> supervision = new LinkedHashMap<>();
  private final HarnessParameters parameters;
  private final Operand<TFloat64> kinkDistance;
  private final Backward total;
  private final Map<String, TaskLoss> losses = new LinkedHashMap<>();
  private final Map<String, Backward> tasks = new LinkedHashMap<>();
  private final Session session;

  /**
   * Builds the training pass of a model over a problem, its tasks balanced by their loss weights.
   */
  public ModelHarness(MultiTaskModel model, SmallProblem problem) {
    this(model, problem, new StaticWeights());
  }

  /** Builds the training pass of a model over a problem, its tasks balanced by a method. */
  public ModelHarness(MultiTaskModel model, SmallProblem problem, LossBalancing balancing) {
    this.problem = problem;
    this.outputs = model.outputs(problem.tasks());
    GraphContext root = GraphContext.inference(graph, variables, "inputs");
    this.inputs = new TrainingInputs(root, problem.pipeline(), model.embeddings(problem.tasks()));
    this.step = root.tf().placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    for (OutputSpec output : outputs) {
      Operand<TFloating> labels = placeholder(root, output.labelTensor(-1));
      supervision.put(output.name(), new Supervision(labels, placeholder(root, Shape.of(-1))));
    }
    GraphContext training = GraphContext.training(graph, variables, new Seed(1), step);
    ModelOutputs built =
        model.build(
            new ModelInputs(inputs.features(), supervision),
            new ModelContext(training, problem.tasks()));
    List<Variable> states = training.hostUpdates().stream().map(HostUpdate::target).toList();
    this.parameters =
        new HarnessParameters(
            variables.dense().stream().filter(variable -> !states.contains(variable)).toList(),
            inputs.stores());
    ModelLosses modelLosses = ModelLosses.of(training, outputs, built, supervision);
    this.kinkDistance = KinkDistance.of(graph, root.tf());
    this.total = total(training, modelLosses, balancing);
    for (TaskLoss loss : modelLosses.tasks()) {
      String name = nameOf(loss);
      losses.put(name, loss);
      tasks.put(name, new Backward(loss.mean(), gradients(loss.mean()), Optional.empty()));
    }
    this.session = new Session(graph);
  }

  private String nameOf(TaskLoss loss) {
    long earlier = losses.values().stream().filter(l -> l.task().equals(loss.task())).count();
    return earlier == 0 ? loss.task() : loss.task() + "#" + (earlier + 1);
  }

  private static Placeholder<TFloating> placeholder(GraphContext context, Shape shape) {
    return context.tf().placeholder(FloatType.FLOAT64.tensorClass(), Placeholder.shape(shape));
  }

  private Backward total(GraphContext training, ModelLosses losses, LossBalancing balancing) {
    GraphContext context = training.scope("balancing");
    List<Task> all = problem.tasks().stream().map(FittedTask::task).toList();
    Balanced balanced =
        balancing.balance(
            new LossBalancing.Inputs(
                context,
                Objectives.of(context, losses, all),
                losses.regularizers(),
                new TrainedGradients(parameters.names(), this::gradients)));
    return new Backward(balanced.loss(), balanced.gradients(), balanced.solve());
  }

  private List<Optional<Operand<TFloating>>> gradients(Operand<TFloating> scalar) {
    return Gradients.of(graph, scalar, parameters.tensors());
  }

  /** A batch of all the rows. */
  public Batch batch(EncodedRows rows) {
    List<LabelShape> labels = outputs.stream().map(OutputSpec::labelShape).toList();
    int n = rows.rowCount();
    Batch batch =
        new Batch(
            new BatchLayout(
                n,
                inputs.stores().stream().map(TrainingInputs.Store::columns).toList(),
                problem.pipeline().denseWidth(),
                labels));
    batch.fill(rows, IntStream.range(0, n).toArray(), 0, n);
    return batch;
  }

  /** The first values, moved by noise so that no bias is 0 and no two weights are equal. */
  public Map<String, double[]> parameters(Random random) {
    return parameters.random(random);
  }

  /**
   * Parameters at which no ReLU or the like is near its bend for any row of the batch, so that the
   * losses have derivatives there and a little around.
   *
   * @throws IllegalStateException if chance gives none
   */
  public Map<String, double[]> parametersAwayFromKinks(Random random, Batch batch) {
    for (int attempt = 0; attempt < KINK_ATTEMPTS; attempt++) {
      Map<String, double[]> values = parameters(random);
      try (Feeds feeds = feeds(values, batch, 1)) {
        if (scalar(feeds, kinkDistance) > FiniteDifferences.MARGIN) {
          return values;
        }
      }
    }
    throw new IllegalStateException(
        "expected parameters away from every kink, found none of " + KINK_ATTEMPTS);
  }

  /** The total loss alone. */
  public double loss(Map<String, double[]> values, Batch batch) {
    try (Feeds feeds = feeds(values, batch, 1)) {
      total.solve().ifPresent(solve -> solve(solve, feeds));
      return scalar(feeds, total.loss());
    }
  }

  /** What a step computes in Java. */
  private static void solve(Solve solve, Feeds feeds) {
    double[] input;
    try (Result result = feeds.runner().fetch(solve.input()).run()) {
      input = Doubles.read(result.get(0));
    }
    feeds.feed(solve.output(), solve.output().asOutput().shape(), solve.solver().solve(input, 1));
  }

  private Feeds feeds(Map<String, double[]> values, Batch batch, long number) {
    Feeds feeds = new Feeds(session);
    feeds.feed(step, TInt64.scalarOf(number));
    for (Variable variable : parameters.dense()) {
      feeds.feed(variable.value(), variable.shape(), values.get(variable.name()));
    }
    for (Variable state : variables.dense()) {
      if (!parameters.dense().contains(state)) {
        feeds.feed(state.value(), state.shape(), state.initialValues(new Seed(1)));
      }
    }
    for (int s = 0; s < inputs.stores().size(); s++) {
      TrainingInputs.Store store = inputs.stores().get(s);
      LongBuffer unique = batch.ids().get(s).unique();
      int width = store.table().width();
      double[] rows = TableRows.gather(values.get(store.table().name()), unique, width);
      feeds.feed(store.rows(), Shape.of(unique.remaining(), width), rows);
      feeds.places(store, batch.ids().get(s), batch.size());
    }
    Shape dense = Shape.of(batch.size(), problem.pipeline().denseWidth());
    feeds.feed(inputs.dense(), dense, Doubles.read(batch.dense()));
    for (OutputSpec output : outputs) {
      String name = output.name();
      Supervision labels = supervision.get(name);
      Shape shape = output.labelTensor(batch.size());
      feeds.feed(labels.labels(), shape, Doubles.read(batch.labels(name)));
      feeds.feed(labels.weights(), Shape.of(batch.size()), Doubles.read(batch.weights(name)));
    }
    return feeds;
  }

  private static double scalar(Feeds feeds, Operand<?> scalar) {
    try (Result result = feeds.runner().fetch(scalar).run()) {
      return Doubles.first(result.get(0));
    }
  }

  /** Per loss, named as in {@link Evaluation}, its numerator and denominator. */
  public Map<String, Share> shares(Map<String, double[]> values, Batch batch) {
    try (Feeds feeds = feeds(values, batch, 1)) {
      Session.Runner runner = feeds.runner();
      losses.values().forEach(l -> runner.fetch(l.numerator()).fetch(l.denominator()));
      Map<String, Share> shares = new LinkedHashMap<>();
      try (Result result = runner.run()) {
        int next = 0;
        for (String name : losses.keySet()) {
          shares.put(
              name,
              new Share(Doubles.read(result.get(next++))[0], Doubles.read(result.get(next++))[0]));
        }
      }
      return shares;
    }
  }

  /** Every loss and its gradients, in the first step. */
  public Evaluation evaluate(Map<String, double[]> values, Batch batch) {
    return evaluate(values, batch, 1);
  }

  /** Every loss and its gradients in the step of that number, by which masks are drawn. */
  Evaluation evaluate(Map<String, double[]> values, Batch batch, long step) {
    try (Feeds feeds = feeds(values, batch, step)) {
      total.solve().ifPresent(solve -> solve(solve, feeds));
      Session.Runner runner = feeds.runner();
      total.fetch(runner);
      tasks.values().forEach(task -> task.fetch(runner));
      try (Result result = runner.run()) {
        Map<String, Slope> slopes = new LinkedHashMap<>();
        int next = total.fetches();
        for (Map.Entry<String, Backward> task : tasks.entrySet()) {
          slopes.put(task.getKey(), parameters.slope(task.getValue().read(result, next), batch));
          next += task.getValue().fetches();
        }
        return new Evaluation(parameters.slope(total.read(result, 0), batch), slopes);
      }
    }
  }

  /** Per parameter the elements that a batch computes with: of tables the rows of its ids. */
  Map<String, boolean[]> touched(Batch batch) {
    return parameters.touched(batch);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
