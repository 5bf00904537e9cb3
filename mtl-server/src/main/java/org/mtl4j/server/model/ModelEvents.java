package org.mtl4j.server.model;

import java.util.List;

/** What happens to versions, for logs and metrics. Called by the threads that keep models. */
public interface ModelEvents {
  /** Nobody is told. */
  ModelEvents NONE = new ModelEvents() {};

  /** All of them are told, in their order. */
  static ModelEvents all(List<ModelEvents> listeners) {
    return new ModelEventsOfAll(List.copyOf(listeners));
  }

  /** A version is served from now on; how long loading and warming it took. */
  default void available(String model, long version, long nanos) {}

  /** A version could not be loaded. */
  default void failed(String model, long version, RuntimeException failure, boolean triedAgain) {}

  /** A version is not served any more. */
  default void unloaded(String model, long version) {}

  /** Files of items had changed. */
  default void catalogue(String model, long version, CatalogueLook look) {}

  /** Something about a model's folder that somebody should look at. */
  default void warned(String model, String warning) {}
}
