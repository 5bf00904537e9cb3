package org.mtl4j.server.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.mtl4j.server.request.RequestException;

/**
 * JSON as the protocol has it: NaN and infinities as bare tokens, floats with as many digits as
 * they need to be read back, bytes after the document ignored.
 */
public final class JsonBodies {
  /** A list in a list, and so on: far above any tensor, and far below the stack. */
  private static final int MAX_DEPTH = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  // How long a string may be is the body's limit.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          // Names are few and the clients' own: kept for good, they would be a leak.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private JsonBodies() {}

  /** Something that reads JSON. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads with the parser, which stands at the first token of an object's. */
    T read(JsonParser parser) throws IOException;
  }

  /**
   * Reads a document, which is an object.
   *
   * @throws RequestException INVALID_ARGUMENT if it is not, or no JSON
   * @throws UncheckedIOException never: memory can be read
   */
  public static <T> T read(byte[] json, Reading<T> reading) {
    if (json.length == 0) {
      throw RequestException.invalid("JSON Parse error: The document is empty");
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      try {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw RequestException.invalid("JSON Value: Is not object");
        }
        return reading.read(parser);
      } catch (StreamConstraintsException e) {
        throw RequestException.invalid(
            "JSON Parse error: Lists deeper than %d, or a number or name too long, at offset: %d"
                .formatted(MAX_DEPTH, parser.currentLocation().getByteOffset()));
      } catch (JsonProcessingException e) {
        // Jackson's own message may have a piece of the text.
        throw RequestException.invalid(
            "JSON Parse error: Invalid value at offset: "
                + parser.currentLocation().getByteOffset());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /**
   * The value of {@code signature_name}; an empty one is none, as in a protocol message.
   *
   * @throws RequestException INVALID_ARGUMENT if it is no string
   */
  static Optional<String> signature(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw RequestException.invalid(
          "JSON Value: not formatted correctly. 'signature_name' key must be a string value.");
    }
    return Optional.of(parser.getText()).filter(name -> !name.isEmpty());
  }

  /** Something that writes JSON. */
  @FunctionalInterface
  public interface Writing {
    /** Writes the keys of an object. */
    void write(JsonGenerator generator) throws IOException;
  }

  /**
   * Writes a document, which is an object.
   *
   * @throws UncheckedIOException never: memory can be written
   */
  public static byte[] write(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      generator.writeStartObject();
      writing.write(generator);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
