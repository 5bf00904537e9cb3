package org.mtl4j.testkit;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
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
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * A model's training pass as a pure function in float64: parameters and a batch in, losses and
 * gradients out. Parameters are arrays by name, the dense variables' and, under the store's name,
 * the embedding rows'. They are fed in place of the graph's own, so nothing is ever stored.
 */
public final class ModelHarness implements AutoCloseable {
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
   * @param tasks per task its mean loss
   */
  public record Evaluation(Slope total, Map<String, Slope> tasks) {}

  private record Backward(Operand<TFloating> loss, List<Optional<Operand<TFloating>>> gradients) {}

  private final SmallProblem problem;
  private final List<OutputSpec> outputs;
  private final Graph graph = new Graph();
  private final Variables variables = new Variables(graph, FloatType.FLOAT64);
  private final TrainingInputs inputs;
  private final Placeholder<TInt64> step;
  private final Map<String, Supervision> supervision = new LinkedHashMap<>();
  private final List<Variable> parameters;
  private final Backward total;
  private final Map<String, Backward> tasks = new LinkedHashMap<>();
  private final Session session;

  /** Builds the training pass of a model over a problem. */
  public ModelHarness(MultiTaskModel model, SmallProblem problem) {
    this.problem = problem;
    this.outputs = model.outputs(problem.tasks());
    GraphContext root = GraphContext.inference(graph, variables, "inputs");
    this.inputs = new TrainingInputs(root, problem.pipeline());
    this.step = root.tf().placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    for (OutputSpec output : outputs) {
      supervision.put(output.name(), new Supervision(vector(root), vector(root)));
    }
    GraphContext training = GraphContext.training(graph, variables, new Seed(1), step);
    ModelOutputs built =
        model.build(
            new ModelInputs(inputs.features(), supervision),
            new ModelContext(training, problem.tasks()));
    this.parameters = variables.dense();
    ModelLosses losses = ModelLosses.of(training, outputs, built, supervision);
    this.total = total(training, losses);
    for (TaskLoss loss : losses.tasks()) {
      tasks.put(loss.task(), new Backward(loss.mean(), gradients(loss.mean())));
    }
    this.session = new Session(graph);
  }

  private static Placeholder<TFloating> vector(GraphContext context) {
    return context
        .tf()
        .placeholder(FloatType.FLOAT64.tensorClass(), Placeholder.shape(Shape.of(-1)));
  }

  private Backward total(GraphContext training, ModelLosses losses) {
    Map<String, Double> weights = new LinkedHashMap<>();
    problem.tasks().forEach(task -> weights.put(task.name(), task.task().lossWeight()));
    List<Double> lossWeights = losses.tasks().stream().map(l -> weights.get(l.task())).toList();
    LossBalancing.Balanced balanced =
        new StaticWeights()
            .balance(
                new LossBalancing.Inputs(
                    training.scope("balancing"), losses, lossWeights, this::gradients));
    return new Backward(balanced.loss(), balanced.gradients());
  }

  private List<Optional<Operand<TFloating>>> gradients(Operand<TFloating> scalar) {
    List<Operand<TFloating>> with = new ArrayList<>();
    parameters.forEach(variable -> with.add(variable.value()));
    inputs.stores().forEach(store -> with.add(store.rows()));
    return Gradients.of(graph, scalar, with);
  }

  /** A batch of all the rows. */
  public Batch batch(EncodedRows rows) {
    List<String> names = outputs.stream().map(OutputSpec::name).toList();
    int n = rows.rowCount();
    Batch batch =
        new Batch(
            new BatchLayout(
                n,
                inputs.stores().stream().map(TrainingInputs.Store::columns).toList(),
                problem.pipeline().denseWidth(),
                names));
    int[] order = new int[n];
    for (int r = 0; r < n; r++) {
      order[r] = r;
    }
    batch.fill(rows, order, 0, n);
    return batch;
  }

