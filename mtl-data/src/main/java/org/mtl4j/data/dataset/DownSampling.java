package org.mtl4j.data.dataset;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.batch.LabelColumn;

/**
 * Leaving out most of the training rows that are negatives of a task, where positives are rare: the
 * keys of {@code data.down_sampling}. A row that is left out is left out for all tasks; so that
 * theirs stay what they are over all rows, a negative that was kept counts 1 / keep times in them.
 * The task's own predictions are corrected instead, which is what makes them no noisier (He and
 * others, "Practical lessons from predicting clicks on ads at Facebook", ADKDD 2014).
 *
 * @param task a binary task
 * @param keep share of its negatives that are kept, above 0, at most 1
 */
public record DownSampling(String task, double keep) {
  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException if it is none
   */
  public DownSampling {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException(
          "keep: expected a share above 0, at most 1, found " + keep);
    }
  }

  /** The labels of training rows that were kept, weighted in all tasks but the sampled one. */
  public Map<String, LabelColumn> weigh(Map<String, LabelColumn> labels) {
    LabelColumn sampled = labels.get(task);
    Map<String, LabelColumn> weighed = new LinkedHashMap<>();
    labels.forEach(
        (name, column) -> weighed.put(name, name.equals(task) ? column : weigh(column, sampled)));
    return weighed;
  }

  private LabelColumn weigh(LabelColumn column, LabelColumn sampled) {
    float[] weights = column.weights().clone();
    for (int row = 0; row < weights.length; row++) {
      if (isNegative(sampled, row)) {
        weights[row] = (float) (weights[row] / keep);
      }
    }
    return column.withWeights(weights);
  }

  static boolean isNegative(LabelColumn labels, int row) {
    return labels.mask()[row] && labels.labels()[row] == 0;
  }
}
