package org.mtl4j.experiment.config;

import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.PretrainedFeature;

/**
 * An id whose vector a file has.
 *
 * @param column the source's column; by default the name
 * @param group user, item or context
 * @param path text, {@code id v1 v2 ... vn} a line
 * @param trainable whether training changes the vectors
 * @param serveAs what serving always gives, for a feature that is known in training only
 */
@ConfigName("pretrained")
public record PretrainedConfig(
    Optional<String> column,
    Optional<FeatureGroup> group,
    String path,
    @Default("false") boolean trainable,
    Optional<String> serveAs)
    implements FeatureConfig {
  /**
   * Checks that a file is named.
   *
   * @throws IllegalArgumentException if none is
   */
  public PretrainedConfig {
    if (path.isBlank()) {
      throw new IllegalArgumentException("path: expected a file, found none");
    }
  }

  @Override
  public FeatureSpec toSpec(String name, Map<String, FeatureConfig> all) {
    return new PretrainedFeature(name, column.orElse(name), group, path, trainable);
  }
}
