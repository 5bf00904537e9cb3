package org.mtl4j.data.dataset;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.Columns;

/**
 * Rows with their ages.
 *
 * @param source the rows
 * @param ages how old they are
 */
record AgedSource(BatchSource source, RowAges ages) implements BatchSource {
  @Override
  public Columns columns() {
    return source.columns().and(RowAges.COLUMN.all());
  }

  @Override
  public Set<String> missing(String column) {
    return source.columns().contains(column) ? source.missing(column) : Set.of();
  }

  @Override
  public RawCursor open() {
    ages.bind();
    return source.open().map(ages::of);
  }

  @Override
  public List<String> warnings() {
    return source.warnings();
  }

  @Override
  public boolean hasQuickFingerprint() {
    return source.hasQuickFingerprint();
  }

  /** Over the source's fingerprint, and what ages follow from. */
  @Override
  public String fingerprint() {
    String parts = source.fingerprint() + "\n" + ages;
    return Hashing.sha256().hashString(parts, StandardCharsets.UTF_8).toString();
  }
}
