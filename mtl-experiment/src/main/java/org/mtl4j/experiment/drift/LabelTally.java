package org.mtl4j.experiment.drift;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;

/** Sums a task's labels up. */
final class LabelTally {
  private final double[] classes;
  private double weights;
  private double squaredWeights;
  private double sum;
  private double squares;

  LabelTally(FittedTask task) {
    boolean indexed = task.encoding() instanceof LabelEncoding.Classes;
    this.classes = new double[indexed ? task.encoding().names().size() : 0];
  }

  void add(LabelColumn labels) {
    for (int r = 0; r < labels.size(); r++) {
      double weight = labels.mask()[r] ? labels.weights()[r] : 0;
      if (weight > 0) {
        add(label(labels, r), weight);
      }
    }
  }

  /** Of a set how many classes it has. */
  private static double label(LabelColumn labels, int row) {
    double sum = 0;
    for (int i = 0; i < labels.width(); i++) {
      sum += labels.labels()[row * labels.width() + i];
    }
    return sum;
  }

  private void add(double label, double weight) {
    weights += weight;
    squaredWeights += weight * weight;
    sum += weight * label;
    squares += weight * label * label;
    if (classes.length > 0) {
      classes[(int) label] += weight;
    }
  }

  LabelProfile profile() {
    if (weights == 0) {
      List<Double> none = Collections.nCopies(classes.length, 0.0);
      return new LabelProfile(0, 0, 0, none);
    }
    double mean = sum / weights;
    return new LabelProfile(
        weights * weights / squaredWeights,
        mean,
        Math.sqrt(Math.max(0, squares / weights - mean * mean)),
        Arrays.stream(classes).map(count -> count / weights).boxed().toList());
  }
}
