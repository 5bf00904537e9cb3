package org.mtl4j.server.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.mtl4j.server.trace.RequestEnd;
import org.mtl4j.server.trace.RequestListener;

/**
 * Requests by model, version and signature. Names come from versions that answered; requests that
 * came to none have {@code (unknown)}. Safe for several threads.
 */
final class RequestMetrics implements RequestListener {
  /** The timer's name. */
  static final String DURATION = "mtl.server.request.duration";

  private static final Duration[] TIMES = {
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };
  private static final double[] ROWS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000};

  private final MeterRegistry registry;
  private final OldVersions versions;

  RequestMetrics(MeterRegistry registry, OldVersions versions) {
    this.registry = registry;
    this.versions = versions;
  }

  @Override
  public void ended(RequestEnd request) {
    Tags asked =
        Tags.of("api", request.api().label(), "entrypoint", request.origin().entry().name());
    RequestEnd.Target target = request.target().orElse(null);
    if (target == null) {
      count(request, asked, Tags.of("model", "", "version", "", "signature", ""));
      return;
    }
    versions.saw(target.model(), target.version());
    Tags served =
        Tags.of(
            "model", target.model(),
            "version", String.valueOf(target.version()),
            "signature", target.signature());
    count(request, asked, served);
    timer(asked.and(served)).record(request.outcome().nanos(), TimeUnit.NANOSECONDS);
    if (target.rows() > 0) {
      DistributionSummary.builder("mtl.server.request.rows")
          .description("Rows of a request")
          .serviceLevelObjectives(ROWS)
          .tags(served)
          .register(registry)
          .record(target.rows());
    }
    if (request.outcome().code().number() == 0) {
      target.outputs().forEach(task -> task(target, task));
    }
  }

  private void count(RequestEnd request, Tags asked, Tags served) {
    Tags known =
        request.target().isPresent() || !request.api().isInference()
            ? served
            : Tags.of("model", TensorFlowServingMetrics.UNKNOWN, "version", "", "signature", "");
    Counter.builder("mtl.server.requests")
        .description("Requests by how they ended")
        .tags(asked.and(known).and("code", request.outcome().code().name()))
        .register(registry)
        .increment();
  }

  private Timer timer(Tags tags) {
    return Timer.builder(DURATION)
        .description("From a request's first byte to its reply's last")
        .serviceLevelObjectives(TIMES)
        .tags(tags)
        .register(registry);
  }

  private void task(RequestEnd.Target target, String task) {
    Counter.builder("mtl.server.task.rows")
        .description("Rows that an output, which is a task in exports of MTL4J, was computed for")
        .tags(
            "model", target.model(),
            "version", String.valueOf(target.version()),
            "task", task)
        .register(registry)
        .increment(target.rows());
  }
}
