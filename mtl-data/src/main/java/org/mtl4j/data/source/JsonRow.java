package org.mtl4j.data.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.StringJoiner;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.UnicodeText;

/** Reads a line: an object, in which a key within a key is a path with a dot. */
final class JsonRow {
  private static final String ONE_A_LINE =
      "Write every row as an object on a line of its own, as jq -c . does (jq -c '.[]' for an"
          + " array of rows), or set data.source.on_bad_row: skip to leave such lines out.";
  private static final String FETCH =
      "Fetch the file again if it is cut off; rows over several lines become one line each by"
          + " jq -c . file; data.source.on_bad_row: skip leaves such lines out.";

  // NaN is no JSON, and yet what Python writes for a number that is not there.
  private final JsonFactory factory =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private final String separator;
  private String line;
  private String place;
  private JsonParser parser;
  private JsonFields fields;

  /** A reader of lines, for one thread. */
  JsonRow(String separator) {
    this.separator = separator;
  }

  /**
   * Reads a line.
   *
   * @param at where it stands
   * @throws MtlException of code DATA_FORMAT if it is no row; it names line and column
   */
  void read(String text, String at, JsonFields to) {
    line = text;
    place = at;
    fields = to;
    fields.begin(at);
    try (JsonParser opened = factory.createParser(text)) {
      parser = opened;
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw fault(
            "Expected a row, which is one JSON object, found " + name(parser.currentToken()) + ".",
            ONE_A_LINE);
      }
      object("");
      if (parser.nextToken() != null) {
        throw fault("Expected the end of the line after the row's object, found more.", ONE_A_LINE);
      }
    } catch (JsonEOFException e) {
      throw fault(
          text.length(), "Expected a whole JSON object, found that the line ends in it.", FETCH);
    } catch (JsonProcessingException e) {
      throw fault(
          e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
          "Expected a row, which is one JSON object, found \"" + Excerpt.of(line) + "\".",
          ONE_A_LINE);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A text in memory gives none.
    }
  }

  private void object(String prefix) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String path = prefix + parser.currentName();
      int column = parser.currentTokenLocation().getColumnNr();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        object(path + ".");
      } else if (!fields.reads(path)) {
        unread(path, token, column);
      } else if (token == JsonToken.START_ARRAY) {
        fields.value(path, true, clean(list(path)), column);
      } else {
        String value = scalar(token);
        fields.value(path, token == JsonToken.VALUE_STRING, clean(value), column);
      }
    }
  }

  private void unread(String path, JsonToken token, int column) throws IOException {
    if (token != JsonToken.VALUE_NULL) {
      fields.value(path, false, null, column);
    }
    parser.skipChildren();
  }

  private String list(String path) throws IOException {
    StringJoiner values = new StringJoiner(separator);
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isStructStart()) {
        throw fault(
            "Expected texts and numbers in the list \"%s\", found %s."
                .formatted(Excerpt.of(path), name(token)),
            "Name the keys to read, without this one, in data.source.columns, or spell it as texts"
                + " or numbers.");
      }
      String value = scalar(token);
      if (value != null && value.contains(separator)) {
        throw fault(
            "Expected values without \"%s\", which joins them, in the list \"%s\", found \"%s\"."
                .formatted(separator, Excerpt.of(path), Excerpt.of(value)),
            "Set data.source.separator, and the feature's separator too, to a character that no"
                + " value holds.");
      }
      values.add(value == null ? "" : value);
    }
    return values.toString();
  }

  private String scalar(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> UnicodeText.wellFormed(parser.getText());
      case VALUE_TRUE -> "1";
      case VALUE_FALSE -> "0";
      case VALUE_NUMBER_INT -> parser.getText().equals("-0") ? "0" : parser.getText();
      case VALUE_NUMBER_FLOAT -> decimal();
      default -> null;
    };
  }

  /** As Java spells it, so that 1 and 1.0 are one id; as it stands where a double is too short. */
  private String decimal() throws IOException {
    if (parser.isNaN()) {
      return RawBatch.spell(parser.getDoubleValue());
    }
    String text = parser.getText();
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number)) {
      return text;
    }
    String spelt = RawBatch.spell(number);
    return new BigDecimal(spelt).compareTo(new BigDecimal(text)) == 0 ? spelt : text;
  }

  private static String clean(String value) {
    return value == null || value.trim().isEmpty() ? null : value;
  }

  private static String name(JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a text";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "a number";
    };
  }

  private MtlException fault(String what, String remedy) {
    return fault(parser.currentTokenLocation().getColumnNr(), what, remedy);
  }

  private MtlException fault(int column, String what, String remedy) {
    return new MtlException(
        new Problem(ErrorCode.DATA_FORMAT, place + ", column " + column, what, remedy));
  }
}
