package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** Writes the reply of {@code :predict}, laid out as the request was. */
public final class ReplyWriter {
  /** Outputs of strings that are no text have names that end so. */
  private static final String BYTES = "_bytes";

  private ReplyWriter() {}

  /**
   * Writes outputs.
   *
   * @throws RequestException INVALID_ARGUMENT if rows are asked for and an output has none, or not
   *     as many as another, or one is of a type that JSON has no numbers for
   */
  public static byte[] write(Map<String, TensorValue> outputs, PredictRequest.Layout layout) {
    SortedMap<String, Elements> elements = new TreeMap<>();
    outputs.forEach((name, tensor) -> elements.put(name, new Elements(name, tensor)));
    return JsonBodies.write(
        json -> {
          if (layout == PredictRequest.Layout.ROWS) {
            writeRows(json, elements);
          } else {
            writeColumns(json, elements);
          }
        });
  }

  private static void writeRows(JsonGenerator json, SortedMap<String, Elements> outputs)
      throws IOException {
    long rows = rows(outputs);
    json.writeArrayFieldStart("predictions");
    for (long row = 0; row < rows; row++) {
      if (outputs.size() == 1) {
        outputs.get(outputs.firstKey()).write(json, 1);
      } else {
        json.writeStartObject();
        for (Map.Entry<String, Elements> output : outputs.entrySet()) {
          json.writeFieldName(output.getKey());
          output.getValue().write(json, 1);
        }
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static long rows(SortedMap<String, Elements> outputs) {
    long rows = -1;
    for (Map.Entry<String, Elements> output : outputs.entrySet()) {
      TensorValue tensor = output.getValue().tensor;
      if (tensor.shape().rank() == 0) {
        throw RequestException.invalid(
            "Tensor name: %s has no shape information".formatted(output.getKey())
                + " to lay out by rows; ask with 'inputs' in place of 'instances'");
      }
      long own = tensor.shape().sizes().get(0);
      if (rows >= 0 && own != rows) {
        throw RequestException.invalid(
            "Tensor name: %s has inconsistent batch size: %d expecting: %d"
                .formatted(output.getKey(), own, rows));
      }
      rows = own;
    }
    return rows;
  }

  private static void writeColumns(JsonGenerator json, SortedMap<String, Elements> outputs)
      throws IOException {
    json.writeFieldName("outputs");
    if (outputs.size() == 1) {
      outputs.get(outputs.firstKey()).write(json, 0);
      return;
    }
    json.writeStartObject();
    for (Map.Entry<String, Elements> output : outputs.entrySet()) {
      json.writeFieldName(output.getKey());
      output.getValue().write(json, 0);
    }
    json.writeEndObject();
  }

  /** A tensor's elements, written one after the other. */
  private static final class Elements {
    private final String name;
    private final TensorValue tensor;
    private final ByteBuffer numbers;
    private final boolean bytes;
    private int string;

    Elements(String name, TensorValue tensor) {
      this.name = name;
      this.tensor = tensor;
      this.numbers = tensor.numbers();
      this.bytes = name.endsWith(BYTES);
    }

    /** The next ones as lists of the dimensions from that one on. */
    void write(JsonGenerator json, int dimension) throws IOException {
      if (dimension == tensor.shape().rank()) {
        writeNext(json);
        return;
      }
      json.writeStartArray();
      for (long i = 0; i < tensor.shape().sizes().get(dimension); i++) {
        write(json, dimension + 1);
      }
      json.writeEndArray();
    }

    private void writeNext(JsonGenerator json) throws IOException {
      switch (tensor.type()) {
        case FLOAT -> json.writeNumber(numbers.getFloat());
        case DOUBLE -> json.writeNumber(numbers.getDouble());
        case INT8 -> json.writeNumber(numbers.get());
        case UINT8 -> json.writeNumber(Byte.toUnsignedInt(numbers.get()));
        case INT16 -> json.writeNumber(numbers.getShort());
        case UINT16 -> json.writeNumber(Short.toUnsignedInt(numbers.getShort()));
        case INT32 -> json.writeNumber(numbers.getInt());
        case UINT32 -> json.writeNumber(Integer.toUnsignedLong(numbers.getInt()));
        case INT64 -> json.writeNumber(numbers.getLong());
        case UINT64 -> json.writeNumber(Long.toUnsignedString(numbers.getLong()));
        case BOOL -> json.writeBoolean(numbers.get() != 0);
        case STRING -> writeString(json, tensor.strings().get(string++));
        case HALF, BFLOAT16 -> throw unsupported();
      }
    }

    private RequestException unsupported() {
      TensorType type = tensor.type();
      return RequestException.invalid(
          "Tensor name: %s: JSON has no numbers of tensor type: %s".formatted(name, type.label()));
    }

    private void writeString(JsonGenerator json, byte[] value) throws IOException {
      if (!bytes) {
        json.writeString(new String(value, StandardCharsets.UTF_8));
        return;
      }
      json.writeStartObject();
      json.writeFieldName(Base64Strings.KEY);
      json.writeBinary(value);
      json.writeEndObject();
    }
  }
}
