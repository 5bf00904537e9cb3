package org.mtl4j.models.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
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
  private static final List<String> NAMES = List.of("shop", "Café & Co");

  /** A name that no variable may have is there by its hash. */
  private static final List<String> SCOPES =
      List.of(
          "layer/domain_shop/",
          "layer/domain_123cb175_82af_346c_aba5_218f0e1236ac/",
          "layer/rest/",
          "layer/all/");

  private static final int ALL = 3;

  /** Of the domains 0 and 1, and 2 for the rest; domain 1 has one row. */
  private static final int[] ROWS = {0, 2, 0, 1, 2, 0};

  private static final int[][] INDICATORS = {{1, 0}, {0, 0}, {1, 0}, {0, 1}, {0, 0}, {1, 0}};

  private static LayerHarness harness(boolean training, Normalization kind) {
    return new LayerHarness(training, WIDTH, (context, x) -> layer(context, x, kind));
  }

  private static Operand<TFloating> layer(
      GraphContext context, Operand<TFloating> x, Normalization kind) {
    Operand<TFloating> listed = context.toFloating(context.tf().constant(INDICATORS));
    return new PartitionedNormalization(kind).apply(context, x, Domains.of(context, NAMES, listed));
  }

  private static double expected(Map<String, double[]> point, int row, double[] moments, int c) {
    int domain = ROWS[row];
    double gamma = point.get("layer/gamma")[c];
    double beta = point.get("layer/beta")[c];
    if (domain < 2) {
      gamma *= 1 + point.get(SCOPES.get(domain) + "scale")[c];
      beta += point.get(SCOPES.get(domain) + "shift")[c];
    }
    double z = point.get(LayerHarness.X)[row * WIDTH + c];
    return gamma * (z - moments[0]) / Math.sqrt(moments[1] + 0.001) + beta;
  }

  private static double[] momentsOfRow(double[] x, int row) {
    double mean = (x[row * WIDTH] + x[row * WIDTH + 1] + x[row * WIDTH + 2]) / WIDTH;
    double variance = 0;
    for (int c = 0; c < WIDTH; c++) {
      variance += Math.pow(x[row * WIDTH + c] - mean, 2) / WIDTH;
    }
    return new double[] {mean, variance};
  }

  /** Numbers of rows and variances are not negative. */
  private static Map<String, double[]> bounded(Map<String, double[]> point) {
    point.forEach(
        (name, values) -> {
          if (name.endsWith("moving_rows")) {
            values[0] = Math.abs(values[0]) * 60;
          } else if (name.endsWith("moving_variance")) {
            Arrays.setAll(values, i -> 0.1 + Math.abs(values[i]));
          }
        });
    return point;
  }

  private static PlainMoments seen(Map<String, double[]> point, int set, int c) {
    return new PlainMoments(
        point.get(SCOPES.get(set) + "moving_rows")[0],
        point.get(SCOPES.get(set) + "moving_mean")[c],
        point.get(SCOPES.get(set) + "moving_variance")[c]);
  }

  private static double[] column(double[] x, int[] rows, IntPredicate domains, int c) {
    return IntStream.range(0, rows.length)
        .filter(r -> domains.test(rows[r]))
        .mapToDouble(r -> x[r * WIDTH + c])
        .toArray();
  }

  /** By those of their domain; of fewer than 32 there and before, by all rows seen. */
  @Test
  void batchesRowsAreNormalisedByThoseOfTheirDomainFilledUp() {
    for (boolean training : new boolean[] {true, false}) {
      try (LayerHarness harness = harness(training, Normalization.BATCH)) {
        Map<String, double[]> point = bounded(harness.point(ROWS.length, TestSeed.random()));
        double[] x = point.get(LayerHarness.X);
        double[] output = harness.forward(point);
        for (int i = 0; i < output.length; i++) {
          int domain = ROWS[i / WIDTH];
          int c = i % WIDTH;
          PlainMoments all = seen(point, ALL, c);
          if (training) {
            all = all.times(0.99).with(PlainMoments.of(column(x, ROWS, d -> true, c)));
          }
          PlainMoments by = seen(point, domain, c).filledUp(all);
          if (training) {
            by = PlainMoments.of(column(x, ROWS, d -> d == domain, c)).filledUp(by);
          }
          double[] moments = {by.mean(), by.variance()};
          assertThat(output[i])
              .as("value %d, seed %d", i, TestSeed.value())
              .isCloseTo(expected(point, i / WIDTH, moments, c), within(1e-12));
        }
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
        harness.checkGradients(bounded(harness.point(ROWS.length, random)), random);
      }
    }
  }

  /** The variance that is kept is that of all rows, not the mean of their batches'. */
  @Test
  void rowsOfADomainCountAlikeWhateverTheirBatch() {
    Random random = TestSeed.random();
    PlainMoments[][] seen = new PlainMoments[4][WIDTH];
    Arrays.stream(seen).forEach(each -> Arrays.fill(each, new PlainMoments(0, 0, 1)));
    try (Moving moving = new Moving()) {
      for (int t = 0; t < 250; t++) {
        int[] domains = random.ints(1 + random.nextInt(4), 0, t < 120 ? 2 : 3).toArray();
        double[] z = random.doubles((long) domains.length * WIDTH, -3, 5).toArray();
        moving.step(domains, z);
        for (int i = 0; i < 4 * WIDTH; i++) {
          int set = i / WIDTH;
          double[] batch = column(z, domains, d -> set == ALL || d == set, i % WIDTH);
          if (batch.length > 0) {
            PlainMoments before = seen[set][i % WIDTH].times(0.99);
            seen[set][i % WIDTH] = before.with(PlainMoments.of(batch));
          }
        }
      }
      for (int set = 0; set < 4; set++) {
        String scope = SCOPES.get(set);
        moving.assertHolds(scope + "moving_rows", seen[set][0].rows());
        moving.assertHolds(
            scope + "moving_mean", Stream.of(seen[set]).mapToDouble(PlainMoments::mean).toArray());
        moving.assertHolds(
            scope + "moving_variance",
            Stream.of(seen[set]).mapToDouble(PlainMoments::variance).toArray());
      }
    }
  }

  /**
   * One row in a hundred is of a domain with another mean and spread: what it is trained by is what
   * it is served by.
   */
  @Test
  void rareDomainIsServedAsItWasTrained() {
    Random random = new Random(5);
    try (Moving moving = new Moving()) {
      double[] trained = new double[2];
      double[] served = new double[2];
      int rows = 0;
      for (int t = 0; t < 600; t++) {
        int[] domains =
            IntStream.range(0, 128).map(r -> random.nextInt(100) == 0 ? 1 : 0).toArray();
        double[] z = new double[domains.length * WIDTH];
        Arrays.setAll(
            z,
            i -> domains[i / WIDTH] == 1 ? 4 + 2 * random.nextGaussian() : random.nextGaussian());
        double[] inTraining = moving.step(domains, z);
        double[] inService = moving.serve(domains, z);
        for (int r = 0; r < domains.length && t >= 200; r++) {
          if (domains[r] == 1) {
            add(trained, inTraining[r * WIDTH]);
            add(served, inService[r * WIDTH]);
            rows++;
          }
        }
      }
      assertThat(rows).isGreaterThan(400);
      for (double[] sums : List.of(trained, served)) {
        double mean = sums[0] / rows;
        assertThat(mean).isCloseTo(0, within(0.15));
        assertThat(sums[1] / rows - mean * mean).isCloseTo(1, within(0.15));
      }
    }
  }

  private static void add(double[] sums, double value) {
    sums[0] += value;
    sums[1] += value * value;
  }

  /** A normalisation in training whose averages are kept from step to step. */
  private static final class Moving implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Variables variables = new Variables(graph, FloatType.FLOAT64);
    private final Placeholder<TFloat64> z;
    private final Placeholder<TFloat64> listed;
    private final Operand<TFloating> trained;
    private final Operand<TFloating> served;
    private final Op moved;
    private final Session session = new Session(graph);

    Moving() {
      Ops tf = Ops.create(graph);
      z = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, WIDTH)));
      listed = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, 2)));
      GraphContext training = GraphContext.training(graph, variables, new Seed(1), tf.constant(7L));
      trained = layer(training);
      served = layer(GraphContext.inference(graph, variables, "inference"));
      moved =
          tf.withControlDependencies(
                  training.stepEndings().stream().map(ending -> ending.apply(tf)).toList())
              .noOp();
      for (Variable variable : variables.dense()) {
        long[] shape = variable.shape().asArray();
        Operand<TFloat64> first =
            tf.reshape(tf.constant(variable.initialValues(new Seed(1))), tf.constant(shape));
        session.runner().addTarget(tf.assignVariableOp(variable.handle(), first)).run().close();
      }
    }

    private Operand<TFloating> layer(GraphContext root) {
      GraphContext context = root.scope("layer");
      Operand<TFloating> in = context.toFloating(listed);
      return new PartitionedNormalization(Normalization.BATCH)
          .apply(context, context.toFloating(z), Domains.of(context, NAMES, in));
    }

    double[] step(int[] domains, double[] values) {
      return run(trained, moved, domains, values);
    }

    double[] serve(int[] domains, double[] values) {
      return run(served, served, domains, values);
    }

    private double[] run(Operand<TFloating> output, Op with, int[] domains, double[] values) {
      double[] indicators = new double[domains.length * 2];
      for (int r = 0; r < domains.length; r++) {
        for (int d = 0; d < 2; d++) {
          indicators[r * 2 + d] = domains[r] == d ? 1 : 0;
        }
      }
      try (Tensor rows = tensor(WIDTH, values);
          Tensor of = tensor(2, indicators);
          Result result =
              session.runner().feed(z, rows).feed(listed, of).addTarget(with).fetch(output).run()) {
        return read(result, values.length);
      }
    }

    private static double[] read(Result result, int size) {
      double[] found = new double[size];
      result.get(0).asRawTensor().data().asDoubles().read(found);
      return found;
    }

    private static Tensor tensor(int width, double[] values) {
      return TFloat64.tensorOf(Shape.of(values.length / width, width), DataBuffers.of(values));
    }

    void assertHolds(String name, double... values) {
      Variable variable = variables.find(name).orElseThrow();
      try (Result result = session.runner().fetch(variable.value()).run()) {
        assertThat(read(result, values.length))
            .as("%s, seed %d", name, TestSeed.value())
            .containsExactly(values, within(1e-10));
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
