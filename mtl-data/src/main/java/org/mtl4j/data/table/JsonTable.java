package org.mtl4j.data.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.DataFiles;

/**
 * Files of one object a line (JSON lines), streamed. A value is its text; true and false are 1 and
 * 0; a list is the texts of its scalars between bars; an object, and null, is missing.
 */
public final class JsonTable implements Table {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String BAR = "|";

  private final List<Path> files;
  private final List<JsonField> fields;

  /** Files, and what to read of their objects; the first field must be in each. */
  public JsonTable(List<Path> files, List<JsonField> fields) {
    this.files = List.copyOf(files);
    this.fields = List.copyOf(fields);
  }

  @Override
  public List<String> columns() {
    return fields.stream().map(JsonField::name).toList();
  }

  @Override
  public List<Path> files() {
    return files;
  }

  @Override
  public RecordReader open() {
    return new Pass();
  }

  private final class Pass implements RecordReader {
    private final Map<String, Integer> columnOf = new HashMap<>();
    private int next;
    private Path file;
    private JsonParser parser;
    private long line;

    Pass() {
      for (int c = 0; c < fields.size(); c++) {
        for (String key : fields.get(c).keys()) {
          columnOf.put(key, c);
        }
      }
    }

    @Override
    public String[] next() {
      try {
        while (parser != null || next < files.size()) {
          if (parser == null) {
            begin(files.get(next++));
          }
          JsonToken token = parser.nextToken();
          if (token != null) {
            line = parser.currentTokenLocation().getLineNr();
            return object(token);
          }
          closeFile();
        }
        return null;
      } catch (JsonProcessingException e) {
        line = Math.max(line, e.getLocation() == null ? line : e.getLocation().getLineNr());
        boolean syntax = e instanceof JsonParseException;
        throw new MtlException(
            new Problem(
                ErrorCode.DATA_FORMAT,
                place(),
                "Expected an object of JSON, found "
                    + (syntax ? "what is none: " : "one that cannot be read: ")
                    + e.getOriginalMessage()
                    + ".",
                "Mend the line, or fetch the file again if it is cut off."),
            e);
      } catch (IOException e) {
        throw DataFiles.failure(file, e);
      }
    }

    private void begin(Path path) throws IOException {
      file = path;
      line = 1;
      InputStream bytes = DataFiles.open(path);
      parser = JSON.createParser(bytes);
    }

    private String[] object(JsonToken token) throws IOException {
      if (token != JsonToken.START_OBJECT) {
        throw problem("Expected an object, found " + words(token) + ".");
      }
      String[] row = new String[fields.size()];
      int[] rank = new int[fields.size()];
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        Integer column = columnOf.get(key);
        parser.nextToken();
        if (column == null) {
          parser.skipChildren();
          continue;
        }
        int at = fields.get(column).keys().indexOf(key) + 1;
        String value = value();
        if (value != null && (rank[column] == 0 || at < rank[column])) {
          row[column] = value;
          rank[column] = at;
        }
      }
      if (row[0] == null) {
        throw problem(
            "Expected an object with %s, found none."
                .formatted(String.join(" or ", fields.get(0).keys())));
      }
      return row;
    }

    private String value() throws IOException {
      return switch (parser.currentToken()) {
        case VALUE_NULL -> null;
        case VALUE_TRUE -> "1";
        case VALUE_FALSE -> "0";
        case START_ARRAY -> list();
        case START_OBJECT -> {
          parser.skipChildren();
          yield null;
        }
        default -> parser.getText();
      };
    }

    private String list() throws IOException {
      List<String> values = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String value = value();
        if (value != null) {
          values.add(value.replace(BAR, " "));
        }
      }
      return String.join(BAR, values);
    }

    private MtlException problem(String what) {
      return new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              place(),
              what,
              "Check that this is the file that the set publishes: one object a line."));
    }

    private String words(JsonToken token) {
      return token == JsonToken.START_ARRAY ? "a list" : "a single value";
    }

    @Override
    public String place() {
      return file + ", line " + line;
    }

    private void closeFile() throws IOException {
      parser.close();
      parser = null;
    }

    @Override
    public void close() {
      next = files.size();
      if (parser != null) {
        try {
          closeFile();
        } catch (IOException e) {
          throw DataFiles.failure(file, e);
        }
      }
    }
  }
}
