package org.mtl4j.server.request;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which model a request is for: one version of it, the version of a label, or else its latest.
 *
 * @param name the model's name
 * @param version the version, if it is asked for by number
 * @param label its label, if it is asked for by that
 */
public record ModelAddress(String name, OptionalLong version, Optional<String> label) {
  /**
   * Checks that at most one of version and label is there.
   *
   * @throws IllegalArgumentException if both are
   */
  public ModelAddress {
    if (version.isPresent() && label.isPresent()) {
      throw new IllegalArgumentException("expected a version or a label, found both");
    }
  }

  /** The latest version of a model. */
  public static ModelAddress latest(String name) {
    return new ModelAddress(name, OptionalLong.empty(), Optional.empty());
  }

  /** One version of a model. */
  public static ModelAddress of(String name, long version) {
    return new ModelAddress(name, OptionalLong.of(version), Optional.empty());
  }

  /** The version of a model that has the label. */
  public static ModelAddress labelled(String name, String label) {
    return new ModelAddress(name, OptionalLong.empty(), Optional.of(label));
  }

  /** As TensorFlow Serving prints it: {@code Latest(m)}, {@code Specific(m, 9)}. */
  @Override
  public String toString() {
    if (version.isPresent()) {
      return "Specific(%s, %d)".formatted(name, version.getAsLong());
    }
    return label
        .map(l -> "Labelled(%s, %s)".formatted(name, l))
        .orElseGet(() -> "Latest(%s)".formatted(name));
  }
}
