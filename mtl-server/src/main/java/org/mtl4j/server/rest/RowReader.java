package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Reads {@code instances}: a list whose elements are rows, objects with a value an input or, where
 * there is one input, that value itself.
 */
final class RowReader {
  /** A row's values lie in one list, that of the rows. */
  private static final int LEVEL = 1;

  private final SortedMap<String, TensorSpec> inputs;
  private final SortedMap<String, TensorBuilder> tensors = new TreeMap<>();
  private final RequestLimits limits;
  private int rows;

  RowReader(SortedMap<String, TensorSpec> inputs, RequestLimits limits) {
    this.inputs = inputs;
    this.limits = limits;
    inputs.forEach((name, spec) -> tensors.put(name, new TensorBuilder(name, spec.type(), limits)));
  }

  /** Reads the list that the parser stands at the first token of: by input [rows, ...]. */
  SortedMap<String, TensorValue> read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw RequestException.invalid("JSON Value: Expecting 'instances' to be an list/array");
    }
    if (parser.nextToken() == JsonToken.END_ARRAY) {
      throw RequestException.invalid("JSON Value: No values in 'instances' array");
    }
    boolean named = isNamed(parser);
    if (!named && inputs.size() > 1) {
      throw RequestException.invalid(
          "instances is a plain list, but expecting list of objects as multiple input tensors"
              + " required: "
              + names());
    }
    readRow(parser, named);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (isNamed(parser) != named) {
        throw RequestException.invalid(
            (named ? "Expecting object but got list" : "Expecting value/list but got object")
                + (" at item " + rows + " of input list"));
      }
      readRow(parser, named);
    }
    tensors.values().forEach(tensor -> tensor.close(0, rows));
    return TensorBuilder.build(tensors, limits);
  }

  private String names() {
    return String.join(",", inputs.keySet());
  }

  /** Whether a row is an object by input; of an object the parser goes on to the first key. */
  private boolean isNamed(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    parser.nextToken();
    return !isEncoded(parser, inputs);
  }

  /**
   * Whether an object is a string and no object by input: where strings are the one input, {@code
   * {"b64": "..."}} is such a string, whatever the input's name.
   *
   * @param parser behind the object's first token
   */
  static boolean isEncoded(JsonParser parser, SortedMap<String, TensorSpec> inputs)
      throws IOException {
    return inputs.size() == 1
        && inputs.get(inputs.firstKey()).type() == TensorType.STRING
        && parser.currentToken() == JsonToken.FIELD_NAME
        && parser.currentName().equals(Base64Strings.KEY);
  }

  private void readRow(JsonParser parser, boolean named) throws IOException {
    TensorBuilder first = tensors.get(inputs.firstKey());
    if (named) {
      readNamed(parser);
    } else if (parser.currentToken() == JsonToken.FIELD_NAME) {
      first.addEncoded(parser, LEVEL);
    } else {
      first.add(parser, LEVEL);
    }
    rows++;
    limits.checkRows("instances", rows);
  }

  private void readNamed(JsonParser parser) throws IOException {
    Set<String> seen = new HashSet<>();
    for (; parser.currentToken() != JsonToken.END_OBJECT; parser.nextToken()) {
      String name = parser.currentName();
      TensorBuilder tensor = tensors.get(name);
      if (tensor == null || !seen.add(name)) {
        throw keys();
      }
      parser.nextToken();
      tensor.add(parser, LEVEL);
    }
    if (seen.size() < inputs.size()) {
      throw keys();
    }
  }

  private RequestException keys() {
    return RequestException.invalid(
        "Failed to process element: %d of 'instances' list. JSON object: must only have keys: %s,"
                .formatted(rows, names())
            + " each once");
  }
}
