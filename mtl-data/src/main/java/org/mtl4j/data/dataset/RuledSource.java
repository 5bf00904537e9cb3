package org.mtl4j.data.dataset;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.Columns;

/**
 * A source after its rules: derived columns first, then {@code where}, then duplicates. Rows keep
 * their places, and their records count as they did before.
 */
public final class RuledSource implements BatchSource {
  private final BatchSource source;
  private final RowRules rules;
  private final DerivedColumns derived;
  private final Optional<BoundExpression> where;

  /**
   * Binds the rules to a source.
   *
   * @throws MtlException if an expression does not fit the source's columns; it names the key
   */
  public RuledSource(BatchSource source, RowRules rules) {
    this.source = source;
    this.rules = rules;
    this.derived = new DerivedColumns(rules.columns(), source.columns());
    try {
      this.where = rules.where().map(expression -> expression.bindNumber(derived.all()));
    } catch (MtlException e) {
      throw e.at("data.where");
    }
  }

  @Override
  public Columns columns() {
    return derived.all();
  }

  /** Those of the source; a derived column has none: what spells one there is its value. */
  @Override
  public Set<String> missing(String column) {
    return source.columns().contains(column) ? source.missing(column) : Set.of();
  }

  @Override
  public RawCursor open() {
    return new Cursor(source.open());
  }

  @Override
  public List<String> warnings() {
    return source.warnings();
  }

  @Override
  public boolean hasQuickFingerprint() {
    return source.hasQuickFingerprint();
  }

  /** Over the source's fingerprint and the rules. */
  @Override
  public String fingerprint() {
    String parts = source.fingerprint() + "\n" + rules;
    return Hashing.sha256().hashString(parts, StandardCharsets.UTF_8).toString();
  }

  private final class Cursor implements RawCursor {
    private final RawCursor rows;
    private final SeenRows seen = new SeenRows(source.columns().size());

    Cursor(RawCursor rows) {
      this.rows = rows;
    }

    @Override
    public Optional<RawBatch> next(int maxRows) {
      Optional<RawBatch> block = rows.next(maxRows).map(this::keep);
      while (block.isPresent() && block.get().rowCount() == 0) {
        block = rows.next(maxRows).map(this::keep);
      }
      return block;
    }

    private RawBatch keep(RawBatch block) {
      RawBatch extended = derived.of(block);
      if (where.isEmpty() && !rules.dropDuplicates()) {
        return extended;
      }
      return extended.select(
          IntStream.range(0, block.rowCount()).filter(row -> isKept(extended, row)).toArray());
    }

    private boolean isKept(RawBatch block, int row) {
      return where.map(condition -> condition.isTrue(block, row)).orElse(true)
          && (!rules.dropDuplicates() || seen.add(block, row));
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
