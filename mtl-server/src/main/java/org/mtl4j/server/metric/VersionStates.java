package org.mtl4j.server.metric;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.version.VersionStatus;

/** Per version a 1 beside its state, read whenever it is asked for: what goes leaves no trace. */
final class VersionStates implements Collector {
  private final Models models;

  VersionStates(Models models) {
    this.models = models;
  }

  @Override
  public MetricSnapshot collect() {
    GaugeSnapshot.Builder states =
        GaugeSnapshot.builder()
            .name("mtl_server_model_version")
            .help("Versions and their states; the value is always 1");
    for (String model : models.served().keySet()) {
      for (VersionStatus version : versions(model)) {
        states.dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(
                    Labels.of(
                        "model", model,
                        "version", String.valueOf(version.version()),
                        "state", version.state().name()))
                .value(1)
                .build());
      }
    }
    return states.build();
  }

  private List<VersionStatus> versions(String model) {
    try {
      return models.status(ModelAddress.latest(model));
    } catch (RequestException e) {
      return List.of(); // None yet, or none any more.
    }
  }
}
