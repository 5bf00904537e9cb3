package org.mtl4j.models.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.TestSeed;
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
import org.tensorflow.types.family.TFloating;

class PartitionedNormalizationTest {
  private static final int WIDTH = 3;

  /** Of the domains 0 and 1, and 2 for the rest; domain 1 has one row. */
  private static final int[] ROWS = {0, 2, 0, 1, 2, 0};

  private static final int[][] INDICATORS = {{1, 0}, {0, 0}, {1, 0}, {0, 1}, {0, 0}, {1, 0}};

  private static LayerHarness harness(boolean training, Normalization kind) {
    return new LayerHarness(training, WIDTH, (context, x) -> layer(context, x, kind));
  }

  private static Operand<TFloating> layer(
      GraphContext context, Operand<TFloating> x, Normalization kind) {
    Operand<TFloating> listed = context.toFloating(context.tf().constant(INDICATORS));
    return new PartitionedNormalization(kind).apply(context, x, Domains.of(context, listed));
  }

  private static double expected(Map<String, double[]> point, int row, double[] moments, int c) {
    int domain = ROWS[row];
    double gamma = point.get("layer/gamma")[c];
    double beta = point.get("layer/beta")[c];
    if (domain < 2) {
      gamma *= point.get("layer/domain_gamma")[domain * WIDTH + c];
      beta += point.get("layer/domain_beta")[domain * WIDTH + c];
    }
    double z = point.get(LayerHarness.X)[row * WIDTH + c];
    return gamma * (z - moments[0]) / Math.sqrt(moments[1] + 0.001) + beta;
  }

  /** Mean and biased variance over the batch's rows of the same domain. */
  private static double[] moments(double[] x, int[] rows, int domain, int c) {
    double[] moments = new double[2];
    int count = 0;
    for (int r = 0; r < rows.length; r++) {
      if (rows[r] == domain) {
        moments[0] += x[r * WIDTH + c];
        count++;
      }
    }
    moments[0] /= count;
    for (int r = 0; r < rows.length; r++) {
      if (rows[r] == domain) {
        moments[1] += Math.pow(x[r * WIDTH + c] - moments[0], 2) / count;
      }
    }
    return moments;
  }

  private static double[] momentsOfRow(double[] x, int row) {
    double mean = (x[row * WIDTH] + x[row * WIDTH + 1] + x[row * WIDTH + 2]) / WIDTH;
    double variance = 0;
    for (int c = 0; c < WIDTH; c++) {
      variance += Math.pow(x[row * WIDTH + c] - mean, 2) / WIDTH;
    }
    return new double[] {mean, variance};
  }

  @Test
  void batchesRowsAreNormalisedByThoseOfTheirDomain() {
    try (LayerHarness harness = harness(true, Normalization.BATCH)) {
      Map<String, double[]> point = harness.point(ROWS.length, TestSeed.random());
      double[] x = point.get(LayerHarness.X);
      double[] output = harness.forward(point);
      for (int i = 0; i < output.length; i++) {
        int row = i / WIDTH;
        double[] moments = moments(x, ROWS, ROWS[row], i % WIDTH);
        assertThat(output[i]).isCloseTo(expected(point, row, moments, i % WIDTH), within(1e-12));
      }
    }
  }

  @Test
  void layersRowsAreNormalisedByTheirUnits() {
    for (boolean training : new boolean[] {true, false}) {
      try (LayerHarness harness = harness(training, Normalization.LAYER)) {
        Map<String, double[]> point = harness.point(ROWS.length, TestSeed.random());
        double[] output = harness.forward(point);
        for (int i = 0; i < output.length; i++) {
          double[] moments = momentsOfRow(point.get(LayerHarness.X), i / WIDTH);
          assertThat(output[i])
              .isCloseTo(expected(point, i / WIDTH, moments, i % WIDTH), within(1e-12));
        }
      }
    }
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    for (Normalization kind : List.of(Normalization.BATCH, Normalization.LAYER)) {
      try (LayerHarness harness = harness(true, kind)) {
        Random random = TestSeed.random();
        harness.checkGradients(harness.pointAwayFromKinks(ROWS.length, random), random);
      }
    }
  }

