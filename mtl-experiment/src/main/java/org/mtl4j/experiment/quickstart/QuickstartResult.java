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
 * @param runs the trained models by name; none when it was interrupted
 * @param truth metrics of the true probabilities on the test rows; empty when it was interrupted
 * @param user whom it recommended for
 * @param recommendations what it recommended, best first
 */
public record QuickstartResult(
    QuickstartFiles files,
    Map<String, Run> runs,
    Optional<MetricReport> truth,
    Map<String, Object> user,
    List<Recommendation> recommendations) {
  /** Copies the containers. */
  public QuickstartResult {
    runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    user = Collections.unmodifiableMap(new LinkedHashMap<>(user));
    recommendations = List.copyOf(recommendations);
  }

  static QuickstartResult interrupted(Path folder) {
    return new QuickstartResult(
        new QuickstartFiles(folder), Map.of(), Optional.empty(), Map.of(), List.of());
  }

  /** Whether it ran to its end. */
  public boolean isComplete() {
    return truth.isPresent();
  }
}
