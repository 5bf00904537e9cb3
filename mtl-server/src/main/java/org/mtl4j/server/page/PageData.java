package org.mtl4j.server.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.metric.ServerMetrics;
import org.mtl4j.server.metric.VersionLatency;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.rest.JsonBodies;
import org.mtl4j.server.version.VersionStatus;

/**
 * What the page shows of the server: all models, and of each what else is asked for one by one.
 * Safe for several threads.
 */
public final class PageData {
  private final Models models;
  private final Optional<ServerMetrics> metrics;

  /**
   * What there is to show.
   *
   * @param models those that are served
   * @param metrics what counts requests; empty: nothing does
   */
  public PageData(Models models, Optional<ServerMetrics> metrics) {
    this.models = models;
    this.metrics = metrics;
  }

  /** How it is now, in JSON. Whole numbers of 64 bits are strings. */
  public byte[] json() {
    return JsonBodies.write(
        json -> {
          json.writeBooleanField("ready", models.isReady());
          json.writeArrayFieldStart("models");
          for (Map.Entry<String, ServedModel> model : models.served().entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", model.getKey());
            write(json, model.getValue());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private void write(JsonGenerator json, ServedModel model) throws IOException {
    json.writeObjectFieldStart("labels");
    for (Map.Entry<String, Long> label : model.labels().entrySet()) {
      json.writeStringField(label.getKey(), Long.toString(label.getValue()));
    }
    json.writeEndObject();
    json.writeArrayFieldStart("versions");
    for (VersionStatus version : versions(model.name())) {
      json.writeStartObject();
      json.writeStringField("version", Long.toString(version.version()));
      json.writeStringField("state", version.state().name());
      json.writeStringField("message", version.message());
      if (metrics.isPresent()) {
        write(json, metrics.get().latency(model.name(), version.version()));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    Optional<ModelManifest> manifest = manifest(model.name());
    if (manifest.isPresent()) {
      write(json, manifest.get());
    }
  }

  private List<VersionStatus> versions(String model) {
    try {
      return VersionStatus.ordered(models.status(ModelAddress.latest(model)));
    } catch (RequestException e) {
      return List.of(); // None yet, or none any more.
    }
  }

  private static void write(JsonGenerator json, VersionLatency latency) throws IOException {
    json.writeNumberField("requests", latency.requests());
    json.writeArrayFieldStart("buckets");
    for (Map.Entry<Double, Long> bucket : latency.buckets().entrySet()) {
      json.writeStartArray();
      json.writeNumber(bucket.getKey());
      json.writeNumber(bucket.getValue());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** That of the version that answers where none is named. */
  private Optional<ModelManifest> manifest(String model) {
    try (Lease lease = models.lease(ModelAddress.latest(model))) {
      return lease.servable().manifest();
    } catch (RequestException e) {
      return Optional.empty(); // None answers.
    }
  }

  private static void write(JsonGenerator json, ModelManifest manifest) throws IOException {
    Set<String> lookedUp = new HashSet<>();
    json.writeArrayFieldStart("lookups");
    for (LookupSpec lookup : manifest.lookups()) {
      lookup.columns().forEach(column -> lookedUp.add(column.name()));
      input(json, "", lookup.column(), "id", "");
      json.writeBooleanField("optional", true);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("inputs");
    for (ModelManifest.Input input : manifest.inputs()) {
      String kind = input.kind().name().toLowerCase(Locale.ROOT);
      input(json, input.name(), input.column(), kind, input.group().orElse(""));
      json.writeBooleanField("optional", lookedUp.contains(input.column()));
      Optional<Double> middle = middle(manifest, input);
      if (middle.isPresent()) {
        json.writeNumberField("example", middle.get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("outputs");
    for (ModelManifest.Output output : manifest.outputs()) {
      json.writeStartObject();
      json.writeStringField("name", output.name());
      json.writeStringField("type", output.type());
      json.writeArrayFieldStart("classes");
      for (String name : output.classes()) {
        json.writeString(name);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Begins an input, and does not end it. */
  private static void input(
      JsonGenerator json, String name, String column, String kind, String group)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("column", column);
    json.writeStringField("kind", kind);
    json.writeStringField("group", group);
  }

  /** A number that half of the training rows are below: one that the model can be tried with. */
  private static Optional<Double> middle(ModelManifest manifest, ModelManifest.Input input) {
    return manifest
        .training()
        .map(training -> training.inputs().get(input.name()))
        .map(seen -> seen.bins().edges())
        .filter(edges -> input.kind() == ModelManifest.Kind.NUMERIC && !edges.isEmpty())
        .map(edges -> edges.get(edges.size() / 2));
  }
}
