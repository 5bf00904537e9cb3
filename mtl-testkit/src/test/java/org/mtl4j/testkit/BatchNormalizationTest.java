package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** Inference is the contract's formula; training that of the batch, and what is kept of it. */
class BatchNormalizationTest extends LayerContractTest {
  private static final int WIDTH = 3;

  @Override
  protected Class<?> subject() {
    return Normalization.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return Normalization.BATCH::apply;
  }

  @Override
  protected int width() {
    return WIDTH;
  }

  /** A variance is not negative. */
  @Override
  protected void bound(Map<String, double[]> variables) {
    double[] variance = variables.getOrDefault("layer/moving_variance", new double[0]);
    for (int i = 0; i < variance.length; i++) {
      variance[i] = 0.3 + Math.abs(variance[i]);
    }
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    double[] normal = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      normal[i] =
          variables.get("layer/gamma")[i]
                  * (x[i] - variables.get("layer/moving_mean")[i])
                  / Math.sqrt(variables.get("layer/moving_variance")[i] + 0.001)
              + variables.get("layer/beta")[i];
    }
    return normal;
  }

  /** [values]: mean, then biased variance, of a value over the rows. */
  private static double[][] moments(double[] x) {
    int rows = x.length / WIDTH;
    double[][] moments = new double[2][WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      for (int r = 0; r < rows; r++) {
        moments[0][i] += x[r * WIDTH + i] / rows;
      }
      for (int r = 0; r < rows; r++) {
        moments[1][i] += Math.pow(x[r * WIDTH + i] - moments[0][i], 2) / rows;
      }
    }
    return moments;
  }

  @Test
  void trainingTakesMeanAndVarianceOfTheBatch() {
    for (int rows : new int[] {1, 2, 7}) {
      try (LayerHarness harness = new LayerHarness(true, WIDTH, layer())) {
        Map<String, double[]> point = harness.point(rows, TestSeed.random());
        double[] x = point.get(LayerHarness.X);
        double[][] moments = moments(x);
        double[] output = harness.forward(point);
        for (int i = 0; i < x.length; i++) {
          int c = i % WIDTH;
          double expected =
              point.get("layer/gamma")[c]
                      * (x[i] - moments[0][c])
                      / Math.sqrt(moments[1][c] + 0.001)
                  + point.get("layer/beta")[c];
          Slopes.assertNear(output[i], expected, 1e-12, "rows " + rows + ", value " + i);
        }
      }
    }
  }

  /** By the recurrence in plain loops, over batches of different sizes, past the hundredth. */
  @Test
  void averagesMoveTowardsEachBatch() {
    Random random = TestSeed.random();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Variables variables = new Variables(graph, FloatType.FLOAT64);
      Ops tf = Ops.create(graph);
      Placeholder<TInt64> step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      Operand<TFloating> x =
          tf.placeholder(FloatType.FLOAT64.tensorClass(), Placeholder.shape(Shape.of(-1, WIDTH)));
      GraphContext context = GraphContext.training(graph, variables, new Seed(1), step);
      Normalization.BATCH.apply(context.scope("layer"), x);
      Op moved =
          tf.withControlDependencies(
                  context.stepEndings().stream().map(ending -> ending.apply(tf)).toList())
              .noOp();
      double[][] averages = {new double[WIDTH], {1, 1, 1}};
      initialise(session, tf, variables.find("layer/moving_mean").orElseThrow(), averages[0]);
      initialise(session, tf, variables.find("layer/moving_variance").orElseThrow(), averages[1]);
      for (int t = 1; t <= 130; t++) {
        double[] batch = random.doubles((2L + t % 3) * WIDTH, -3, 5).toArray();
        try (Feeds feeds = new Feeds(session)) {
          feeds.feed(step, TInt64.scalarOf(t));
          feeds.feed(x, Shape.of(batch.length / WIDTH, WIDTH), batch);
          feeds.runner().addTarget(moved).run().close();
        }
        double[][] moments = moments(batch);
        double share = Math.max(1.0 / t, 0.01);
        for (int i = 0; i < WIDTH; i++) {
          averages[0][i] += share * (moments[0][i] - averages[0][i]);
          averages[1][i] += share * (moments[1][i] - averages[1][i]);
        }
      }
      assertHolds(session, variables.find("layer/moving_mean").orElseThrow(), averages[0]);
      assertHolds(session, variables.find("layer/moving_variance").orElseThrow(), averages[1]);
    }
  }

  private static void initialise(Session session, Ops tf, Variable variable, double... values) {
    session
        .runner()
        .addTarget(tf.assignVariableOp(variable.handle(), tf.constant(values)))
        .run()
        .close();
  }

  private static void assertHolds(Session session, Variable variable, double... values) {
    try (Result result = session.runner().fetch(variable.value()).run()) {
      assertThat(Doubles.read(result.get(0)))
          .as("%s, seed %d", variable.name(), TestSeed.value())
          .containsExactly(values, within(1e-12));
    }
  }
}
