package org.mtl4j.server.config;

import java.util.List;
import java.util.Optional;

/** Where the parts of a configuration stand, for messages. */
interface ConfigPlaces {
  /** All of it. */
  String all();

  /** A model, by its place in the list. */
  String model(int index);

  /** Of each label of a model whether a version stands beside it; empty if nobody can tell. */
  default Optional<List<Boolean>> labelsWithVersions(int index) {
    return Optional.empty();
  }
}
