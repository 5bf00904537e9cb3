package org.mtl4j.models.unsupervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.task.ClusterRule;
import org.mtl4j.core.task.CodeSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** A linear code of two numbers, the second with an indicator, in three clusters, in plain Java. */
class DeepClustersTest {
  private static final int WIDTH = 3;
  private static final int DIMS = 2;
  private static final int CLUSTERS = 3;
  private static final int ROWS = 5;
  private static final int COLUMNS = 1 + CLUSTERS + 1;
  private static final int KEPT = 4;
  private static final double[] WEIGHTS = {1, 2, 0, 0.5, 3};
  private static final double ERROR_WEIGHT = 0.7;
  private static final double WEIGHT = 0.3;

  private static FittedNumeric number(String name, boolean indicator) {
    return new FittedNumeric(
        new NumericFeature(name, name, Optional.empty(), NumericTransform.NONE, indicator),
        0,
        0,
        1);
  }

  /** Loss and predictions [B, 5]. */
  private static LayerHarness.Layer layer(int warmupSteps) {
    return (scope, x) -> {
      FeatureTensors features =
          new FeatureTensors(
              scope,
              List.of(
                  new FeatureTensors.Block(
                      x,
                      List.of(
                          new FeatureTensors.Part(number("a", false), 0, 1),
                          new FeatureTensors.Part(number("b", true), 1, 2)))));
      TaskType.Clustering type =
          new TaskType.Clustering(
              new CodeSpec(Optional.empty(), DIMS, List.of()),
              new ClusterRule(CLUSTERS, warmupSteps, WEIGHT, ERROR_WEIGHT, false));
      Learnt learnt = new DeepClusters(type).apply(scope, features, Optional.of(weights(scope)));
      return scope
          .tf()
          .concat(
              List.of(
                  scope.tf().expandDims(learnt.loss(), scope.tf().constant(1)),
                  learnt.prediction()),
              scope.tf().constant(1));
    };
  }

  private static Operand<TFloating> weights(GraphContext scope) {
    return scope.toFloating(scope.tf().constant(WEIGHTS));
  }

  private static Map<String, double[]> point(LayerHarness harness) {
    Map<String, double[]> point = harness.point(ROWS, TestSeed.random());
    point.put("layer/recent_counts", new double[] {KEPT, 9});
    return point;
  }

  /** What a point comes to: the targets too, which gradients take as they are. */
  private static final class Plain {
    final double[][] assigned = new double[ROWS][];
    final double[][] targets = new double[ROWS][CLUSTERS];
    final double[] silhouettes = new double[ROWS];
    final double[] errors = new double[ROWS];

    Plain(Map<String, double[]> point) {
      double[] f = new double[CLUSTERS];
      for (int row = 0; row < ROWS; row++) {
        double[] x = Arrays.copyOfRange(point.get(LayerHarness.X), row * WIDTH, (row + 1) * WIDTH);
        double[] z = affine(x, point, "layer/code/");
        double[] back = affine(z, point, "layer/rebuilt/");
        double[] known = {1, 1 - x[2], 1};
        for (int t = 0; t < WIDTH; t++) {
          errors[row] += Math.pow(known[t] * (x[t] - back[t]), 2) / WIDTH;
        }
        double[] distances = distances(z, point.get("layer/centroids"));
        assigned[row] = student(distances);
        Arrays.sort(distances);
        silhouettes[row] = 1 - distances[0] / distances[1];
        add(f, assigned[row], WEIGHTS[row] > 0 ? 1 : 0);
      }
      for (int row = 0; row < KEPT; row++) {
        double[] z =
            Arrays.copyOfRange(point.get("layer/recent_codes"), row * DIMS, (row + 1) * DIMS);
        add(f, student(distances(z, point.get("layer/centroids"))), 1);
      }
      for (int row = 0; row < ROWS; row++) {
        double sum = 0;
        for (int k = 0; k < CLUSTERS; k++) {
          targets[row][k] = assigned[row][k] * assigned[row][k] / f[k];
          sum += targets[row][k];
        }
        for (int k = 0; k < CLUSTERS; k++) {
          targets[row][k] /= sum;
        }
      }
    }

