package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Map;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.config.CrossConfig;
import org.mtl4j.experiment.config.FeatureConfig;

/** The features that a cross names: they are there, and categorical. */
final class CrossNames {
  private CrossNames() {}

  /** Adds a problem for each that is not. */
  static void check(ExperimentDraft draft, Problems problems) {
    Map<String, FeatureConfig> features = draft.features().orElse(Map.of());
    List<String> categorical =
        features.keySet().stream()
            .filter(name -> features.get(name) instanceof FeatureConfig.Categorical)
            .toList();
    features.forEach(
        (name, feature) -> {
          if (feature instanceof CrossConfig cross) {
            cross.features().stream()
                .filter(of -> !categorical.contains(of))
                .forEach(
                    of ->
                        problems.add(
                            new Problem(
                                ErrorCode.CONFIG_VALUE,
                                draft.where("features." + name + ".features"),
                                "Expected names of categorical features, found \"%s\", %s."
                                    .formatted(
                                        of,
                                        features.containsKey(of)
                                            ? "which is of another type"
                                            : "and there is no such feature"),
                                Nearest.hint(of, categorical))));
          }
        });
  }
}
