package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.experiment.config.ClassWeights;

/** From the class weights that a file gives to numbers in the order of the learnt classes. */
final class ClassShares {
  private static final int BLOCK = 65_536;
  private static final List<String> BINARY = List.of("no", "yes");

  private ClassShares() {}

  /**
   * The task with its weights by class.
   *
   * @param rows the training rows
   * @throws MtlException CONFIG_VALUE if a class is named that the training rows do not have
   */
  static FittedTask apply(ClassWeights weights, FittedTask task, EncodedData rows) {
    List<String> classes =
        task.task().type() instanceof TaskType.Binary ? BINARY : task.encoding().names();
    List<Double> byClass =
        weights instanceof ClassWeights.Given given
            ? given(given.weights(), task.name(), classes)
            : balanced(counts(task.name(), classes.size(), rows));
    return new FittedTask(
        task.task().withLoss(task.task().loss().withClassWeights(byClass)), task.encoding());
  }

  private static List<Double> given(
      Map<String, Double> weights, String task, List<String> classes) {
    for (String name : weights.keySet()) {
      if (!classes.contains(name)) {
        throw new MtlException(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "tasks." + task + ".class_weights",
                "Expected classes of the training rows, found \"" + name + "\".",
                Nearest.hint(name, classes)));
      }
    }
    return classes.stream().map(name -> weights.getOrDefault(name, 1.0)).toList();
  }

  /** A class that no row has counts 1: there is nothing to weigh. */
  private static List<Double> balanced(double... counts) {
    double all = Arrays.stream(counts).sum();
    List<Double> weights = new ArrayList<>();
    for (double count : counts) {
      weights.add(count > 0 ? all / (counts.length * count) : 1);
    }
    return weights;
  }

  private static double[] counts(String task, int classes, EncodedData rows) {
    double[] counts = new double[classes];
    for (int from = 0; from < rows.rowCount(); from += BLOCK) {
      LabelColumn column =
          rows.block(from, Math.min(BLOCK, rows.rowCount() - from)).labels().get(task);
      for (int row = 0; row < column.mask().length; row++) {
        if (column.mask()[row]) {
          counts[(int) column.labels()[row]] += column.weights()[row];
        }
      }
    }
    return counts;
  }
}
