package org.mtl4j.experiment.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Figures that a run has measured itself: means of its test metrics. */
final class RunMetrics implements Figures {
  private static final String SPLIT = "test";

  private final Map<String, List<String>> metrics = new LinkedHashMap<>();

  /**
   * The same with one figure more.
   *
   * @param of what it is the mean of: {@code click/auc} for instance; a run without one of them
   *     does not have the figure
   */
  RunMetrics with(String figure, String... of) {
    RunMetrics more = new RunMetrics();
    more.metrics.putAll(metrics);
    more.metrics.put(figure, List.of(of));
    return more;
  }

  @Override
  public Map<String, Double> of(Trained trained) {
    Map<String, Map<String, Double>> measured = trained.run().metrics().get(SPLIT);
    Map<String, Double> figures = new LinkedHashMap<>();
    metrics.forEach(
        (figure, names) -> {
          List<Double> values = names.stream().map(name -> value(measured, name)).toList();
          if (values.stream().allMatch(Objects::nonNull)) {
            figures.put(
                figure, values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
          }
        });
    return figures;
  }

  private static Double value(Map<String, Map<String, Double>> measured, String name) {
    String[] parts = name.split("/", 2);
    return measured.getOrDefault(parts[0], Map.of()).get(parts[1]);
  }
}
