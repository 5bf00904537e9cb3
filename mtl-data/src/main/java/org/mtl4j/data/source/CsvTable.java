package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * CSV files that hold one table, and the columns they have in common.
 *
 * @param config how they are written
 * @param files at least one, in the order they are read
 * @param columns named by the configuration or by the first file's header
 */
record CsvTable(CsvConfig config, List<Path> files, Columns columns) {
  /**
   * Finds the files and reads the first one's header.
   *
   * @throws MtlException if a file is not there, or the first has no header where it needs one
   */
  static CsvTable of(CsvConfig config) {
    List<Path> files = DataFiles.find(config.path());
    return new CsvTable(config, files, columns(config, files.get(0)));
  }

  /** How many fields the first record of the first file has. */
  static int width(CsvConfig config) {
    try (CsvFile file = new CsvFile(DataFiles.find(config.path()).get(0), config)) {
      return header(file).size();
    }
  }

  /** Whether each file begins with a line of names. */
  boolean hasHeader() {
    return config.columns().isEmpty();
  }

  /** Whether a record holds the columns' names. */
  private boolean isHeader(CSVRecord record) {
    return names(record).equals(columns.names());
  }

  /** The files, for messages. */
  String name() {
    return files.size() == 1
        ? files.get(0).toString()
        : files.get(0) + " and " + (files.size() - 1) + " more";
  }

  /**
   * Opens one of the files and places it at its first row.
   *
   * @throws MtlException if its header differs from the first file's
   */
  CsvFile open(Path path) {
    CsvFile file = new CsvFile(path, config);
    try {
      if (hasHeader()) {
        checkHeader(file, header(file));
      }
      return file;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** A header that is read as data would be a row of text, or a class of its own. */
  void checkNoHeader(CsvFile file, CSVRecord record) {
    if (!hasHeader() && file.isFirst() && isHeader(record)) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              file.place(),
              "Expected a row of data, found a header: the very names of data.source.columns.",
              "Leave data.source.columns out."));
    }
  }

  /** The failure of a pass that gave nothing. */
  MtlException noRows(SkippedRows skipped) {
    String bad = skipped.count() == 0 ? "" : "; bad rows left out: " + skipped.count();
    return new MtlException(
        new Problem(
            ErrorCode.NO_ROWS,
            name(),
            "Expected at least one row of data, found none" + bad + ".",
            hasHeader()
                ? "Check the file; its first line is taken for the header."
                : "Check the file."));
  }

  private void checkHeader(CsvFile file, List<String> found) {
    List<String> expected = columns.names();
    if (!found.equals(expected)) {
      int column = 0;
      while (column < Math.min(expected.size(), found.size())
          && expected.get(column).equals(found.get(column))) {
        column++;
      }
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              file.place(),
              "Expected the header of %s, with %s as column %d of %d, found %s of %d."
                  .formatted(
                      files.get(0),
                      name(expected, column),
                      column + 1,
                      expected.size(),
                      name(found, column),
                      found.size()),
              "Files read together have the same columns in the same order: read this one on its"
                  + " own, or name the columns in data.source.columns if it has no header."));
    }
  }

  private static String name(List<String> names, int column) {
    return column < names.size() ? "\"" + Excerpt.of(names.get(column)) + "\"" : "nothing";
  }

  private static Columns columns(CsvConfig config, Path first) {
    if (config.columns().isPresent()) {
      return Columns.of(ColumnType.UNTYPED, config.columns().get());
    }
    try (CsvFile file = new CsvFile(first, config)) {
      return named(header(file), file);
    }
  }

  /** Columns of these names; a name that stands twice is an error that names the file. */
  private static Columns named(List<String> names, CsvFile file) {
    try {
      return Columns.of(ColumnType.UNTYPED, names);
    } catch (MtlException e) {
      throw e.at(file.place());
    }
  }

  private static List<String> header(CsvFile file) {
    CSVRecord record = file.next();
    if (record == null) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              file.name(),
              "Expected a header line and rows of data, found an empty file.",
              "Check the file and the path to it."));
    }
    return names(record);
  }

  private static List<String> names(CSVRecord record) {
    List<String> names = new ArrayList<>();
    for (String name : record.values()) {
      // Tables written with an index often leave its name out.
      names.add(name.isBlank() ? "column_" + (names.size() + 1) : name.trim());
    }
    return names;
  }
}
