package org.mtl4j.experiment.online;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How well the model that serves did when it was measured last. */
final class ExpectedFigures {
  private static final List<String> SPLITS = List.of("test", "validation");

  private ExpectedFigures() {}

  /** Per {@code output/metric} the figure; of the update that it came of, or of its training. */
  static Map<String, Double> of(UpdateWork.Job job) {
    Map<String, Double> figures = new LinkedHashMap<>();
    int base = job.intake().base();
    if (base > 0) {
      Optional<Decision> decision = job.updates().update(base).decision();
      decision.ifPresent(
          made -> made.evidence().gate().forEach(f -> figures.put(f.figure(), f.now())));
    }
    if (figures.isEmpty()) {
      Map<String, Map<String, Map<String, Double>>> metrics = job.run().metrics();
      SPLITS.stream()
          .filter(metrics::containsKey)
          .findFirst()
          .ifPresent(
              split ->
                  metrics
                      .get(split)
                      .forEach((output, all) -> all.forEach((m, v) -> put(figures, output, m, v))));
    }
    return figures;
  }

  private static void put(Map<String, Double> figures, String output, String metric, Double value) {
    if (value != null) {
      figures.put(output + "/" + metric, value);
    }
  }
}
