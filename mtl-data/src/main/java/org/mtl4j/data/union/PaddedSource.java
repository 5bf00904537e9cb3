package org.mtl4j.data.union;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * Some domains of a union, with the columns that only the others have: missing in every row. So a
 * model of all domains reads the rows of some. A warning names the columns, for one may be missing
 * by mistake.
 */
public final class PaddedSource implements BatchSource {
  private final BatchSource source;
  private final Columns padding;
  private final Columns columns;

  /**
   * A source with these columns at least.
   *
   * @param wanted their names
   */
  public PaddedSource(BatchSource source, Set<String> wanted) {
    this.source = source;
    Set<String> lacking = new TreeSet<>(wanted);
    lacking.removeAll(source.columns().names());
    this.padding = Columns.of(ColumnType.UNTYPED, List.copyOf(lacking));
    this.columns = source.columns().and(padding.all());
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public Set<String> missing(String column) {
    return padding.contains(column) ? Set.of() : source.missing(column);
  }

  @Override
  public RawCursor open() {
    return source.open().map(this::padded);
  }

  private RawBatch padded(RawBatch block) {
    return block.with(padding, Collections.nCopies(padding.size(), new String[block.rowCount()]));
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(source.warnings());
    if (padding.size() > 0) {
      List<String> names =
          padding.names().stream().map(name -> "\"" + Excerpt.of(name) + "\"").toList();
      warnings.add(
          "None of the domains given has %s: missing in every row."
              .formatted(String.join(", ", names)));
    }
    return warnings;
  }

  @Override
  public boolean hasQuickFingerprint() {
    return source.hasQuickFingerprint();
  }

  /** Over the source's fingerprint and the names of the columns that it lacks. */
  @Override
  public String fingerprint() {
    String parts = source.fingerprint() + "\n" + padding.names();
    return Hashing.sha256().hashString(parts, StandardCharsets.UTF_8).toString();
  }
}
