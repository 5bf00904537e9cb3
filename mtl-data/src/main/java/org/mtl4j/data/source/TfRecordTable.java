package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * TFRecord files that hold one table, and its columns.
 *
 * @param config how they are written
 * @param files at least one, in the order they are read
 * @param kinds the columns in their order, and what each is a list of; empty where the first rows
 *     have no value
 * @param lists the columns of which the first rows have several values somewhere
 */
record TfRecordTable(
    TfRecordConfig config,
    List<Path> files,
    Map<String, Optional<TfKind>> kinds,
    Set<String> lists) {
  /** So many rows say what the columns are. */
  static final int SAMPLE_ROWS = 1_000;

  private static final int MAX_COLUMNS = JsonlTable.MAX_COLUMNS;

  /**
   * Finds the files and reads their first rows.
   *
   * @throws MtlException if a file is not there, has no rows, or a bad one among the first that is
   *     not to be skipped
   */
  static TfRecordTable of(TfRecordConfig config) {
    List<Path> files = DataFiles.find(config.path());
    // A tf.Example has no order of its features; Python's writer gives another one each time.
    Map<String, Optional<TfKind>> found =
        config.columns().isPresent() ? declared(config.columns().get()) : new TreeMap<>();
    Set<String> lists = new HashSet<>();
    try (TfRecords records = new TfRecords(config, files)) {
      boolean all = config.columns().isEmpty();
      for (int row = 0; row < SAMPLE_ROWS; row++) {
        Map<String, Optional<TfExamples.Value>> one = new LinkedHashMap<>();
        if (!records.next(sample(records.examples(), all ? Set.of() : found.keySet(), one))) {
          break;
        }
        one.forEach(
            (name, value) -> {
              found.merge(name, value.map(TfExamples.Value::kind), TfRecordTable::first);
              value.filter(TfExamples.Value::several).ifPresent(v -> lists.add(name));
            });
        checkCount(records, found.size());
      }
      if (found.isEmpty()) {
        throw records.noRows();
      }
    }
    return new TfRecordTable(config, files, found, lists);
  }

  private static Map<String, Optional<TfKind>> declared(Map<String, TfKind> columns) {
    Map<String, Optional<TfKind>> kinds = new LinkedHashMap<>();
    columns.forEach((name, kind) -> kinds.put(name, Optional.of(kind)));
    return kinds;
  }

  /** Reads the features of some names, or all if there are none. */
  private static TfRecords.Reader sample(
      TfExamples examples, Set<String> names, Map<String, Optional<TfExamples.Value>> to) {
    return (features, place) -> {
      to.clear(); // A row before that was skipped half-way.
      features.forEach(
          (name, feature) -> {
            if (names.isEmpty() || names.contains(name)) {
              to.put(name, examples.value(name, feature, false, place));
            }
          });
    };
  }

  private static Optional<TfKind> first(Optional<TfKind> before, Optional<TfKind> now) {
    return before.isPresent() ? before : now;
  }

  /** All columns are text that may spell numbers: their use decides. */
  Columns columns() {
    return Columns.of(ColumnType.UNTYPED, List.copyOf(kinds.keySet()));
  }

  private static void checkCount(TfRecords records, int count) {
    if (count > MAX_COLUMNS) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              records.place(),
              String.format(
                  Locale.ROOT,
                  "Expected at most %,d different features in the rows so far, found %,d.",
                  MAX_COLUMNS,
                  count),
              "Name the features to read and their types in data.source.columns; features named by"
                  + " ids are better a list, or rows of their own."));
    }
  }
}
