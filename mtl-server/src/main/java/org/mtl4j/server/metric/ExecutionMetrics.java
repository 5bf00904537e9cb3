package org.mtl4j.server.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.mtl4j.server.execution.ExecutionListener;
import org.mtl4j.server.execution.Origin;

/**
 * What the computing threads do by model, version and signature: batches, waiting, what they
 * refuse. Safe for several threads.
 */
final class ExecutionMetrics implements ExecutionListener {
  private final MeterRegistry registry;

  /** To find them in the registry takes longer than to count. */
  private final Map<Origin, Meters> known = new ConcurrentHashMap<>();

  ExecutionMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  private Meters meters(Origin origin) {
    return known.computeIfAbsent(origin, whose -> new Meters(registry, whose));
  }

  /** Forgets a version, whose meters are no longer the registry's. */
  void forget(String model, long version) {
    known.keySet().removeIf(origin -> origin.model().equals(model) && origin.version() == version);
  }

  @Override
  public void computed(Origin origin, int requests, int wanted, int computed, long nanos) {
    Meters meters = meters(origin);
    meters.jobs.record(requests);
    meters.rows.record(wanted);
    meters.padding.increment((double) computed - wanted);
    meters.computing.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void waited(Origin origin, long nanos) {
    meters(origin).waiting.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void refused(Origin origin) {
    meters(origin).refused.increment();
  }

  @Override
  public void expired(Origin origin) {
    meters(origin).expired.increment();
  }

  /** Those of one signature. */
  private static final class Meters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final DistributionSummary jobs;
    private final DistributionSummary rows;
    private final Counter padding;
    private final Timer computing;
    private final Timer waiting;
    private final Counter refused;
    private final Counter expired;

    Meters(MeterRegistry registry, Origin origin) {
      this.registry = registry;
      this.tags =
          Tags.of(
              "model", origin.model(),
              "version", String.valueOf(origin.version()),
              "signature", origin.signature());
      this.jobs =
          sizes("mtl.server.batch.requests", "Requests, or parts of large ones, in a batch");
      this.rows = sizes("mtl.server.batch.rows", "Rows of a batch, without those that fill it up");
      this.padding = counter("mtl.server.batch.padding.rows", "Rows that filled batches up");
      this.computing = timer("mtl.server.batch.duration", "How long a batch took to compute");
      this.waiting = timer("mtl.server.queue.wait", "How long a request waited for a thread");
      this.refused =
          counter("mtl.server.queue.refused", "Requests refused, since as many waited as may");
      this.expired =
          counter(
              "mtl.server.queue.expired",
              "Requests not computed, since their time was over or their client gone");
    }

    private DistributionSummary sizes(String name, String what) {
      return DistributionSummary.builder(name)
          .description(what)
          .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024)
          .tags(tags)
          .register(registry);
    }

    private Counter counter(String name, String what) {
      return Counter.builder(name).description(what).tags(tags).register(registry);
    }

    private Timer timer(String name, String what) {
      return Timer.builder(name)
          .description(what)
          .serviceLevelObjectives(
              Duration.ofNanos(100_000),
              Duration.ofMillis(1),
              Duration.ofMillis(10),
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofSeconds(10))
          .tags(tags)
          .register(registry);
    }
  }
}
