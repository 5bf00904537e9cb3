package org.mtl4j.data.source;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.data.source.sql.DuckDbConfig;

/**
 * The keys of a {@code csv} source. A component that is null takes its default.
 *
 * @param path files or globs, relative to the current directory; at least one. A name that ends in
 *     {@code .gz} or {@code .zst} is unpacked while it is read
 * @param columns the columns' names when the files have no header line; default: they have one
 * @param delimiter what stands between two fields; default a comma; a tab may be spelt {@code \t}
 * @param missing values that stand for a missing one, besides the empty text; default none
 * @param trim whether blanks around values are taken off; default no. The names in a header and
 *     values that are compared with {@code missing} are trimmed anyway
 * @param encoding name of the files' character set; default UTF-8
 * @param onBadRow what to do with a row of too few or too many fields; default {@link
 *     OnBadRow#ERROR}
 * @param maxBadRows with {@link OnBadRow#SKIP}, how many of them one pass over the files leaves out
 *     before it ends in an error all the same: then it is rather the delimiter that is wrong;
 *     default 1000
 * @param engine what parses the files; default {@link CsvEngine#COMMONS}
 * @param duckdb what DuckDB may take; with {@link CsvEngine#DUCKDB} only
 */
@Summary("CSV files, with a header line or named columns; .gz and .zst are unpacked.")
public record CsvConfig(
    List<String> path,
    Optional<List<String>> columns,
    @Default("','") String delimiter,
    @Default("[]") List<String> missing,
    @Default("false") boolean trim,
    @Default("UTF-8") String encoding,
    @Default("error") OnBadRow onBadRow,
    @Default("1000") Integer maxBadRows,
    @Default("commons") CsvEngine engine,
    Optional<DuckDbConfig> duckdb) {
  private static final int DEFAULT_MAX_BAD_ROWS = 1000;

  /**
   * Fills in defaults and checks every component.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public CsvConfig {
    if (path == null || path.isEmpty() || path.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("path: expected a file or a glob, found " + path);
    }
    path = List.copyOf(path);
    columns = columns == null ? Optional.empty() : columns.map(List::copyOf);
    columns.ifPresent(CsvConfig::checkNames);
    delimiter = delimiter == null ? "," : delimiter.replace("\\t", "\t");
    if (!delimiter.matches("[^\"\r\n]+")) {
      throw new IllegalArgumentException(
          "delimiter: expected text without quotes and line breaks, found \"" + delimiter + "\"");
    }
    missing = missing == null ? List.of() : missing.stream().map(String::trim).toList();
    encoding = encoding == null ? StandardCharsets.UTF_8.name() : encoding;
    checkEncoding(encoding);
    onBadRow = onBadRow == null ? OnBadRow.ERROR : onBadRow;
    maxBadRows = maxBadRows == null ? DEFAULT_MAX_BAD_ROWS : maxBadRows;
    if (maxBadRows < 0) {
      throw new IllegalArgumentException("max_bad_rows: expected at least 0, found " + maxBadRows);
    }
    engine = engine == null ? CsvEngine.COMMONS : engine;
    duckdb = duckdb == null ? Optional.empty() : duckdb;
    engine.check(delimiter, encoding, onBadRow, duckdb);
  }

  /** Files that Commons CSV parses. */
  public CsvConfig(
      List<String> path,
      Optional<List<String>> columns,
      String delimiter,
      List<String> missing,
      boolean trim,
      String encoding,
      OnBadRow onBadRow,
      Integer maxBadRows) {
    this(
        path,
        columns,
        delimiter,
        missing,
        trim,
        encoding,
        onBadRow,
        maxBadRows,
        CsvEngine.COMMONS,
        Optional.empty());
  }

  /** Files with a header and the default of everything else. */
  public static CsvConfig of(String... path) {
    return new CsvConfig(List.of(path), Optional.empty(), null, null, false, null, null, null);
  }

  /** The same files, parsed by DuckDB. */
  public CsvConfig byDuckDb(DuckDbConfig duckdb) {
    return new CsvConfig(
        path,
        columns,
        delimiter,
        missing,
        trim,
        encoding,
        onBadRow,
        maxBadRows,
        CsvEngine.DUCKDB,
        Optional.of(duckdb));
  }

  /** What to check where fields are too many or too few: {@code tsv} has no key for it. */
  String delimiterCheck() {
    return delimiter.equals("\t")
        ? "check that it is tabs that stand between fields"
        : "check data.source.delimiter";
  }

  /** The files' character set. */
  public Charset charset() {
    return Charset.forName(encoding);
  }

  private static void checkNames(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("columns: expected at least one name, found none");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank() || !seen.add(name)) {
        throw new IllegalArgumentException(
            "columns: expected names that differ, found "
                + (name.isBlank() ? "an empty one" : "\"" + Excerpt.of(name) + "\" twice"));
      }
    }
  }

  private static void checkEncoding(String encoding) {
    try {
      Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "encoding: expected a character set such as UTF-8 or ISO-8859-1, found \""
              + Excerpt.of(encoding)
              + "\"",
          e);
    }
  }
}
