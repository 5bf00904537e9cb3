package org.mtl4j.server.model;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what happens to versions. */
public final class LoggedModelEvents implements ModelEvents {
  private static final Logger LOG = LoggerFactory.getLogger("org.mtl4j.server.models");
  private static final double NANOS = 1e9;

  @Override
  public void available(String model, long version, long nanos) {
    LOG.info("{} version {} is served, {} s after it was found", model, version, nanos / NANOS);
  }

  @Override
  public void failed(String model, long version, RuntimeException failure, boolean triedAgain) {
    LOG.error(
        "{} version {} cannot be loaded, and is {}: {}",
        model,
        version,
        triedAgain ? "tried again" : "given up until its files change",
        failure.getMessage());
    LOG.debug("how it failed", failure);
  }

  @Override
  public void unloaded(String model, long version) {
    LOG.info("{} version {} is no longer served", model, version);
  }

  @Override
  public void catalogue(String model, long version, CatalogueLook look) {
    if (look instanceof CatalogueLook.Refused refused) {
      LOG.error("{} version {}: {}", model, version, refused.problem());
    } else {
      LOG.info("{} version {} recommends from a new catalogue", model, version);
    }
  }

  @Override
  public void warned(String model, String warning) {
    LOG.warn("{}: {}", model, warning);
  }
}
