package org.mtl4j.server.metric;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.mtl4j.server.trace.RequestEnd;
import org.mtl4j.server.trace.RequestListener;

/**
 * TensorFlow Serving's metrics, by its names, labels, units (microseconds) and buckets, so that
 * dashboards made for it go on. They stand in Prometheus' registry itself: Micrometer has no names
 * that begin with a colon, and writes the unit behind a timer's name. {@code request_count} has no
 * type, since Prometheus' library writes {@code _total} behind the name of each counter. Safe for
 * several threads.
 */
public final class TensorFlowServingMetrics implements RequestListener {
  /** The model of requests for one that there is not: their names are any number. */
  static final String UNKNOWN = "(unknown)";

  private static final String PREFIX = ":tensorflow:serving:";

  private final Map<Labels, LongAdder> requests = new ConcurrentHashMap<>();
  private final Histogram requestLatency;
  private final Histogram runtimeLatency;
  private final Histogram warmUpLatency;

  /** Metrics of that registry. */
  TensorFlowServingMetrics(PrometheusRegistry registry) {
    registry.register(
        new Collector() {
          @Override
          public MetricSnapshot collect() {
            return requestCount();
          }
        });
    this.requestLatency =
        latency("request_latency", "request", "model_name", "API", "entrypoint").register(registry);
    this.runtimeLatency =
        latency("runtime_latency", "Tensorflow runtime", "model_name", "API", "runtime")
            .register(registry);
    this.warmUpLatency =
        latency("model_warmup_latency", "warming up the model", "model_path", "status")
            .register(registry);
  }

  /** 33 buckets from 10 microseconds to 24 minutes. */
  private static Histogram.Builder latency(String name, String what, String... labels) {
    return Histogram.builder()
        .name(PREFIX + name)
        .help("Distribution of wall time in microseconds: " + what + ".")
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(bounds());
  }

  /** In six digits, as TensorFlow Serving writes them. */
  private static double[] bounds() {
    double[] bounds = new double[33];
    double bound = 10;
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = new BigDecimal(bound).round(new MathContext(6)).doubleValue();
      bound *= 1.8;
    }
    return bounds;
  }

  private MetricSnapshot requestCount() {
    UnknownSnapshot.Builder snapshot =
        UnknownSnapshot.builder()
            .name(PREFIX + "request_count")
            .help("The total number of requests.");
    requests.forEach(
        (labels, count) ->
            snapshot.dataPoint(
                UnknownSnapshot.UnknownDataPointSnapshot.builder()
                    .labels(labels)
                    .value((double) count.sum())
                    .build()));
    return snapshot.build();
  }

  @Override
  public void ended(RequestEnd request) {
    if (!request.api().isInference()) {
      return;
    }
    String model = request.target().map(RequestEnd.Target::model).orElse(UNKNOWN);
    RequestEnd.Outcome outcome = request.outcome();
    requests
        .computeIfAbsent(
            Labels.of("model_name", model, "status", outcome.code().name()),
            labels -> new LongAdder())
        .increment();
    String api = request.api().label();
    if (outcome.code().number() == 0) {
      requestLatency
          .labelValues(model, api, request.origin().entry().name())
          .observe(outcome.nanos() / 1e3);
    }
    outcome
        .computeNanos()
        .ifPresent(nanos -> runtimeLatency.labelValues(model, api, "TF1").observe(nanos / 1e3));
  }

  /**
   * A version was warmed up.
   *
   * @param folder the model's, without the version: paths of versions are any number
   * @param nanos how long it took
   * @param succeeded whether its requests were answered
   */
  public void warmedUp(String folder, long nanos, boolean succeeded) {
    warmUpLatency.labelValues(folder, succeeded ? "success" : "fail").observe(nanos / 1e3);
  }
}
