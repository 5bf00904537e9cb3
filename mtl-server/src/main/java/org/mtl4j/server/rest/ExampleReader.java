package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mtl4j.server.example.ExampleRequest;
import org.mtl4j.server.example.ExampleTensors;
import org.mtl4j.server.example.ExampleWriter;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.serving.tensor.Signature;

/**
 * Reads the bodies of {@code :classify} and {@code :regress}: {@code {"signature_name": ...,
 * "context": {...}, "examples": [{...}, ...]}}, where an object has a value or list of values a
 * feature.
 */
public final class ExampleReader {
  private static final String SIGNATURE = "signature_name";
  private static final String CONTEXT = "context";
  private static final String EXAMPLES = "examples";

  private final RequestLimits limits;
  private final Set<String> seen = new HashSet<>();
  private String signature = Signature.DEFAULT;
  private byte[] context = {};
  private final List<byte[]> examples = new ArrayList<>();

  private ExampleReader(RequestLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a body.
   *
   * @param json the body
   * @throws RequestException INVALID_ARGUMENT if it is no JSON, has no examples or more than the
   *     limits allow, or a feature has values of no kind or of several
   */
  public static ExampleRequest read(byte[] json, RequestLimits limits) {
    return JsonBodies.read(json, parser -> new ExampleReader(limits).document(parser));
  }

  private ExampleRequest document(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case SIGNATURE -> {
          once(key);
          signature = JsonBodies.signature(parser).orElse(Signature.DEFAULT);
        }
        case CONTEXT -> {
          once(key);
          context = example(parser);
        }
        case EXAMPLES -> {
          once(key);
          examples(parser);
        }
        // Other keys are nobody's business, here as in TensorFlow Serving.
        default -> parser.skipChildren();
      }
    }
    if (!seen.contains(EXAMPLES)) {
      throw RequestException.invalid(
          "JSON Value: When method is classify or regress, key 'examples' is expected and was not"
              + " found");
    }
    return new ExampleRequest(signature, ExampleTensors.join(context, examples, limits));
  }

  private void once(String key) {
    if (!seen.add(key)) {
      throw RequestException.invalid("JSON Value: '" + key + "' is there twice");
    }
  }

  private void examples(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw RequestException.invalid("JSON Value: Expecting 'examples' value to be an list/array");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      examples.add(example(parser));
      limits.checkRows(EXAMPLES, examples.size());
    }
    if (examples.isEmpty()) {
      throw RequestException.invalid("JSON Value: 'examples' value is an empty array");
    }
  }

  private static byte[] example(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw RequestException.invalid(
          "Example must be JSON object but got JSON " + JsonTypes.name(parser.currentToken()));
    }
    ExampleWriter example = new ExampleWriter();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String feature = parser.currentName();
      example.start(feature);
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          FeatureValues.add(parser, feature, example);
        }
      } else {
        FeatureValues.add(parser, feature, example);
      }
    }
    return example.bytes();
  }
}
