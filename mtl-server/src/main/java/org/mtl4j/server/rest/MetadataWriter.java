package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;

/**
 * Writes the reply to a request for a model's signatures: the messages of gRPC in JSON, with the
 * names of their fields and fields that have their default, as TensorFlow Serving writes them.
 */
public final class MetadataWriter {
  private MetadataWriter() {}

  /**
   * Writes signatures.
   *
   * @param model the model's name
   * @param version the one that has these signatures
   * @param signatures by name
   */
  public static byte[] write(String model, long version, Map<String, Signature> signatures) {
    return JsonBodies.write(
        json -> {
          json.writeObjectFieldStart("model_spec");
          json.writeStringField("name", model);
          json.writeStringField("version", Long.toString(version));
          json.writeStringField("signature_name", "");
          json.writeEndObject();
          json.writeObjectFieldStart("metadata");
          json.writeObjectFieldStart("signature_def");
          json.writeObjectFieldStart("signature_def");
          for (Map.Entry<String, Signature> signature : new TreeMap<>(signatures).entrySet()) {
            json.writeFieldName(signature.getKey());
            write(json, signature.getValue());
          }
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, Signature signature) throws IOException {
    json.writeStartObject();
    json.writeFieldName("inputs");
    write(json, signature.inputs());
    json.writeFieldName("outputs");
    write(json, signature.outputs());
    json.writeStringField("method_name", signature.method());
    json.writeObjectFieldStart("defaults");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, SortedMap<String, TensorSpec> tensors)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, TensorSpec> tensor : tensors.entrySet()) {
      json.writeObjectFieldStart(tensor.getKey());
      json.writeStringField("name", tensor.getValue().tensor());
      json.writeStringField("dtype", "DT_" + tensor.getValue().type().name());
      writeShape(json, tensor.getValue().sizes());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeShape(JsonGenerator json, Optional<List<Long>> sizes)
      throws IOException {
    json.writeObjectFieldStart("tensor_shape");
    json.writeArrayFieldStart("dim");
    for (long size : sizes.orElse(List.of())) {
      json.writeStartObject();
      json.writeStringField("size", Long.toString(size));
      json.writeStringField("name", "");
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("unknown_rank", sizes.isEmpty());
    json.writeEndObject();
  }
}
