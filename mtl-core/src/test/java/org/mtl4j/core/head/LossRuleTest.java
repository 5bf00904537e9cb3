package org.mtl4j.core.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.LossRule;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Class weights and label smoothing against the formulas in plain loops. */
class LossRuleTest {
  private static final int ROWS = 9;
  private static final List<String> CLASSES = List.of("a", "b", "c");

  private final long seed = Long.getLong("mtl.test.seed", 1L);
  private final Random random = new Random(seed);

  /**
   * A batch.
   *
   * @param logits [rows][width]
   * @param labels [rows][width of labels]
   * @param weights [rows]
   */
  private record Batch(double[][] logits, double[][] labels, double[] weights) {}

  private Batch batch(int width, int labelWidth, int values) {
    double[][] logits = new double[ROWS][];
    double[][] labels = new double[ROWS][];
    for (int r = 0; r < ROWS; r++) {
      logits[r] = random.doubles(width, -4, 4).toArray();
      labels[r] = random.ints(labelWidth, 0, values).asDoubleStream().toArray();
    }
    double[] weights = random.doubles(ROWS, .2, 3).toArray();
    weights[random.nextInt(ROWS)] = 0;
    return new Batch(logits, labels, weights);
  }

  /** The mean loss and its gradient by the logits, row by row. */
  private static double[] run(TaskType type, LabelEncoding encoding, Batch batch, LossRule rule) {
    OutputSpec spec = new OutputSpec("y", type, encoding, new LabelRule.OfTask("y"), "");
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      GraphContext root =
          GraphContext.inference(graph, new Variables(graph, FloatType.FLOAT64), "test");
      Operand<TFloating> logits = tensor(root, batch.logits());
      Supervision supervision =
          new Supervision(
              tensor(root, batch.labels()), root.toFloating(root.tf().constant(batch.weights())));
      Operand<TFloating> mean =
          ModelLosses.of(
                  root,
                  List.of(spec),
                  ModelOutputs.of(List.of(new OutputTensor.Logit("y", logits)), Set.of()),
                  Map.of("y", supervision),
                  Map.of("y", rule))
              .tasks()
              .get(0)
              .mean();
      Operand<TFloating> slopes = Gradients.of(graph, mean, List.of(logits)).get(0).orElseThrow();
      try (Result result = session.runner().fetch(mean).fetch(slopes).run()) {
        double[] values = new double[1 + (int) result.get(1).shape().size()];
        values[0] = ((TFloat64) result.get(0)).getDouble();
        double[] gradient = new double[values.length - 1];
        result.get(1).asRawTensor().data().asDoubles().read(gradient);
        System.arraycopy(gradient, 0, values, 1, gradient.length);
        return values;
      }
    }
  }

  /** [rows], or [rows, width] where there are several a row. */
  private static Operand<TFloating> tensor(GraphContext root, double[][] rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    Operand<TFloating> values = root.toFloating(root.tf().constant(flat));
    return rows[0].length == 1
        ? values
        : root.tf().reshape(values, root.tf().constant(new int[] {-1, rows[0].length}));
  }

  /** Mean and gradient of rows with targets [rows][width] under a softmax or sigmoids. */
  private static double[] plain(
      Batch batch, double[][] targets, double[] weights, boolean softmax) {
    int width = targets[0].length;
    double[] values = new double[1 + ROWS * width];
    double sum = Arrays.stream(weights).sum();
    for (int r = 0; r < ROWS; r++) {
      double[] x = batch.logits()[r];
      double all = Arrays.stream(x).map(Math::exp).sum();
      for (int c = 0; c < width; c++) {
        double p = softmax ? Math.exp(x[c]) / all : 1 / (1 + Math.exp(-x[c]));
        double y = targets[r][c];
        double loss = softmax ? -y * Math.log(p) : -y * Math.log(p) - (1 - y) * Math.log(1 - p);
        double share = weights[r] / sum / (softmax ? 1 : width);
        values[0] += share * loss;
        values[1 + r * width + c] = share * (p - y);
      }
    }
    return values;
  }

  private void assertClose(double[] found, double[] expected) {
    assertThat(found).as("seed %d", seed).containsExactly(expected, within(1e-12));
  }

  @Test
  void binaryLabelsAreSmoothedAndRowsWeightedByClass() {
    Batch batch = batch(1, 1, 2);
    double[][] targets = new double[ROWS][];
    double[] weights = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      double y = batch.labels()[r][0];
      targets[r] = new double[] {y == 1 ? .9 : .1};
      weights[r] = batch.weights()[r] * (y == 1 ? 5 : .5);
    }
    assertClose(
        run(
            new TaskType.Binary(List.of()),
            new LabelEncoding.Indicator(),
            batch,
            new LossRule(1, List.of(.5, 5.0), .2)),
        plain(batch, targets, weights, false));
  }

  @Test
  void aShareOfAClassGoesToAllClassesAndRowsAreWeightedByTheirOwn() {
    Batch batch = batch(3, 1, 3);
    double[] byClass = {2, 1, 7};
    double[][] targets = new double[ROWS][];
    double[] weights = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      int y = (int) batch.labels()[r][0];
      targets[r] = new double[] {.1, .1, .1};
      targets[r][y] = .8;
      weights[r] = batch.weights()[r] * byClass[y];
    }
    assertClose(
        run(
            new TaskType.Multiclass(),
            new LabelEncoding.Classes(CLASSES),
            batch,
            new LossRule(1, List.of(2.0, 1.0, 7.0), .3)),
        plain(batch, targets, weights, true));
  }

  @Test
  void eachClassOfASetIsSmoothedByItself() {
    Batch batch = batch(3, 3, 2);
    double[][] targets =
        Arrays.stream(batch.labels())
            .map(row -> Arrays.stream(row).map(y -> .6 * y + .2).toArray())
            .toArray(double[][]::new);
    assertClose(
        run(
            new TaskType.Multilabel("|", 1, 3),
            new LabelEncoding.ClassSet(CLASSES),
            batch,
            new LossRule(1, List.of(), .4)),
        plain(batch, targets, batch.weights(), false));
  }

  @Test
  void numbersOutOfTheirRangeAreRefused() {
    assertThatThrownBy(() -> new LossRule(1, List.of(), 1))
        .hasMessage("label_smoothing: expected a number of at least 0 and below 1, found 1.0");
    assertThatThrownBy(() -> new LossRule(1, List.of(1.0, -1.0), 0))
        .hasMessage("class_weights: expected a number from 0 to 3.4e38, found -1.0");
    assertThatThrownBy(() -> LossRule.weighted(Double.NaN))
        .hasMessage("loss_weight: expected a number from 0 to 3.4e38, found NaN");
  }
}
