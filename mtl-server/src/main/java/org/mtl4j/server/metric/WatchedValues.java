package org.mtl4j.server.metric;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;
import java.util.OptionalDouble;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.version.VersionStatus;
import org.mtl4j.server.watch.Watched;

/** What the values of requests look like beside the rows of training, of versions that answer. */
final class WatchedValues implements MultiCollector {
  private final Models models;

  WatchedValues(Models models) {
    this.models = models;
  }

  @Override
  public MetricSnapshots collect() {
    Series series = new Series();
    for (String model : models.served().keySet()) {
      try {
        for (VersionStatus version : models.status(ModelAddress.latest(model))) {
          if (version.state() == VersionStatus.State.AVAILABLE) {
            add(ModelAddress.of(model, version.version()), series);
          }
        }
      } catch (RequestException e) {
        // It has no versions yet, or this one went while it was looked at: nothing to show.
      }
    }
    return new MetricSnapshots(
        series.values.build(), series.unknownShare.build(), series.stability.build());
  }

  private void add(ModelAddress version, Series series) {
    try (Lease lease = models.lease(version)) {
      lease
          .servable()
          .watch()
          .ifPresent(watch -> watch.watched().forEach(seen -> series.add(lease, seen)));
    }
  }

  /** The lines of a scrape. */
  private static final class Series {
    private final CounterSnapshot.Builder values =
        CounterSnapshot.builder()
            .name("mtl_watch_values")
            .help("Values of requests and answers, by what they were");

    private final GaugeSnapshot.Builder unknownShare =
        GaugeSnapshot.builder()
            .name("mtl_watch_unknown_share")
            .help("Of the values within the window those of no vocabulary");

    private final GaugeSnapshot.Builder stability =
        GaugeSnapshot.builder()
            .name("mtl_watch_stability_index")
            .help("Population stability index between training and the window");

    void add(Lease lease, Watched seen) {
      Labels labels =
          Labels.of(
              "model", lease.model(),
              "version", String.valueOf(lease.version()),
              "side", seen.side().name().toLowerCase(Locale.ROOT),
              "name", seen.name());
      Watched.Total total = seen.total();
      count(labels, "all", total.values());
      count(labels, "missing", total.missing());
      count(labels, "unknown", total.unknown());
      count(labels, "out_of_range", total.outOfRange());
      gauge(unknownShare, labels, seen.recent().unknownShare());
      gauge(stability, labels, seen.recent().stabilityIndex());
    }

    private void count(Labels labels, String kind, long number) {
      values.dataPoint(
          CounterSnapshot.CounterDataPointSnapshot.builder()
              .labels(labels.add("kind", kind))
              .value((double) number)
              .build());
    }

    private static void gauge(GaugeSnapshot.Builder gauge, Labels labels, OptionalDouble value) {
      if (value.isPresent()) {
        gauge.dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(value.getAsDouble())
                .build());
      }
    }
  }
}
