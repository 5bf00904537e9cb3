package org.mtl4j.server.metric;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.mtl4j.server.execution.ComputeExecutor;
import org.mtl4j.server.execution.ExecutionListener;
import org.mtl4j.server.model.ModelEvents;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.trace.RequestListener;

/**
 * All that the server counts: give its listeners to what is listened to, and ask it for the text
 * that Prometheus reads. Safe for several threads.
 */
public final class ServerMetrics implements AutoCloseable {
  private final PrometheusRegistry prometheus = new PrometheusRegistry();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus, Clock.SYSTEM);
  private final JvmGcMetrics pauses = new JvmGcMetrics();
  private final TensorFlowServingMetrics standard;
  private final RequestMetrics requests;
  private final ExecutionListener execution;
  private final ModelEvents models;

  /** Metrics of nothing but this process yet. */
  public ServerMetrics() {
    this.standard = new TensorFlowServingMetrics(prometheus);
    ExecutionMetrics computations = new ExecutionMetrics(registry);
    OldVersions versions = new OldVersions(registry, computations::forget);
    this.requests = new RequestMetrics(registry, versions);
    this.execution = computations;
    this.models = ModelEvents.all(List.of(new ModelMetrics(registry), versions));
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    pauses.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** To be told of requests. */
  public RequestListener requests() {
    return request -> {
      standard.ended(request);
      requests.ended(request);
    };
  }

  /** How long the requests took that a version computed the answer of. */
  public VersionLatency latency(String model, long version) {
    return new RequestTimers(registry).of(model, version);
  }

  /** To be told of computations. */
  public ExecutionListener execution() {
    return execution;
  }

  /** To be told of versions. */
  public ModelEvents models() {
    return models;
  }

  /** TensorFlow Serving's metrics, for who warms versions up. */
  public TensorFlowServingMetrics standard() {
    return standard;
  }

  /** For what else is to be measured. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Shows the states of these models' versions, and what their requests look like. Once. */
  public void watch(Models watched) {
    prometheus.register(new VersionStates(watched));
    prometheus.register(new WatchedValues(watched));
  }

  /** Shows how many requests wait for these threads. Once. */
  public void watch(ComputeExecutor executor) {
    Gauge.builder("mtl.server.queue.length", executor, ComputeExecutor::waiting)
        .description("Requests, or parts of large ones, that wait")
        .register(registry);
  }

  /** Everything, in Prometheus' text format, version 0.0.4. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    pauses.close();
    registry.close();
  }
}
