package org.mtl4j.data.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** One file, line by line, as fields. */
final class TextReader implements AutoCloseable {
  private static final String REMARK = "|";

  private final Path file;
  private final TextFormat format;
  private final Lines lines;
  private String ahead;

  TextReader(Path file, TextFormat format) {
    this.file = file;
    this.format = format;
    this.lines = new Lines(file, format.charset());
  }

  /** The first line's fields, as names. */
  List<String> header() {
    String line = lines.next();
    if (line == null) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              file.toString(),
              "Expected a header line and rows of data, found an empty file.",
              "Check the file and the path to it."));
    }
    List<String> names = new ArrayList<>();
    for (String name : fields(line)) {
      // Tables written with an index often leave its name out.
      names.add(name.isBlank() ? "column_" + (names.size() + 1) : name.strip());
    }
    return names;
  }

  /** Leaves the first line out if it holds no row. */
  void skipHeading(String firstColumn) {
    String line = lines.next();
    boolean heading =
        line != null
            && (line.startsWith(REMARK)
                || Fields.plain(line, format.delimiter())
                    .get(0)
                    .strip()
                    .equalsIgnoreCase(firstColumn));
    ahead = heading ? null : line;
  }

  /** The next row, of as many fields as said; null at the end. */
  String[] next(int width) {
    String line = ahead == null ? lines.next() : ahead;
    ahead = null;
    if (line == null) {
      return null;
    }
    List<String> fields = fields(line);
    if (fields.size() != width) {
      throw problem(
          String.format(Locale.ROOT, "Expected %,d fields, found %,d.", width, fields.size()),
          "Check that this is the file that the set publishes, and whole.");
    }
    return fields.toArray(String[]::new);
  }

  private List<String> fields(String line) {
    List<String> fields = format.split(line);
    if (fields == null) {
      throw problem("Expected a closing quote, found the end of the line.", "Mend the line.");
    }
    return fields;
  }

  private MtlException problem(String what, String remedy) {
    return new MtlException(new Problem(ErrorCode.DATA_FORMAT, lines.place(), what, remedy));
  }

  String place() {
    return lines.place();
  }

  @Override
  public void close() {
    lines.close();
  }
}
