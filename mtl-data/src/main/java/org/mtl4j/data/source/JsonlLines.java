package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.mtl4j.core.error.MtlException;

/** The lines of several files, one after the other, with those left out that are no rows. */
final class JsonlLines implements AutoCloseable {
  private final List<Path> all;
  private final Iterator<Path> files;
  private final JsonRow row;
  private final BadRows bad;
  private JsonlFile file;

  /** Before the first line. */
  JsonlLines(JsonlConfig config, List<Path> files) {
    this.all = files;
    this.files = files.iterator();
    this.row = new JsonRow(config.separator());
    this.bad =
        new BadRows(
            config.onBadRow(), config.maxBadRows(), "Check that it is a file of JSON lines");
  }

  /** Reads the next row; false at the end of the last file. */
  boolean next(JsonFields fields) {
    while (file != null || files.hasNext()) {
      if (file == null) {
        file = new JsonlFile(files.next());
      }
      String line = file.next();
      if (line == null) {
        close();
      } else if (read(line, fields)) {
        return true;
      }
    }
    return false;
  }

  private boolean read(String line, JsonFields fields) {
    try {
      row.read(line, file.place(), fields);
      return true;
    } catch (MtlException e) {
      bad.add(e);
      return false;
    }
  }

  /** The rows left out so far. */
  SkippedRows skipped() {
    return bad.skipped();
  }

  /** The name of the file that the last row stands in. */
  String fileName() {
    return file.name();
  }

  /** The line of the last row. */
  long line() {
    return file.line();
  }

  /** Where the last row stands, for messages. */
  String place() {
    return file.place();
  }

  /** That there is no row in any of the files. */
  MtlException noRows() {
    return bad.noRows(all, "a JSON object with a key");
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
