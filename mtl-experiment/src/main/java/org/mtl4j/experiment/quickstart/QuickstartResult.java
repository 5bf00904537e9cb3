package org.mtl4j.experiment.quickstart;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.serving.ranking.Recommendation;

/**
 * What the quickstart found.
 *
 * @param files what it left
 * @param comparison the models and the truth; empty when it was interrupted
 * @param user whom it recommended for
 * @param recommendations what it recommended, best first
 */
public record QuickstartResult(
    QuickstartFiles files,
    Optional<Comparison> comparison,
    Map<String, Object> user,
    List<Recommendation> recommendations) {
  /** Copies the containers. */
  public QuickstartResult {
    user = Collections.unmodifiableMap(new LinkedHashMap<>(user));
    recommendations = List.copyOf(recommendations);
  }

  /**
   * The models beside each other and the best that is possible.
   *
   * @param runs the trained models by name
   * @param truth metrics of the true probabilities on the test rows
   * @param funnel P(click and cart and purchase) over all test rows: by ESMM, by the product of
   *     single-task models, by the truth
   */
  public record Comparison(
      Map<String, Run> runs, MetricReport truth, Map<String, MetricReport> funnel) {
    /** Copies the maps, keeping their order. */
    public Comparison {
      runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
      funnel = Collections.unmodifiableMap(new LinkedHashMap<>(funnel));
    }
  }

  static QuickstartResult interrupted(Path folder) {
    return new QuickstartResult(new QuickstartFiles(folder), Optional.empty(), Map.of(), List.of());
  }
}
