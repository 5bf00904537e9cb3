package org.mtl4j.server.rest;

import java.util.List;
import org.mtl4j.server.version.VersionStatus;

/** Writes the reply to a request for the states of a model's versions. */
public final class StatusWriter {
  private StatusWriter() {}

  /** The versions, the highest first; their numbers are strings, as JSON's are no 64-bit ones. */
  public static byte[] write(List<VersionStatus> versions) {
    return JsonBodies.write(
        json -> {
          json.writeArrayFieldStart("model_version_status");
          for (VersionStatus version : VersionStatus.ordered(versions)) {
            json.writeStartObject();
            json.writeStringField("version", Long.toString(version.version()));
            json.writeStringField("state", version.state().name());
            json.writeObjectFieldStart("status");
            json.writeStringField("error_code", version.code().name());
            json.writeStringField("error_message", version.message());
            json.writeEndObject();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
