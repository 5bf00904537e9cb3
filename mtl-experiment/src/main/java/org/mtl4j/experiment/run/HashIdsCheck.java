package org.mtl4j.experiment.run;

import java.util.Map;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListFeature;
import org.mtl4j.core.schema.NumberFeature;
import org.mtl4j.experiment.config.CrossConfig;
import org.mtl4j.experiment.config.FeatureConfig;
import org.mtl4j.experiment.config.HashIds;

/** Whether {@code data.hash_ids} fits the rest of an experiment. */
final class HashIdsCheck {
  private static final String SALT = "data.hash_ids.salt";

  private HashIdsCheck() {}

  /** Adds what does not fit. */
  static void check(
      HashIds ids,
      ConfigNode.Mapping root,
      Map<String, FeatureConfig> features,
      Problems problems) {
    boolean reference =
        root.find(SALT)
            .filter(node -> node instanceof ConfigNode.Scalar salt && salt.isReference())
            .isPresent();
    if (!reference) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              root.whereIs(SALT),
              "Expected a variable of the environment, found the salt itself: it would stand in the"
                  + " run's folder.",
              "Write salt: ${env:SALT}, and set SALT."));
    }
    features.forEach(
        (name, feature) -> {
          if (feature instanceof CrossConfig) {
            return; // Of features that are looked at themselves, if they are there at all.
          }
          FeatureSpec spec = feature.toSpec(name, features);
          boolean value = spec instanceof NumberFeature || spec instanceof ListFeature;
          if (value && spec.columns().stream().anyMatch(ids.columns()::contains)) {
            problems.add(
                new Problem(
                    ErrorCode.CONFIG_VALUE,
                    root.whereIs("features." + name),
                    "Expected a column of numbers or lists, found one of data.hash_ids, whose"
                        + " values become pseudonyms.",
                    "Make the feature categorical, or take the column out of data.hash_ids."));
          }
        });
  }
}