  /** The first values, moved by noise so that no bias is 0 and no two weights are equal. */
  public Map<String, double[]> parameters(Random random) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (Variable variable : parameters) {
      values.put(variable.name(), variable.initialValues(new Seed(random.nextLong())));
    }
    for (TrainingInputs.Store store : inputs.stores()) {
      int size = Math.toIntExact(store.table().rows() * store.table().width());
      values.put(store.table().name(), new double[size]);
    }
    for (double[] array : values.values()) {
      for (int i = 0; i < array.length; i++) {
        array[i] += random.nextDouble() - 0.5;
      }
    }
    return values;
  }

  /** The total loss alone. */
  public double loss(Map<String, double[]> values, Batch batch) {
    try (Feeds feeds = new Feeds();
        Result result = feeds.runner(values, batch).fetch(total.loss()).run()) {
      return ((TFloat64) result.get(0)).getDouble();
    }
  }

  /** Every loss and its gradients. */
  public Evaluation evaluate(Map<String, double[]> values, Batch batch) {
    Map<String, Slope> slopes = new LinkedHashMap<>();
    tasks.forEach((task, backward) -> slopes.put(task, slope(backward, values, batch)));
    return new Evaluation(slope(total, values, batch), slopes);
  }

  private Slope slope(Backward backward, Map<String, double[]> values, Batch batch) {
    try (Feeds feeds = new Feeds()) {
      Session.Runner runner = feeds.runner(values, batch).fetch(backward.loss());
      backward.gradients().forEach(gradient -> gradient.ifPresent(runner::fetch));
      try (Result result = runner.run()) {
        return slope(backward, result, batch);
      }
    }
  }

  private Slope slope(Backward backward, Result result, Batch batch) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    int next = 1;
    for (int i = 0; i < parameters.size(); i++) {
      boolean present = backward.gradients().get(i).isPresent();
      gradients.put(
          parameters.get(i).name(),
          present
              ? doubles(result.get(next++))
              : new double[Math.toIntExact(parameters.get(i).size())]);
    }
    for (int s = 0; s < inputs.stores().size(); s++) {
      TrainingInputs.Store store = inputs.stores().get(s);
      double[] table = new double[Math.toIntExact(store.table().rows() * store.table().width())];
      if (backward.gradients().get(parameters.size() + s).isPresent()) {
        scatter(doubles(result.get(next++)), batch.ids().get(s).unique(), table);
      }
      gradients.put(store.table().name(), table);
    }
    return new Slope(((TFloat64) result.get(0)).getDouble(), gradients);
  }

  private static void scatter(double[] rows, LongBuffer ids, double[] table) {
    int width = rows.length / ids.remaining();
    for (int u = 0; u < ids.remaining(); u++) {
      System.arraycopy(rows, u * width, table, (int) ids.get(u) * width, width);
    }
  }

  private static double[] gather(double[] table, LongBuffer ids, int width) {
    double[] rows = new double[ids.remaining() * width];
    for (int u = 0; u < ids.remaining(); u++) {
      System.arraycopy(table, (int) ids.get(u) * width, rows, u * width, width);
    }
    return rows;
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().asDoubles().read(values);
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** The tensors of one run. */
  private final class Feeds implements AutoCloseable {
    private final List<Tensor> tensors = new ArrayList<>();
    private final Session.Runner runner = session.runner();

    Session.Runner runner(Map<String, double[]> values, Batch batch) {
      feed(step, TInt64.scalarOf(1));
      for (Variable variable : parameters) {
        feed(variable.value(), variable.shape(), values.get(variable.name()));
      }
      for (int s = 0; s < inputs.stores().size(); s++) {
        TrainingInputs.Store store = inputs.stores().get(s);
        LongBuffer unique = batch.ids().get(s).unique();
        int width = store.table().width();
        double[] rows = gather(values.get(store.table().name()), unique, width);
        feed(store.rows(), Shape.of(unique.remaining(), width), rows);
        var inverse = batch.ids().get(s).inverse();
        Shape places = Shape.of(inverse.remaining());
        feed(store.inverse(), TInt32.tensorOf(places, DataBuffers.of(inverse)));
      }
      int width = problem.pipeline().denseWidth();
      feed(inputs.dense(), Shape.of(batch.size(), width), doubles(batch.dense()));
      Shape vector = Shape.of(batch.size());
      supervision.forEach(
          (output, labels) -> {
            feed(labels.labels(), vector, doubles(batch.labels(output)));
            feed(labels.weights(), vector, doubles(batch.weights(output)));
          });
      return runner;
    }

    private double[] doubles(FloatBuffer floats) {
      double[] values = new double[floats.remaining()];
      for (int i = 0; i < values.length; i++) {
        values[i] = floats.get(i);
      }
      return values;
    }

    private void feed(Operand<?> at, Shape shape, double[] values) {
      feed(at, TFloat64.tensorOf(shape, DataBuffers.of(values, false, false)));
    }

    private void feed(Operand<?> at, Tensor tensor) {
      tensors.add(tensor);
      runner.feed(at, tensor);
    }

    @Override
    public void close() {
      tensors.forEach(Tensor::close);
    }
  }
}
