package org.mtl4j.data.source;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code tsv} source: those of {@code csv} but the delimiter, which is a tab. Quotes
 * mean what they mean there: a field that begins with one ends with one, and may hold tabs and line
 * breaks. A component that is null takes its default.
 *
 * @param path files or globs, relative to the current directory; at least one. A name that ends in
 *     {@code .gz} or {@code .zst} is unpacked while it is read
 * @param columns the columns' names when the files have no header line; default: they have one
 * @param missing values that stand for a missing one, besides the empty text; default none
 * @param trim whether blanks around values are taken off; default no
 * @param encoding name of the files' character set; default UTF-8
 * @param onBadRow what to do with a row of too few or too many fields; default {@link
 *     OnBadRow#ERROR}
 * @param maxBadRows with {@link OnBadRow#SKIP}, how many of them one pass over the files leaves out
 *     before it ends in an error all the same; default 1000
 */
@Summary("CSV with tabs in place of commas; .gz and .zst are unpacked.")
public record TsvConfig(
    List<String> path,
    Optional<List<String>> columns,
    @Default("[]") List<String> missing,
    @Default("false") boolean trim,
    @Default("UTF-8") String encoding,
    @Default("error") OnBadRow onBadRow,
    @Default("1000") Integer maxBadRows) {
  /**
   * Fills in defaults and checks every component.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public TsvConfig {
    CsvConfig csv =
        new CsvConfig(path, columns, "\t", missing, trim, encoding, onBadRow, maxBadRows);
    path = csv.path();
    columns = csv.columns();
    missing = csv.missing();
    encoding = csv.encoding();
    onBadRow = csv.onBadRow();
    maxBadRows = csv.maxBadRows();
  }

  /** Files with a header and the default of everything else. */
  public static TsvConfig of(String... path) {
    return new TsvConfig(List.of(path), Optional.empty(), null, false, null, null, null);
  }

  /** The same keys for a {@link CsvSource}. */
  public CsvConfig csv() {
    return new CsvConfig(path, columns, "\t", missing, trim, encoding, onBadRow, maxBadRows);
  }
}
