package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * Files of JSON lines that hold one table, and its columns.
 *
 * @param config how they are written
 * @param files at least one, in the order they are read
 * @param kinds the columns in their order: whether the first value is text, and no number; empty
 *     where the first rows have none
 */
record JsonlTable(JsonlConfig config, List<Path> files, Map<String, Optional<Boolean>> kinds) {
  /** So many rows say what the columns are. */
  static final int SAMPLE_ROWS = 1_000;

  /** Objects that are used as maps, from ids say, have as many keys as there are ids. */
  static final int MAX_COLUMNS = 10_000;

  /**
   * Finds the files and reads their first rows.
   *
   * @throws MtlException if a file is not there, has no rows, or a bad one among the first that is
   *     not to be skipped
   */
  static JsonlTable of(JsonlConfig config) {
    List<Path> files = DataFiles.find(config.path());
    Map<String, Optional<Boolean>> found = new LinkedHashMap<>();
    config.columns().ifPresent(names -> names.forEach(name -> found.put(name, Optional.empty())));
    try (JsonlLines lines = new JsonlLines(config, files)) {
      for (int row = 0; row < SAMPLE_ROWS; row++) {
        Map<String, Optional<Boolean>> one = new LinkedHashMap<>();
        if (!lines.next(sample(config, found, one))) {
          break;
        }
        one.forEach((path, kind) -> found.merge(path, kind, JsonlTable::first));
        checkCount(lines, found.size());
      }
      if (config.columns().isEmpty()) {
        dropObjects(found);
        checkNotEmpty(lines, found);
      }
    }
    return new JsonlTable(config, files, found);
  }

  /** All columns are text that may spell numbers: their use decides. */
  Columns columns() {
    return Columns.of(ColumnType.UNTYPED, List.copyOf(kinds.keySet()));
  }

  private static Optional<Boolean> first(Optional<Boolean> before, Optional<Boolean> now) {
    return before.isPresent() ? before : now;
  }

  private static JsonFields sample(
      JsonlConfig config, Map<String, Optional<Boolean>> found, Map<String, Optional<Boolean>> to) {
    return new JsonFields() {
      @Override
      public void begin(String place) {
        to.clear();
      }

      @Override
      public boolean reads(String path) {
        return config.columns().isEmpty() || found.containsKey(path);
      }

      @Override
      public void value(String path, boolean text, String value, int column) {
        if (reads(path)) {
          boolean missing = value == null || config.missing().contains(value.trim());
          to.put(path, missing ? Optional.empty() : Optional.of(text));
        }
      }
    };
  }

  /** A path that is null in some rows and an object in others is no column. */
  private static void dropObjects(Map<String, Optional<Boolean>> found) {
    List<String> paths = List.copyOf(found.keySet());
    found
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue().isEmpty()
                    && paths.stream().anyMatch(path -> path.startsWith(entry.getKey() + ".")));
  }

  private static void checkCount(JsonlLines lines, int count) {
    if (count > MAX_COLUMNS) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              lines.place(),
              String.format(
                  Locale.ROOT,
                  "Expected at most %,d different keys in the rows so far, found %,d.",
                  MAX_COLUMNS,
                  count),
              "Name the keys to read in data.source.columns; an object from ids to values is better"
                  + " a list, or rows of their own."));
    }
  }

  private static void checkNotEmpty(JsonlLines lines, Map<String, Optional<Boolean>> found) {
    if (found.isEmpty()) {
      throw lines.noRows();
    }
  }
}
