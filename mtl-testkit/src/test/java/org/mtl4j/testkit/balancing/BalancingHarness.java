package org.mtl4j.testkit.balancing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.balancing.Balanced;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.Objective;
import org.mtl4j.core.balancing.Solve;
import org.mtl4j.core.balancing.TrainedGradients;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.optimizer.UpdateContext;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Task;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * A balancing method over losses and gradients that a test names, in float64. Two tensors are
 * shared by all tasks, of {@value #FIRST} and {@value #SECOND} elements, and each task has one of
 * its own of one element; all are 0, and a task's loss is linear in them, so that its value and its
 * gradients are what is fed.
 */
final class BalancingHarness implements AutoCloseable {
  static final int FIRST = 3;
  static final int SECOND = 2;
  static final int SHARED = FIRST + SECOND;

  /**
   * What a step sees.
   *
   * @param losses [tasks]
   * @param gradients [tasks][SHARED]
   * @param present [tasks] 1 or 0; the loss and gradients of an absent task are taken as 0
   * @param after [tasks] the losses of the same batch after the update
   * @param held [tasks][SHARED] gradients over the rows that are held out; those above are of the
   *     others and of all
   */
  record Step(
      double[] losses, double[][] gradients, double[] present, double[] after, double[][] held) {
    /** All tasks are there, and losses stay as they are. */
    static Step of(double[] losses, double[][] gradients) {
      double[] present = new double[losses.length];
      Arrays.fill(present, 1);
      return new Step(losses, gradients, present, losses, gradients);
    }

    Step without(int task) {
      double[] others = present.clone();
      others[task] = 0;
      return new Step(losses, gradients, others, after, held);
    }

    Step withAfter(double... later) {
      return new Step(losses, gradients, present, later, held);
    }

    Step withHeld(double[][] others) {
      return new Step(losses, gradients, present, after, others);
    }
  }

  /**
   * What came of it.
   *
   * @param loss shown
   * @param weights [tasks]; NaN for a method that has none
   * @param shared [SHARED] the gradient that is applied
   * @param own [tasks] the gradient of each task's own tensor, of which its loss has 1
   */
  record Taken(double loss, double[] weights, double[] shared, double[] own) {}

  private final int tasks;
  private final Graph graph = new Graph();
  private final List<Operand<TFloating>> trained = new ArrayList<>();
  private final Variables variables = new Variables(graph, FloatType.FLOAT64);
  private final Placeholder<TInt64> step;
  private final Placeholder<TFloating> values;
  private final Placeholder<TFloating> slopes;
  private final Placeholder<TFloating> heldSlopes;
  private final Placeholder<TFloating> present;
  private final Balanced balanced;
  private final Op inStep;
  private final Op afterStep;
  private final Op afterEpoch;
  private final Session session;
  private long steps;

  BalancingHarness(LossBalancing method, List<Task> tasks) {
    this.tasks = tasks.size();
    GraphContext root = GraphContext.inference(graph, variables, "inputs");
    this.step = root.tf().placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    this.values = placeholder(root, Shape.of(this.tasks));
    this.slopes = placeholder(root, Shape.of(this.tasks, SHARED));
    this.heldSlopes = placeholder(root, Shape.of(this.tasks, SHARED));
    this.present = placeholder(root, Shape.of(this.tasks));
    GraphContext training = GraphContext.training(graph, variables, new Seed(5), step);
    trained.add(zeros("first", FIRST));
    trained.add(zeros("second", SECOND));
    tasks.forEach(task -> trained.add(zeros(task.name(), 1)));
    List<String> names = new ArrayList<>(List.of("first", "second"));
    tasks.forEach(task -> names.add(task.name()));
    TrainedGradients gradients =
        new TrainedGradients(names, scalar -> Gradients.of(graph, scalar, trained));
    List<Objective> objectives = new ArrayList<>();
    for (int t = 0; t < this.tasks; t++) {
      objectives.add(objective(root.tf(), tasks.get(t), t, slopes));
    }
    this.balanced =
        method.balance(
            new LossBalancing.Inputs(
                training.scope("balancing"), objectives, List.of(), gradients));
    Ops tf = root.tf();
    Balanced.Actions actions = balanced.actions();
    this.inStep = all(tf, actions.inStep());
    this.afterStep = all(tf, actions.afterStep());
    this.afterEpoch = all(tf, actions.afterEpoch());
    this.session = new Session(graph);
    initialize(tf);
  }

  private static Placeholder<TFloating> placeholder(GraphContext context, Shape shape) {
    return context.tf().placeholder(FloatType.FLOAT64.tensorClass(), Placeholder.shape(shape));
  }

  private Operand<TFloating> zeros(String name, int size) {
    return variables.get("trained/" + name, Shape.of(size), Initializer.zeros()).value();
  }

  /** value + slope . shared + own, times whether it is present. */
  private Objective objective(Ops tf, Task task, int t, Operand<TFloating> of) {
    Operand<TFloating> slope = tf.gather(of, tf.constant(t), tf.constant(0));
    Operand<TFloating> shared = tf.concat(List.of(trained.get(0), trained.get(1)), tf.constant(0));
    Operand<TFloating> linear = tf.sum(tf.math.mul(slope, shared), tf.constant(0));
    Operand<TFloating> own = tf.sum(trained.get(2 + t), tf.constant(0));
    Operand<TFloating> value = tf.gather(values, tf.constant(t), tf.constant(0));
    Operand<TFloating> there = tf.gather(present, tf.constant(t), tf.constant(0));
    Operand<TFloating> loss = tf.math.mul(there, tf.math.addN(List.of(value, linear, own)));
    return new Objective(
        task, loss, there, fold -> objective(tf, task, t, fold.held() ? heldSlopes : slopes));
  }

  private Op all(Ops tf, List<Balanced.Action> actions) {
    UpdateContext context = new UpdateContext(tf, variables, step);
    return tf.withControlDependencies(actions.stream().map(a -> a.add(context)).toList()).noOp();
  }

  private void initialize(Ops tf) {
    Session.Runner runner = session.runner();
    for (Variable variable : variables.dense()) {
      double[] initial = variable.initialValues(new Seed(1));
      runner.addTarget(
          tf.assignVariableOp(
              variable.handle(),
              tf.constant(variable.shape(), DataBuffers.of(initial, false, false))));
    }
    runner.run().close();
  }

  /** Takes a step. */
  Taken take(Step batch) {
    return take(batch, taken -> batch.after());
  }

  /**
   * Takes a step.
   *
   * @param after the losses of the same batch after the update, from what is applied
   */
  Taken take(Step batch, Function<Taken, double[]> after) {
    steps++;
    Optional<double[]> solved = balanced.solve().map(solve -> solve(solve, batch));
    Taken taken;
    try (Run run = new Run(batch, batch.losses())) {
      balanced
          .solve()
          .ifPresent(solve -> run.feed(solve.output(), tensor(solved.orElseThrow(), tasks)));
      run.runner.fetch(balanced.loss()).addTarget(inStep);
      balanced.weights().ifPresent(run.runner::fetch);
      balanced.gradients().forEach(gradient -> run.runner.fetch(gradient.orElseThrow()));
      try (Result result = run.runner.run()) {
        taken = taken(result);
      }
    }
    try (Run run = new Run(batch, after.apply(taken))) {
      run.runner.addTarget(afterStep).run().close();
    }
    return taken;
  }

  /** The epoch ends. */
  void endEpoch() {
    session.runner().addTarget(afterEpoch).run().close();
  }

  private double[] solve(Solve solve, Step batch) {
    try (Run run = new Run(batch, batch.losses());
        Result result = run.runner.fetch(solve.input()).run()) {
      return solve.solver().solve(read(result.get(0)), steps);
    }
  }

  private Taken taken(Result result) {
    int next = 1;
    double[] weights = new double[tasks];
    Arrays.fill(weights, Double.NaN);
    if (balanced.weights().isPresent()) {
      weights = read(result.get(next++));
    }
    double[] shared = Arrays.copyOf(read(result.get(next)), SHARED);
    System.arraycopy(read(result.get(next + 1)), 0, shared, FIRST, SECOND);
    double[] own = new double[tasks];
    for (int t = 0; t < tasks; t++) {
      own[t] = read(result.get(next + 2 + t))[0];
    }
    return new Taken(read(result.get(0))[0], weights, shared, own);
  }

  private static double[] read(Tensor tensor) {
    double[] numbers = new double[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().asDoubles().read(numbers);
    return numbers;
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static TFloat64 tensor(double[] numbers, long... shape) {
    return TFloat64.tensorOf(Shape.of(shape), DataBuffers.of(numbers, false, false));
  }

  /** One run with a batch fed. */
  private final class Run implements AutoCloseable {
    private final Session.Runner runner = session.runner();
    private final List<Tensor> tensors = new ArrayList<>();

    Run(Step batch, double[] losses) {
      feed(step, TInt64.scalarOf(steps));
      feed(values, tensor(losses, tasks));
      feed(slopes, tensor(flat(batch.gradients()), tasks, SHARED));
      feed(heldSlopes, tensor(flat(batch.held()), tasks, SHARED));
      feed(present, tensor(batch.present(), tasks));
    }

    void feed(Operand<?> at, Tensor tensor) {
      tensors.add(tensor);
      runner.feed(at, tensor);
    }

    @Override
    public void close() {
      tensors.forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
