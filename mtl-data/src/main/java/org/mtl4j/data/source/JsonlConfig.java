package org.mtl4j.data.source;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code jsonl} source. A component that is null takes its default.
 *
 * @param path files or globs, relative to the current directory; at least one. A name that ends in
 *     {@code .gz} or {@code .zst} is unpacked while it is read
 * @param columns the keys to read, nested ones as {@code outer.inner}; default: all that the first
 *     {@value JsonlTable#SAMPLE_ROWS} rows have
 * @param missing texts that stand for a missing value, besides the empty one; default none
 * @param separator one character that joins the values of a list; default {@code |}
 * @param onBadRow what to do with a line that is no row; default {@link OnBadRow#ERROR}
 * @param maxBadRows with {@link OnBadRow#SKIP}, how many of them one pass over the files leaves out
 *     before it ends in an error all the same; default 1000
 */
@Summary("JSON lines: an object a line, in UTF-8; .gz and .zst are unpacked.")
public record JsonlConfig(
    List<String> path,
    Optional<List<String>> columns,
    @Default("[]") List<String> missing,
    @Default("'|'") String separator,
    @Default("error") OnBadRow onBadRow,
    @Default("1000") Integer maxBadRows) {
  /**
   * Fills in defaults and checks every component.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public JsonlConfig {
    // What both formats have in common is checked in one place.
    CsvConfig common =
        new CsvConfig(path, columns, null, missing, false, null, onBadRow, maxBadRows);
    path = common.path();
    columns = common.columns();
    missing = common.missing();
    separator = separator == null ? "|" : separator;
    if (separator.codePointCount(0, separator.length()) != 1) {
      throw new IllegalArgumentException(
          "separator: expected one character, found \"" + separator + "\"");
    }
    onBadRow = common.onBadRow();
    maxBadRows = common.maxBadRows();
  }

  /** Files, and the default of everything else. */
  public static JsonlConfig of(String... path) {
    return new JsonlConfig(List.of(path), Optional.empty(), null, null, null, null);
  }

  /** The same format in the same files, with these columns. */
  public JsonlConfig withColumns(List<String> names) {
    return new JsonlConfig(path, Optional.of(names), missing, separator, onBadRow, maxBadRows);
  }
}
