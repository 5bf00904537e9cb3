package org.mtl4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * A layer as a pure function in float64: its input {@link #X} and its variables in, its output or
 * gradients out. Everything is fed, so nothing is ever stored.
 */
public final class LayerHarness implements AutoCloseable {
  /** The input's name among the arrays. */
  public static final String X = "x";

  private static final int KINK_ATTEMPTS = 500;

  /** What is under test: operations over an input [B, width], in a scope of its own. */
  @FunctionalInterface
  public interface Layer {
    /** Adds the operations. */
    Operand<TFloating> apply(GraphContext context, Operand<TFloating> x);
  }

  private final int width;
  private final Graph graph = new Graph();
  private final Variables variables = new Variables(graph, FloatType.FLOAT64);
  private final Placeholder<TInt64> step;
  private final Placeholder<TFloating> x;
  private final Operand<TFloating> output;
  private final Placeholder<TFloating> coefficients;
  private final Operand<TFloat64> kinkDistance;
  private final Operand<TFloating> sum;
  private final List<Optional<Operand<TFloating>>> gradients;
  private final Session session;

  /**
   * Builds a layer in the scope {@code layer}.
   *
   * @param training whether dropout is on; its mask is that of step 1 and the same in every run
   * @param width of the input
   */
  public LayerHarness(boolean training, int width, Layer layer) {
    this.width = width;
    GraphContext inputs = GraphContext.inference(graph, variables, "inputs");
    this.step = inputs.tf().placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    this.x = placeholder(inputs.tf(), Shape.of(-1, width));
    this.coefficients = placeholder(inputs.tf(), Shape.of(-1));
    GraphContext pass =
        training
            ? GraphContext.training(graph, variables, new Seed(1), step)
            : GraphContext.inference(graph, variables, "inference");
    Ops tf = inputs.tf();
    // The identity, since a layer may give its input back, and what is fed cannot be fetched.
    this.output = tf.identity(layer.apply(pass.scope("layer"), x));
    this.kinkDistance = KinkDistance.of(graph, tf);
    Operand<TFloating> flat = tf.reshape(output, tf.constant(new int[] {-1}));
    this.sum = tf.sum(tf.math.mul(flat, coefficients), tf.constant(0));
    List<Operand<TFloating>> with = new ArrayList<>(List.of(x));
    variables.dense().forEach(variable -> with.add(variable.value()));
    this.gradients = Gradients.of(graph, sum, with);
    this.session = new Session(graph);
  }

  private static Placeholder<TFloating> placeholder(Ops tf, Shape shape) {
    return tf.placeholder(FloatType.FLOAT64.tensorClass(), Placeholder.shape(shape));
  }

  /** A random input and random variables, between -1 and 1. */
  public Map<String, double[]> point(int rows, Random random) {
    Map<String, double[]> point = new LinkedHashMap<>();
    point.put(X, random.doubles((long) rows * width, -1, 1).toArray());
    for (Variable variable : variables.dense()) {
      point.put(variable.name(), random.doubles(variable.size(), -1, 1).toArray());
    }
    return point;
  }

  /**
   * The same, where no ReLU or the like is near its bend.
   *
   * @throws IllegalStateException if no such point is found
   */
  public Map<String, double[]> pointAwayFromKinks(int rows, Random random) {
    for (int attempt = 0; attempt < KINK_ATTEMPTS; attempt++) {
      Map<String, double[]> point = point(rows, random);
      if (kinkDistance(point) > FiniteDifferences.MARGIN) {
        return point;
      }
    }
    throw new IllegalStateException(
        "expected a point away from every kink, found none of " + KINK_ATTEMPTS);
  }

  /** How far the nearest bend of a ReLU or the like is. */
  double kinkDistance(Map<String, double[]> point) {
    return fetch(kinkDistance, point, new double[0])[0];
  }

  /** The output's elements in row-major order. */
  public double[] forward(Map<String, double[]> point) {
    return fetch(output, point, new double[0]);
  }

  /** By input and variables the derivative of the sum of the output's elements times these. */
  public Map<String, double[]> gradients(Map<String, double[]> point, double[] factors) {
    List<String> names = new ArrayList<>(List.of(X));
    variables.dense().forEach(variable -> names.add(variable.name()));
    Map<String, double[]> found = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Optional<Operand<TFloating>> gradient = gradients.get(i);
      found.put(
          names.get(i),
          gradient.isPresent()
              ? fetch(gradient.get(), point, factors)
              : new double[point.get(names.get(i)).length]);
    }
    return found;
  }

  /** Compares the gradients at a point with finite differences, for random factors. */
  public void checkGradients(Map<String, double[]> point, Random random) {
    double[] factors = random.doubles(forward(point).length, -1, 1).toArray();
    new FiniteDifferences(p -> fetch(sum, p, factors)[0], point, random)
        .check(gradients(point, factors));
  }

  private double[] fetch(Operand<?> tensor, Map<String, double[]> point, double[] factors) {
    try (Feeds feeds = new Feeds(session)) {
      feeds.feed(step, TInt64.scalarOf(1));
      double[] input = point.get(X);
      feeds.feed(x, Shape.of(input.length / width, width), input);
      feeds.feed(coefficients, Shape.of(factors.length), factors);
      for (Variable variable : variables.dense()) {
        feeds.feed(variable.value(), variable.shape(), point.get(variable.name()));
      }
      try (Result result = feeds.runner().fetch(tensor).run()) {
        return Doubles.read(result.get(0));
      }
    }
  }

  /** One row of an input. */
  static double[] row(double[] input, int width, int row) {
    return Arrays.copyOfRange(input, row * width, (row + 1) * width);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
