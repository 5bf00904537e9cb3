package org.mtl4j.server.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.mtl4j.server.model.CatalogueLook;
import org.mtl4j.server.model.ModelEvents;

/** Versions loaded, failed and given up, by model. Safe for several threads. */
final class ModelMetrics implements ModelEvents {
  private final MeterRegistry registry;

  ModelMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void available(String model, long version, long nanos) {
    Timer.builder("mtl.server.model.load")
        .description("How long versions took to load and to warm up")
        .tags("model", model)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void failed(String model, long version, RuntimeException failure, boolean triedAgain) {
    count("mtl.server.model.load.failures", "Versions that could not be loaded", model);
  }

  @Override
  public void unloaded(String model, long version) {
    count("mtl.server.model.unloads", "Versions given up", model);
  }

  @Override
  public void catalogue(String model, long version, CatalogueLook look) {
    if (look instanceof CatalogueLook.Refused) {
      count("mtl.server.catalogue.failures", "Changed catalogues that could not be used", model);
    } else {
      count("mtl.server.catalogue.swaps", "Changed catalogues that were taken", model);
    }
  }

  @Override
  public void warned(String model, String warning) {
    count("mtl.server.model.warnings", "What somebody should look at, by the log", model);
  }

  private void count(String name, String what, String model) {
    Counter.builder(name).description(what).tags("model", model).register(registry).increment();
  }
}
