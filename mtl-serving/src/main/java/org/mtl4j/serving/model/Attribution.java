package org.mtl4j.serving.model;

import java.util.List;
import java.util.Optional;

/**
 * What a row's features add to one score of a model, by integrated gradients.
 *
 * @param of whose score
 * @param row the score and the prediction of the row
 * @param baseline those of the baseline, of which every number that a model sees is 0
 * @param features what each feature adds, in the score's unit, in the experiment's order
 * @param steps points of the way from the baseline to the row at which gradients were taken
 */
public record Attribution(Target of, Point row, Point baseline, List<Feature> features, int steps) {
  /** What a sum may be off by, in the score's unit, and by what share of the difference. */
  private static final double ABSOLUTE = 1e-3;

  private static final double RELATIVE = 5e-3;

  /** Copies the list. */
  public Attribution {
    features = List.copyOf(features);
  }

  /**
   * One score.
   *
   * @param output the output
   * @param column which of its predictions: the class of a multiclass or multilabel output, else 0
   */
  public record Target(String output, int column) {}

  /**
   * What a model makes of its inputs.
   *
   * @param score log odds (of a multiclass output a logit), or a regression's value
   * @param prediction what users see
   */
  public record Point(double score, double prediction) {}

  /**
   * One feature.
   *
   * @param name its name
   * @param group user, item or context, if the experiment says
   * @param value what it adds to the score; 0 if the score does not depend on it
   */
  public record Feature(String name, Optional<String> group, double value) {}

  /** The sum of what the features add. */
  public double sum() {
    return features.stream().mapToDouble(Feature::value).sum();
  }

  /** How far the sum is from the difference of the two scores, in the score's unit. */
  public double gap() {
    return sum() - (row.score() - baseline.score());
  }

  /** The largest gap, of either sign, with which the attribution is complete. */
  public double tolerance() {
    return ABSOLUTE + RELATIVE * Math.abs(row.score() - baseline.score());
  }

  /** Whether the features add up to the difference of the two scores, within the tolerance. */
  public boolean isComplete() {
    return Math.abs(gap()) <= tolerance();
  }
}
