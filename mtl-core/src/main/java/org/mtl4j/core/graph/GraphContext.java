package org.mtl4j.core.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.DeviceSpec;
import org.tensorflow.DeviceSpec.DeviceType;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * A place in a graph where operations are made: a named scope, the variables, the floating type and
 * the kind of pass. Layers take one and make theirs below it; {@link #scope} goes one name deeper.
 * Variables are named by the scope's path alone, operations by pass and path, so that the passes of
 * training and inference share their variables.
 */
public final class GraphContext {
  private final Pass pass;
  private final Ops tf;
  private final String path;
  private final Map<String, GraphContext> children = new HashMap<>();

  private GraphContext(Pass pass, Ops tf, String path) {
    this.pass = pass;
    this.tf = tf;
    this.path = path;
  }

  /** What is common to all scopes of one pass. */
  private record Pass(
      Variables variables,
      boolean training,
      Seed seed,
      Operand<TInt64> step,
      MatrixProducts products,
      Endings endings) {}

  /** What is done at the end of a step, in the graph, and behind it, in Java. */
  private record Endings(List<Function<Ops, Op>> inStep, List<HostUpdate> onHost) {}

  /**
   * The root of a forward pass in training: dropout is on.
   *
   * @param seed root of the random masks
   * @param step the number of the step [], which the masks depend on
   */
  public static GraphContext training(
      Graph graph, Variables variables, Seed seed, Operand<TInt64> step) {
    Ops tf = Ops.create(graph).withSubScope("training");
    Endings endings = new Endings(new ArrayList<>(), new ArrayList<>());
    Pass pass = new Pass(variables, true, seed, step, MatrixProducts.SEPARATE, endings);
    return new GraphContext(pass, tf, "");
  }

  /**
   * The root of whatever is not random: a forward pass in inference, or the inputs that passes
   * share.
   *
   * @param name the scope of its operations
   */
  public static GraphContext inference(Graph graph, Variables variables, String name) {
    Ops tf = Ops.create(graph).withSubScope(name);
    Endings none = new Endings(List.of(), List.of());
    Pass pass = new Pass(variables, false, null, null, MatrixProducts.SEPARATE, none);
    return new GraphContext(pass, tf, "");
  }

  /** The scope of that name below this one; the same one for the same name. */
  public GraphContext scope(String name) {
    return children.computeIfAbsent(
        name, n -> new GraphContext(pass, tf.withSubScope(n), path.isEmpty() ? n : path + "/" + n));
  }

  /**
   * The same place, with its operations on the processor even where there is a GPU. Scopes below it
   * are not those below this one, so that operations of one name are told apart by a number.
   */
  public GraphContext onProcessor() {
    DeviceSpec processor =
        DeviceSpec.newBuilder().deviceType(DeviceType.CPU).deviceIndex(0).build();
    return new GraphContext(pass, tf.withDevice(processor), path);
  }

  /** The same place, with matrix products taken in that way below it; without it separately. */
  public GraphContext with(MatrixProducts products) {
    Pass changed =
        new Pass(
            pass.variables(), pass.training(), pass.seed(), pass.step(), products, pass.endings());
    return new GraphContext(changed, tf, path);
  }

  /**
   * Has something done at the end of each step, in the pass that is trained: what a layer keeps of
   * its batches.
   *
   * @param operation made by operations that wait for the step's gradients and for the check that
   *     they are finite, as {@code ModelOutputs.Update} has it
   */
  public void atStepEnd(Function<Ops, Op> operation) {
    pass.endings().inStep().add(operation);
  }

  /** What layers have done at the end of each step, in the order that they asked for it. */
  public List<Function<Ops, Op>> stepEndings() {
    return List.copyOf(pass.endings().inStep());
  }

  /** Has a variable updated by Java between steps, in the pass that is trained. */
  public void betweenSteps(HostUpdate update) {
    pass.endings().onHost().add(update);
  }

  /** What Java does between steps, in the order that it was asked for. */
  public List<HostUpdate> hostUpdates() {
    return List.copyOf(pass.endings().onHost());
  }

  /** The same place, with random masks that depend on another number than the step's. */
  public GraphContext withStep(Operand<TInt64> other) {
    Pass changed =
        new Pass(
            pass.variables(), pass.training(), pass.seed(), other, pass.products(), pass.endings());
    return new GraphContext(changed, tf, path);
  }

  /** Makes operations in this scope. */
  public Ops tf() {
    return tf;
  }

  /** The scope's names joined by slashes, without the pass. */
  public String path() {
    return path;
  }

  /** The graph's variables. */
  public Variables variables() {
    return pass.variables();
  }

  /** Whether this is the pass that is trained. */
  public boolean isTraining() {
    return pass.training();
  }

  /** The scope's own seed, in the pass that is trained. */
  public Seed seed() {
    return pass.seed().child(path);
  }

  /** The number of the step [], from 1, in the pass that is trained. */
  public Operand<TInt64> step() {
    return pass.step();
  }

  /** How networks of equal shape beside each other take their matrix products. */
  public MatrixProducts matrixProducts() {
    return pass.products();
  }

  /** The value of this scope's variable of that name, created if it is not there yet. */
  public Operand<TFloating> variable(String name, Shape shape, Initializer initializer) {
    return pass.variables().get(path + "/" + name, shape, initializer).value();
  }

  /**
   * The value of this scope's variable of that name, which a layer has created.
   *
   * @throws IllegalStateException if there is none
   */
  public Operand<TFloating> variable(String name) {
    return pass.variables()
        .find(path + "/" + name)
        .orElseThrow(() -> new IllegalStateException("no variable " + path + "/" + name))
        .value();
  }

  /** A scalar of the graph's floating type. */
  public Operand<TFloating> constant(double value) {
    return tf.constant(pass.variables().type().tensorClass(), value);
  }

  /** A tensor of integers or floats as the graph's floating type, in the shape of x. */
  public Operand<TFloating> toFloating(Operand<? extends TNumber> x) {
    return tf.dtypes.cast(x, pass.variables().type().tensorClass());
  }

  /**
   * Sets each element to 0 with probability {@code rate} and divides the others by 1 - rate, in
   * training; in inference x itself. The mask is drawn by a stateless operation from seed, scope
   * and step. The shape is that of x. Srivastava and others, "Dropout", JMLR 15, 2014.
   *
   * @param rate in [0, 1)
   */
  public Operand<TFloating> dropout(Operand<TFloating> x, double rate) {
    if (!pass.training() || rate == 0) {
      return x;
    }
    Operand<TInt64> key =
        tf.stack(List.of(tf.constant(pass.seed().child("dropout/" + path).value()), pass.step()));
    Operand<TFloating> uniform =
        tf.random.statelessRandomUniform(tf.shape(x), key, pass.variables().type().tensorClass());
    Operand<TFloating> keep =
        tf.dtypes.cast(
            tf.math.greaterEqual(uniform, constant(rate)), pass.variables().type().tensorClass());
    return tf.math.mul(x, tf.math.mul(keep, constant(1 / (1 - rate))));
  }

  /**
   * The static size of a tensor's last dimension.
   *
   * @throws IllegalStateException if the graph does not know it
   */
  public static int width(Operand<?> x) {
    Shape shape = x.asOutput().shape();
    long width = shape.isUnknown() ? -1 : shape.get(shape.numDimensions() - 1);
    if (width < 0) {
      throw new IllegalStateException(
          "expected a known last dimension, found " + shape + " at " + x.op().name());
    }
    return Math.toIntExact(width);
  }
}
