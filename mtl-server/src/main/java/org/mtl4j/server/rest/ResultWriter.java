package org.mtl4j.server.rest;

import java.util.List;
import org.mtl4j.server.example.Classifications;
import org.mtl4j.server.example.Regressions;

/** Writes the replies of {@code :classify} and {@code :regress}. */
public final class ResultWriter {
  private static final String RESULTS = "results";

  private ResultWriter() {}

  /** A list a row, of {@code [label, score]} a class: {@code {"results": [[["a", 0.5]]]}}. */
  public static byte[] write(Classifications classifications) {
    return JsonBodies.write(
        json -> {
          json.writeArrayFieldStart(RESULTS);
          for (List<Classifications.ScoredClass> row : classifications.rows()) {
            json.writeStartArray();
            for (Classifications.ScoredClass scored : row) {
              json.writeStartArray();
              json.writeString(scored.label());
              json.writeNumber(scored.score());
              json.writeEndArray();
            }
            json.writeEndArray();
          }
          json.writeEndArray();
        });
  }

  /** A number a row: {@code {"results": [42.0]}}. */
  public static byte[] write(Regressions regressions) {
    return JsonBodies.write(
        json -> {
          json.writeArrayFieldStart(RESULTS);
          for (float value : regressions.values()) {
            json.writeNumber(value);
          }
          json.writeEndArray();
        });
  }
}