  /** By the recurrence in plain loops, past the hundredth batch of a domain that others lack. */
  @Test
  void averagesMoveTowardsTheBatchesThatHaveTheDomain() {
    Random random = TestSeed.random();
    double[][] mean = new double[3][WIDTH];
    double[][] variance = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
    int[] batches = new int[3];
    try (Moving moving = new Moving()) {
      for (int t = 0; t < 250; t++) {
        int[] domains = random.ints(1 + random.nextInt(4), 0, t < 120 ? 2 : 3).toArray();
        double[] z = random.doubles((long) domains.length * WIDTH, -3, 5).toArray();
        moving.step(domains, z);
        for (int domain : IntStream.of(domains).distinct().toArray()) {
          double share = Math.max(1.0 / ++batches[domain], 0.01);
          for (int c = 0; c < WIDTH; c++) {
            double[] moments = moments(z, domains, domain, c);
            mean[domain][c] += share * (moments[0] - mean[domain][c]);
            variance[domain][c] += share * (moments[1] - variance[domain][c]);
          }
        }
      }
      assertThat(batches[0]).as("past the hundredth").isGreaterThan(101);
      moving.assertHolds("moving_mean", Stream.of(mean).flatMapToDouble(Arrays::stream));
      moving.assertHolds("moving_variance", Stream.of(variance).flatMapToDouble(Arrays::stream));
      moving.assertHolds("batches", IntStream.of(batches).asDoubleStream());
    }
  }

  /** A normalisation in training whose averages are kept from step to step. */
  private static final class Moving implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Variables variables = new Variables(graph, FloatType.FLOAT64);
    private final Placeholder<TFloat64> z;
    private final Placeholder<TFloat64> listed;
    private final Op moved;
    private final Session session = new Session(graph);

    Moving() {
      Ops tf = Ops.create(graph);
      z = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, WIDTH)));
      listed = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, 2)));
      GraphContext context =
          GraphContext.training(graph, variables, new Seed(1), tf.constant(7L)).scope("layer");
      new PartitionedNormalization(Normalization.BATCH)
          .apply(context, context.toFloating(z), Domains.of(context, context.toFloating(listed)));
      moved =
          tf.withControlDependencies(
                  context.stepEndings().stream().map(ending -> ending.apply(tf)).toList())
              .noOp();
      for (Variable variable : variables.dense()) {
        long[] shape = variable.shape().asArray();
        Operand<TFloat64> first =
            tf.reshape(tf.constant(variable.initialValues(new Seed(1))), tf.constant(shape));
        session.runner().addTarget(tf.assignVariableOp(variable.handle(), first)).run().close();
      }
    }

    void step(int[] domains, double[] values) {
      double[] indicators = new double[domains.length * 2];
      for (int r = 0; r < domains.length; r++) {
        for (int d = 0; d < 2; d++) {
          indicators[r * 2 + d] = domains[r] == d ? 1 : 0;
        }
      }
      try (Tensor rows = tensor(WIDTH, values);
          Tensor of = tensor(2, indicators)) {
        session.runner().feed(z, rows).feed(listed, of).addTarget(moved).run().close();
      }
    }

    private static Tensor tensor(int width, double[] values) {
      return TFloat64.tensorOf(Shape.of(values.length / width, width), DataBuffers.of(values));
    }

    void assertHolds(String name, DoubleStream values) {
      Variable variable = variables.find("layer/" + name).orElseThrow();
      double[] found = new double[Math.toIntExact(variable.size())];
      try (Result result = session.runner().fetch(variable.value()).run()) {
        result.get(0).asRawTensor().data().asDoubles().read(found);
      }
      assertThat(found)
          .as("%s, seed %d", name, TestSeed.value())
          .containsExactly(values.toArray(), within(1e-12));
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
