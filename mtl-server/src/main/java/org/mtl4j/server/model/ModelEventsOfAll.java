package org.mtl4j.server.model;

import java.util.List;

/** Tells several. */
record ModelEventsOfAll(List<ModelEvents> listeners) implements ModelEvents {
  @Override
  public void available(String model, long version, long nanos) {
    listeners.forEach(listener -> listener.available(model, version, nanos));
  }

  @Override
  public void failed(String model, long version, RuntimeException failure, boolean triedAgain) {
    listeners.forEach(listener -> listener.failed(model, version, failure, triedAgain));
  }

  @Override
  public void unloaded(String model, long version) {
    listeners.forEach(listener -> listener.unloaded(model, version));
  }

  @Override
  public void catalogue(String model, long version, CatalogueLook look) {
    listeners.forEach(listener -> listener.catalogue(model, version, look));
  }

  @Override
  public void warned(String model, String warning) {
    listeners.forEach(listener -> listener.warned(model, warning));
  }
}
