package org.mtl4j.data.lookup;

import java.util.List;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.lookup.FeatureLookup;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.task.Columns;

/**
 * The rows of a source as a lookup. Opened, it holds the ids and the columns asked for in memory,
 * in at most a quarter of the heap: equal texts once, and 16 bytes a value besides.
 *
 * <p>Errors, when it is opened: {@code DATA_FORMAT} for an id that comes twice, {@code MEMORY} for
 * a table that does not fit, and those of the source.
 */
public final class FileLookupTable implements LookupTable {
  private final BatchSource source;

  /** A lookup over the rows of a source. */
  public FileLookupTable(BatchSource source) {
    this.source = source;
  }

  @Override
  public Columns columns() {
    return source.columns();
  }

  @Override
  public Set<String> missing(String column) {
    return source.missing(column);
  }

  /** That of the source. */
  @Override
  public String fingerprint() {
    return source.fingerprint();
  }

  @Override
  public boolean hasQuickFingerprint() {
    return source.hasQuickFingerprint();
  }

  @Override
  public FeatureLookup open(String key, List<String> columns) {
    return MemoryTable.read(source, key, columns);
  }
}
