package org.mtl4j.server.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.mtl4j.server.execution.ExecutionListener;

/** What the computing threads do: batches, waiting, what they refuse. Safe for several threads. */
final class ExecutionMetrics implements ExecutionListener {
  private final DistributionSummary jobs;
  private final DistributionSummary rows;
  private final Counter padding;
  private final Timer computing;
  private final Timer waiting;
  private final Counter refused;
  private final Counter expired;

  ExecutionMetrics(MeterRegistry registry) {
    this.jobs =
        sizes(
            registry, "mtl.server.batch.requests", "Requests, or parts of large ones, in a batch");
    this.rows =
        sizes(registry, "mtl.server.batch.rows", "Rows of a batch, without those that fill it up");
    this.padding =
        Counter.builder("mtl.server.batch.padding.rows")
            .description("Rows that filled batches up")
            .register(registry);
    this.computing =
        timer(registry, "mtl.server.batch.duration", "How long a batch took to compute");
    this.waiting =
        timer(registry, "mtl.server.queue.wait", "How long a request waited for a thread");
    this.refused =
        Counter.builder("mtl.server.queue.refused")
            .description("Requests refused, since as many waited as may")
            .register(registry);
    this.expired =
        Counter.builder("mtl.server.queue.expired")
            .description("Requests not computed, since their time was over or their client gone")
            .register(registry);
  }

  private static DistributionSummary sizes(MeterRegistry registry, String name, String what) {
    return DistributionSummary.builder(name)
        .description(what)
        .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024)
        .register(registry);
  }

  private static Timer timer(MeterRegistry registry, String name, String what) {
    return Timer.builder(name)
        .description(what)
        .serviceLevelObjectives(
            Duration.ofNanos(100_000),
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10))
        .register(registry);
  }

  @Override
  public void computed(int requests, int wanted, int computed, long nanos) {
    jobs.record(requests);
    rows.record(wanted);
    padding.increment((double) computed - wanted);
    computing.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void waited(long nanos) {
    waiting.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void refused() {
    refused.increment();
  }

  @Override
  public void expired() {
    expired.increment();
  }
}
