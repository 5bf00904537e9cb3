package org.mtl4j.data.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code tfrecord} source. A component that is null takes its default.
 *
 * @param path files or globs, relative to the current directory; at least one. A name that ends in
 *     {@code .gz} or {@code .zst} is unpacked while it is read, and so is a file of any name that
 *     TFRecord's own GZIP has packed
 * @param columns the features to read and what each is a list of; default: all that the first
 *     {@value TfRecordTable#SAMPLE_ROWS} records have, in the order of their names
 * @param missing texts that stand for a missing value, besides the empty one; default none
 * @param separator one character that joins the values of a list; default {@code |}
 * @param onBadRow what to do with a record that is no row; default {@link OnBadRow#ERROR}
 * @param maxBadRows with {@link OnBadRow#SKIP}, how many of them one pass over the files leaves out
 *     before it ends in an error all the same; default 1000
 */
@Summary("TFRecord files of tf.Example; .gz, .zst and TFRecord's own GZIP are unpacked.")
public record TfRecordConfig(
    List<String> path,
    Optional<Map<String, TfKind>> columns,
    @Default("[]") List<String> missing,
    @Default("'|'") String separator,
    @Default("error") OnBadRow onBadRow,
    @Default("1000") Integer maxBadRows) {
  /**
   * Fills in defaults and checks every component.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public TfRecordConfig {
    columns = columns == null ? Optional.empty() : columns;
    // What both formats have in common is checked in one place.
    JsonlConfig common =
        new JsonlConfig(
            path,
            columns.map(kinds -> List.copyOf(kinds.keySet())),
            missing,
            separator,
            onBadRow,
            maxBadRows);
    path = common.path();
    columns = columns.map(kinds -> Collections.unmodifiableMap(new LinkedHashMap<>(kinds)));
    missing = common.missing();
    separator = common.separator();
    onBadRow = common.onBadRow();
    maxBadRows = common.maxBadRows();
  }

  /** Files, and the default of everything else. */
  public static TfRecordConfig of(String... path) {
    return new TfRecordConfig(List.of(path), Optional.empty(), null, null, null, null);
  }

  /** The same files, of which these features are read. */
  public TfRecordConfig withColumns(Map<String, TfKind> kinds) {
    return new TfRecordConfig(path, Optional.of(kinds), missing, separator, onBadRow, maxBadRows);
  }
}