    private static double[] affine(double[] x, Map<String, double[]> point, String layer) {
      double[] out = point.get(layer + "bias").clone();
      double[] kernel = point.get(layer + "kernel");
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < out.length; j++) {
          out[j] += x[i] * kernel[i * out.length + j];
        }
      }
      return out;
    }

    private static double[] distances(double[] z, double... centroids) {
      double[] distances = new double[CLUSTERS];
      for (int k = 0; k < CLUSTERS; k++) {
        distances[k] = Math.hypot(z[0] - centroids[k * DIMS], z[1] - centroids[k * DIMS + 1]);
      }
      return distances;
    }

    private static double[] student(double... distances) {
      double[] q = Arrays.stream(distances).map(d -> 1 / (1 + d * d)).toArray();
      double sum = Arrays.stream(q).sum();
      return Arrays.stream(q).map(near -> near / sum).toArray();
    }

    private static void add(double[] sum, double[] values, double factor) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += factor * values[k];
      }
    }

    double loss(int row, double[][] fixed) {
      double divergence = 0;
      for (int k = 0; k < CLUSTERS; k++) {
        divergence += fixed[row][k] * Math.log(fixed[row][k] / assigned[row][k]);
      }
      return ERROR_WEIGHT * errors[row] + WEIGHT * divergence;
    }

    double losses(double[][] fixed) {
      double sum = 0;
      for (int row = 0; row < ROWS; row++) {
        sum += (row + 1) * loss(row, fixed);
      }
      return sum;
    }
  }

  @Test
  void lossAndPredictionsAreThePapers() {
    try (LayerHarness harness = new LayerHarness(true, WIDTH, layer(0))) {
      Map<String, double[]> point = point(harness);
      Plain plain = new Plain(point);
      double[] found = harness.forward(point);
      for (int row = 0; row < ROWS; row++) {
        double[] expected = new double[COLUMNS];
        expected[0] = plain.loss(row, plain.targets);
        System.arraycopy(plain.assigned[row], 0, expected, 1, CLUSTERS);
        expected[COLUMNS - 1] = plain.silhouettes[row];
        assertThat(Arrays.copyOfRange(found, row * COLUMNS, (row + 1) * COLUMNS))
            .as("row %d, seed %d", row, TestSeed.value())
            .containsExactly(expected, within(1e-9));
      }
    }
  }

  /** Differences of the loss whose targets stay as they are at the point. */
  @Test
  void gradientsTakeTheTargetsAsTheyAre() {
    try (LayerHarness harness = new LayerHarness(true, WIDTH, layer(0))) {
      Map<String, double[]> point = point(harness);
      double[][] fixed = new Plain(point).targets;
      double[] factors = new double[ROWS * COLUMNS];
      for (int row = 0; row < ROWS; row++) {
        factors[row * COLUMNS] = row + 1;
      }
      Map<String, double[]> gradients = harness.gradients(point, factors);
      for (String name : List.of("code/kernel", "code/bias", "rebuilt/kernel", "centroids")) {
        double[] gradient = gradients.get("layer/" + name);
        for (int i = 0; i < gradient.length; i++) {
          double slope =
              (new Plain(moved(point, "layer/" + name, i, 1e-5)).losses(fixed)
                      - new Plain(moved(point, "layer/" + name, i, -1e-5)).losses(fixed))
                  / 2e-5;
          assertThat(gradient[i])
              .as("%s[%d], seed %d", name, i, TestSeed.value())
              .isCloseTo(slope, within(1e-7));
        }
      }
      assertThat(gradients.get("layer/recent_codes")).containsOnly(0);
    }
  }

  private static Map<String, double[]> moved(
      Map<String, double[]> point, String name, int element, double by) {
    Map<String, double[]> moved = new LinkedHashMap<>(point);
    double[] values = point.get(name).clone();
    values[element] += by;
    moved.put(name, values);
    return moved;
  }

  @Test
  void codeIsLearntAloneAtFirst() {
    try (LayerHarness harness = new LayerHarness(true, WIDTH, layer(1))) {
      Map<String, double[]> point = point(harness);
      Plain plain = new Plain(point);
      double[] found = harness.forward(point);
      for (int row = 0; row < ROWS; row++) {
        assertThat(found[row * COLUMNS])
            .as("seed %d", TestSeed.value())
            .isCloseTo(plain.errors[row], within(1e-9));
      }
    }
  }

  @Test
  void centroidsAreFoundInTheFirstStepsAndThenLeftAlone() {
    KMeans means = new KMeans(CLUSTERS, DIMS, 1);
    double[] state = new double[2 + DeepClusters.ROWS * DIMS + CLUSTERS * DIMS];
    state[0] = CLUSTERS;
    for (int i = 0; i < CLUSTERS * DIMS; i++) {
      state[2 + i] = i;
      state[state.length - 1 - i] = -1;
    }
    state[1] = 20;
    assertThat(RecentCodes.next(state, means, 20))
        .as("the three rows that there are")
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    state[1] = 30;
    assertThat(RecentCodes.next(state, means, 20)).as("behind the first steps").containsOnly(-1);
    state[0] = CLUSTERS - 1;
    state[1] = 10;
    assertThat(RecentCodes.next(state, means, 20)).as("too few rows").containsOnly(-1);
  }
}
