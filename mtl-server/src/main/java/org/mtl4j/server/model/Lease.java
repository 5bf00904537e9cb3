package org.mtl4j.server.model;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.Signature;

/**
 * A request's hold on a version, which stays in memory as long as somebody has one. Close it once
 * the request is answered, from any thread; closing twice is closing once.
 */
public final class Lease implements AutoCloseable {
  private final String model;
  private final HeldServable held;
  private final Optional<String> variant;
  private final AtomicBoolean open = new AtomicBoolean(true);

  Lease(String model, HeldServable held, Optional<String> variant) {
    this.variant = variant;
    this.model = model;
    this.held = held;
  }

  /** The model's name. */
  public String model() {
    return model;
  }

  /** The side of a split that the request belongs to; empty if its model's traffic is not split. */
  public Optional<String> variant() {
    return variant;
  }

  /** The version that answers. */
  public long version() {
    return held.version();
  }

  /** What is held. */
  public Servable servable() {
    return held.servable();
  }

  /**
   * A signature by its name.
   *
   * @throws RequestException with that code if there is none
   */
  public Signature signature(String name, StatusCode missing) {
    Signature signature = held.servable().signatures().get(name);
    if (signature == null) {
      throw new RequestException(
          missing, "Serving signature name: \"%s\" not found in signature def".formatted(name));
    }
    return signature;
  }

  @Override
  public void close() {
    if (open.getAndSet(false)) {
      held.release();
    }
  }
}
