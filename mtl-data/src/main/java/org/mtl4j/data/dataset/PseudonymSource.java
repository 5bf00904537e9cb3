package org.mtl4j.data.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.Pseudonyms;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * A source with {@link Pseudonyms} in place of ids, before anything looks at a row: no vocabulary,
 * cache, file of predictions or message holds an id then. A column of pseudonyms is TEXT; what
 * stands for a missing value does so as before. Columns that the source has not are nobody's ids.
 */
public final class PseudonymSource implements BatchSource {
  private final BatchSource source;
  private final Pseudonyms pseudonyms;
  private final Columns columns;

  /** A source whose ids are replaced. */
  public PseudonymSource(BatchSource source, Pseudonyms pseudonyms) {
    this.source = source;
    this.pseudonyms = pseudonyms;
    this.columns =
        new Columns(
            source.columns().all().stream()
                .map(c -> isId(c.name()) ? new Columns.Column(c.name(), ColumnType.TEXT) : c)
                .toList());
  }

  private boolean isId(String column) {
    return pseudonyms.columns().contains(column);
  }

  @Override
  public Columns columns() {
    return columns;
  }

  /** A request holds their pseudonyms, as it does of every value. */
  @Override
  public Set<String> missing(String column) {
    Set<String> missing = source.missing(column);
    return isId(column)
        ? missing.stream().map(pseudonyms::of).collect(Collectors.toUnmodifiableSet())
        : missing;
  }

  @Override
  public List<String> warnings() {
    return source.warnings();
  }

  /** Over the source's fingerprint, the columns and the salt. */
  @Override
  public String fingerprint() {
    String parts = source.fingerprint() + "\n" + pseudonyms.check();
    return Hashing.sha256().hashString(parts, UTF_8).toString();
  }

  @Override
  public boolean hasQuickFingerprint() {
    return source.hasQuickFingerprint();
  }

  @Override
  public RawCursor open() {
    return source.open().map(this::replaced);
  }

  private RawBatch replaced(RawBatch block) {
    List<Object> values = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      values.add(
          isId(columns.names().get(column)) ? pseudonyms(block, column) : block.values(column));
    }
    return block.of(columns, values);
  }

  private String[] pseudonyms(RawBatch block, int column) {
    String[] replaced = new String[block.rowCount()];
    for (int row = 0; row < replaced.length; row++) {
      replaced[row] = pseudonyms.of(block.text(column, row));
    }
    return replaced;
  }
}
