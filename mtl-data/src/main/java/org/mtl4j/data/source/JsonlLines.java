package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** The lines of several files, one after the other, with those left out that are no rows. */
final class JsonlLines implements AutoCloseable {
  private final JsonlConfig config;
  private final List<Path> all;
  private final Iterator<Path> files;
  private final JsonRow row;
  private JsonlFile file;
  private SkippedRows skipped = SkippedRows.NONE;

  /** Before the first line. */
  JsonlLines(JsonlConfig config, List<Path> files) {
    this.config = config;
    this.all = files;
    this.files = files.iterator();
    this.row = new JsonRow(config.separator());
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
      if (config.onBadRow() != OnBadRow.SKIP) {
        throw e;
      }
      Problem problem = e.problems().get(0);
      if (skipped.count() >= config.maxBadRows()) {
        throw new MtlException(tooMany(problem), e);
      }
      skipped = skipped.and(problem.where());
      return false;
    }
  }

  private Problem tooMany(Problem last) {
    return new Problem(
        last.code(),
        last.where(),
        String.format(
            Locale.ROOT,
            "Expected at most %,d bad row%s, found one more: %s",
            config.maxBadRows(),
            config.maxBadRows() == 1 ? "" : "s",
            last.what()),
        "Check that it is a file of JSON lines; if so many rows are bad indeed, raise"
            + " data.source.max_bad_rows.");
  }

  /** The rows left out so far. */
  SkippedRows skipped() {
    return skipped;
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
    String bad = skipped.count() == 0 ? "" : "; bad rows left out: " + skipped.count();
    return new MtlException(
        new Problem(
            ErrorCode.NO_ROWS,
            all.size() == 1
                ? all.get(0).toString()
                : all.get(0) + " and " + (all.size() - 1) + " more",
            "Expected at least one row, a JSON object with a key, found none" + bad + ".",
            "Check the file and the path to it."));
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
