package org.mtl4j.server.model;

import org.mtl4j.server.version.VersionFolder;

/** Loads versions, so that the first request is as fast as the later ones. */
@FunctionalInterface
public interface ServableLoader {
  /**
   * Loads and warms a version.
   *
   * @param model the model's name
   * @param version where it is
   * @throws RuntimeException if it cannot; nothing of it is left then
   */
  Servable load(String model, VersionFolder version);
}
