package org.mtl4j.experiment.drift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What rows look like to a model, and what their labels are like.
 *
 * @param rows number of rows
 * @param features per feature the spread of its values
 * @param labels per task
 */
public record RowProfile(
    double rows, Map<String, FeatureProfile> features, Map<String, LabelProfile> labels) {
  /** Copies the maps, keeping their order. */
  public RowProfile {
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /**
   * What is expected of rows after others were trained on: both together, all counting for as many
   * rows as this did, so that what is expected moves along as rows come and never grows stiff.
   *
   * @param other of the same bins
   */
  public RowProfile followedBy(RowProfile other) {
    double own = rows / (rows + other.rows);
    Map<String, FeatureProfile> spread = new LinkedHashMap<>();
    features.forEach(
        (name, feature) -> {
          FeatureProfile its = other.features.get(name);
          spread.put(name, its == null ? feature : feature.plus(its, own, own));
        });
    Map<String, LabelProfile> levels = new LinkedHashMap<>();
    labels.forEach(
        (name, label) -> {
          LabelProfile its = other.labels.get(name);
          levels.put(name, its == null || its.rows() == 0 ? label : pooled(label, its, own));
        });
    return new RowProfile(rows, spread, levels);
  }

  private static LabelProfile pooled(LabelProfile a, LabelProfile b, double own) {
    double total = a.rows() + b.rows();
    double mine = a.rows() / total;
    double mean = mine * a.mean() + (1 - mine) * b.mean();
    double squares = mine * square(a) + (1 - mine) * square(b);
    List<Double> shares = new ArrayList<>();
    for (int c = 0; c < a.shares().size(); c++) {
      shares.add(mine * a.shares().get(c) + (1 - mine) * b.shares().get(c));
    }
    double deviation = Math.sqrt(Math.max(0, squares - mean * mean));
    return new LabelProfile(own * total, mean, deviation, shares);
  }

  private static double square(LabelProfile label) {
    return label.mean() * label.mean() + label.deviation() * label.deviation();
  }
}
