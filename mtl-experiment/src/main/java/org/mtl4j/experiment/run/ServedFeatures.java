package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Expression;
import org.mtl4j.experiment.config.CrossConfig;
import org.mtl4j.experiment.config.FeatureConfig;

/** What an experiment says of features that are known in training only. */
final class ServedFeatures {
  private ServedFeatures() {}

  /**
   * Something is known when the model serves, and a column is known then or not, whichever feature
   * reads it.
   */
  static void check(ExperimentDraft draft, Problems problems) {
    Map<String, FeatureConfig> features = new LinkedHashMap<>(draft.features().orElse(Map.of()));
    // A cross reads no column of its own: it gets what the features that it names get.
    features.values().removeIf(CrossConfig.class::isInstance);
    Map<String, String> served = new LinkedHashMap<>();
    features.forEach(
        (name, feature) -> {
          if (feature.serveAs().isPresent()) {
            served.putIfAbsent(column(name, features), name);
          }
        });
    checkDerived(draft, features, served, problems);
    if (!features.isEmpty()
        && features.values().stream().allMatch(feature -> feature.serveAs().isPresent())) {
      problems.add(
          ErrorCode.CONFIG_VALUE,
          draft.where("features"),
          "Expected a feature that is known when the model serves, found serve_as for all of them.");
    }
    features.forEach(
        (name, feature) -> {
          String column = column(name, features);
          String other = served.get(column);
          if (other != null && !features.get(other).serveAs().equals(feature.serveAs())) {
            problems.add(
                new Problem(
                    ErrorCode.CONFIG_VALUE,
                    draft.where("features." + name),
                    "Expected serve_as: \"%s\", as features.%s has it for the same column \"%s\"."
                        .formatted(features.get(other).serveAs().orElseThrow(), other, column),
                    "A column is known when the model serves, or it is not."));
          }
        });
  }

  /** What is known in training only is so in all that is computed from it. */
  private static void checkDerived(
      ExperimentDraft draft,
      Map<String, FeatureConfig> features,
      Map<String, String> served,
      Problems problems) {
    Map<String, Expression> derived = draft.columns();
    features.forEach(
        (name, feature) -> {
          String column = column(name, features);
          if (feature.serveAs().isPresent() || !derived.containsKey(column)) {
            return;
          }
          derived.get(column).columns().stream()
              .filter(served::containsKey)
              .findFirst()
              .ifPresent(
                  source ->
                      problems.add(
                          new Problem(
                              ErrorCode.CONFIG_VALUE,
                              draft.where("features." + name),
                              "Expected serve_as, as its column \"%s\" is computed from \"%s\", for which features.%s has it; found none."
                                  .formatted(column, source, served.get(source)),
                              "Say what this one is served with, too.")));
        });
  }

  private static String column(String name, Map<String, FeatureConfig> features) {
    return features.get(name).toSpec(name, features).columns().get(0);
  }
}
