package org.mtl4j.core.schema;

import java.util.List;
import java.util.Optional;

/**
 * An id whose vector a file has: an image's or a text's, as another model made it.
 *
 * @param name the feature's name, and its embedding table's
 * @param column the source's column, with the ids
 * @param group whose property it is
 * @param path the file with the vectors
 * @param trainable whether training changes the vectors; else they stay as the file has them
 */
public record PretrainedFeature(
    String name, String column, Optional<FeatureGroup> group, String path, boolean trainable)
    implements FeatureSpec {
  @Override
  public List<String> columns() {
    return List.of(column);
  }
}
