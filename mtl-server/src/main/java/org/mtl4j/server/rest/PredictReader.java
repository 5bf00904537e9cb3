package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Reads the body of {@code :predict}. The document is gone through twice, for the signature's name,
 * which may stand last, says how the tensors before it are to be read.
 */
public final class PredictReader {
  private static final String SIGNATURE = "signature_name";
  private static final String ROWS = "instances";
  private static final String COLUMNS = "inputs";

  private PredictReader() {}

  /**
   * Reads a body.
   *
   * @param json the body
   * @param signatures a signature by its name; throws what a request for an unknown one gets
   * @throws RequestException INVALID_ARGUMENT if it is no JSON, does not fit the signature, or has
   *     more than the limits allow
   */
  public static PredictRequest read(
      byte[] json, Function<String, Signature> signatures, RequestLimits limits) {
    Outline outline = JsonBodies.read(json, PredictReader::outline);
    String name = outline.signature().orElse(Signature.DEFAULT);
    SortedMap<String, TensorSpec> inputs = signatures.apply(name).inputs();
    if (inputs.isEmpty()) {
      throw RequestException.invalid("The signature \"" + name + "\" has no inputs.");
    }
    SortedMap<String, TensorValue> tensors =
        JsonBodies.read(
            json,
            parser -> {
              forwardTo(parser, outline.layout() == PredictRequest.Layout.ROWS ? ROWS : COLUMNS);
              return outline.layout() == PredictRequest.Layout.ROWS
                  ? new RowReader(inputs, limits).read(parser)
                  : TensorBuilder.build(columns(parser, inputs, limits), limits);
            });
    return new PredictRequest(name, outline.layout(), tensors);
  }

  /** What a document is, apart from its tensors. */
  private record Outline(Optional<String> signature, PredictRequest.Layout layout) {}

  private static Outline outline(JsonParser parser) throws IOException {
    Optional<String> signature = Optional.empty();
    boolean rows = false;
    boolean columns = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case SIGNATURE -> signature = JsonBodies.signature(parser);
        case ROWS -> rows = true;
        case COLUMNS -> columns = true;
        default -> {
          // Other keys are nobody's business, here as in TensorFlow Serving.
        }
      }
      parser.skipChildren();
    }
    if (rows && columns) {
      throw RequestException.invalid(
          "JSON Value: Not formatted correctly expecting only one of 'inputs' or 'instances' keys"
              + " to exist");
    }
    if (!rows && !columns) {
      throw RequestException.invalid("Missing 'inputs' or 'instances' key");
    }
    return new Outline(
        signature, rows ? PredictRequest.Layout.ROWS : PredictRequest.Layout.COLUMNS);
  }

  private static void forwardTo(JsonParser parser, String wanted) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (key.equals(wanted)) {
        return;
      }
      parser.skipChildren();
    }
  }

  private static SortedMap<String, TensorBuilder> columns(
      JsonParser parser, SortedMap<String, TensorSpec> inputs, RequestLimits limits)
      throws IOException {
    SortedMap<String, TensorBuilder> tensors = new TreeMap<>();
    String only = inputs.firstKey();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      if (inputs.size() > 1) {
        throw RequestException.invalid(
            "inputs is a plain value/list, but expecting an object as multiple input tensors"
                + " required: "
                + String.join(", ", inputs.keySet()));
      }
      tensors.put(only, new TensorBuilder(only, inputs.get(only).type(), limits));
      tensors.get(only).add(parser, 0);
      return tensors;
    }
    parser.nextToken();
    if (RowReader.isEncoded(parser, inputs)) {
      tensors.put(only, new TensorBuilder(only, TensorType.STRING, limits));
      tensors.get(only).addEncoded(parser, 0);
      return tensors;
    }
    Set<String> seen = new HashSet<>();
    for (; parser.currentToken() != JsonToken.END_OBJECT; parser.nextToken()) {
      String name = parser.currentName();
      if (!seen.add(name)) {
        throw RequestException.invalid("The input \"" + name + "\" is there twice.");
      }
      parser.nextToken();
      if (inputs.containsKey(name)) {
        tensors.put(name, new TensorBuilder(name, inputs.get(name).type(), limits));
        tensors.get(name).add(parser, 0);
      } else {
        parser.skipChildren();
      }
    }
    for (String name : inputs.keySet()) {
      if (!tensors.containsKey(name)) {
        throw RequestException.invalid("Missing named input: " + name + " in 'inputs' object.");
      }
    }
    return tensors;
  }
}
