package org.mtl4j.data.table;

import java.nio.file.Path;
import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/** Files of lines that are cut into fields, read one after the other as one table. */
public final class TextTable implements Table {
  private final List<Path> files;
  private final TextFormat format;
  private final List<String> columns;
  private final boolean header;

  private TextTable(List<Path> files, TextFormat format, List<String> columns, boolean header) {
    this.files = List.copyOf(files);
    this.format = format;
    this.columns = List.copyOf(columns);
    this.header = header;
  }

  /**
   * Files that do not name their columns. A first line all the same is left out: one whose first
   * field is the first column's name, or a remark that begins with {@code |}, as UCI has them.
   */
  public static TextTable named(List<Path> files, TextFormat format, List<String> columns) {
    return new TextTable(files, format, columns, false);
  }

  /**
   * Files that each begin with their columns' names, all the same.
   *
   * @param required names that must be among them; others may be
   * @throws MtlException if the first file has no such header
   */
  public static TextTable withHeader(List<Path> files, TextFormat format, List<String> required) {
    try (TextReader reader = new TextReader(files.get(0), format)) {
      List<String> found = reader.header();
      for (String name : required) {
        if (!found.contains(name)) {
          throw new MtlException(missing(reader.place(), name, found));
        }
      }
      return new TextTable(files, format, found, true);
    }
  }

  private static Problem missing(String place, String name, List<String> found) {
    return new Problem(
        ErrorCode.DATA_FORMAT,
        place,
        "Expected a header with the column \"%s\", found %s."
            .formatted(name, Excerpt.of(String.join(", ", found))),
        Nearest.of(name, found)
            .map("\"%s\" is near: check that this is the file that the set publishes."::formatted)
            .orElse("Check that this is the file that the set publishes."));
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<Path> files() {
    return files;
  }

  @Override
  public RecordReader open() {
    return new Pass();
  }

  /** One file after the other. */
  private final class Pass implements RecordReader {
    private int next;
    private TextReader reader;

    @Override
    public String[] next() {
      while (reader != null || next < files.size()) {
        if (reader == null) {
          reader = new TextReader(files.get(next++), format);
          begin();
        }
        String[] row = reader.next(columns.size());
        if (row != null) {
          return row;
        }
        reader.close();
        reader = null;
      }
      return null;
    }

    private void begin() {
      if (!header) {
        reader.skipHeading(columns.get(0));
        return;
      }
      List<String> found = reader.header();
      if (!found.equals(columns)) {
        throw new MtlException(
            new Problem(
                ErrorCode.DATA_FORMAT,
                reader.place(),
                "Expected the header of %s, found another: %s."
                    .formatted(files.get(0), Excerpt.of(String.join(", ", found))),
                "Files read together have the same columns; read this one on its own."));
      }
    }

    @Override
    public String place() {
      return reader == null ? files.get(files.size() - 1).toString() : reader.place();
    }

    @Override
    public void close() {
      next = files.size();
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }
}
