package org.mtl4j.experiment.curve;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Figures of one experiment, trained on growing shares of its training rows.
 *
 * @param experiment its name
 * @param split whose rows were measured, the same for all shares: {@code test} say
 * @param points from the smallest share to the largest
 */
public record LearningCurve(String experiment, String split, List<Point> points) {
  /** Copies the list. */
  public LearningCurve {
    points = List.copyOf(points);
  }

  /**
   * One share.
   *
   * @param percent of the training rows
   * @param run the folder of its run
   * @param result what came of it; empty: the rows were too few to train on
   * @param problem why they were; empty: nothing was wrong
   */
  public record Point(
      double percent, String run, Optional<Result> result, Optional<String> problem) {}

  /**
   * What came of a training.
   *
   * @param rows number of training rows
   * @param metrics output to metric to figure; null where it is not defined
   * @param intervals output to metric to lower and upper bound of the 95 % interval; null where
   *     there is none
   */
  public record Result(
      int rows,
      Map<String, Map<String, Double>> metrics,
      Map<String, Map<String, List<Double>>> intervals) {}
}
