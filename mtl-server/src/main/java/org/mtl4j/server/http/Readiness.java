package org.mtl4j.server.http;

import org.mtl4j.server.model.Models;

/** Whether requests should come here: all models answer, and the server is not being stopped. */
final class Readiness {
  private final Models models;
  private volatile boolean stopping;

  Readiness(Models models) {
    this.models = models;
  }

  boolean isReady() {
    return !stopping && models.isReady();
  }

  boolean isReady(String model) {
    return !stopping && models.isReady(model);
  }

  /** Sends load balancers elsewhere, while requests that still come are answered. */
  void stop() {
    stopping = true;
  }
}
