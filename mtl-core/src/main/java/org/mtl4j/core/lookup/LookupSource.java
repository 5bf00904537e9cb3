package org.mtl4j.core.lookup;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;

/**
 * A source with the columns of lookups behind its own, joined block by block. Tables are open
 * during a pass. Of rows to learn from and of files there is no time-out: nothing is to be learnt
 * from the defaults of a database that was slow. A pass over such rows in which the tables give
 * other values than in the first is an error.
 */
public final class LookupSource implements BatchSource {
  private final BatchSource source;
  private final List<JoinedTable> tables;
  private final Columns columns;
  private final Use use;
  private final AtomicReference<String> firstValues = new AtomicReference<>();
  private final AtomicReference<List<String>> defaults = new AtomicReference<>(List.of());

  /** What rows are for. */
  private enum Use {
    /** To learn from: the linter speaks of ids without an entry. */
    LEARN,
    /** To predict, from a file: whoever started that waits. */
    READ,
    /** To answer a request: within its time. */
    ANSWER
  }

  private LookupSource(BatchSource source, List<JoinedTable> tables, Use use) {
    this.source = source;
    this.tables = List.copyOf(tables);
    this.use = use;
    Columns all = source.columns();
    for (JoinedTable joined : tables) {
      all = all.and(joined.spec().lacking(all));
    }
    this.columns = all;
  }

  /**
   * Rows to learn from.
   *
   * @param tables in this order: one may take its ids from a column of another before it
   * @throws MtlException with all problems: a source without the ids' column, or with a column that
   *     a lookup gives too
   */
  public static BatchSource joined(BatchSource source, List<JoinedTable> tables) {
    List<Problem> problems = new ArrayList<>();
    Columns columns = source.columns();
    for (JoinedTable joined : tables) {
      problems.addAll(problems(joined.spec(), columns));
      columns = columns.and(joined.spec().lacking(columns));
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    return tables.isEmpty() ? source : new LookupSource(source, tables, Use.LEARN);
  }

  /**
   * Rows to predict, of which some columns may be there already: those stay as they are. Ids
   * without an entry are among the warnings.
   */
  public static BatchSource filled(BatchSource source, List<JoinedTable> tables) {
    return lacking(source, tables, Use.READ);
  }

  /**
   * The same for a request: a table that gives no answer in its time, or fails, gives defaults, and
   * the warnings say so.
   */
  public static BatchSource requested(BatchSource source, List<JoinedTable> tables) {
    return lacking(source, tables, Use.ANSWER);
  }

  private static BatchSource lacking(BatchSource source, List<JoinedTable> tables, Use use) {
    List<JoinedTable> asked = new ArrayList<>();
    Columns columns = source.columns();
    for (JoinedTable joined : tables) {
      List<Columns.Column> lacking = joined.spec().lacking(columns);
      columns = columns.and(lacking);
      if (!lacking.isEmpty()) {
        asked.add(joined);
      }
    }
    return asked.isEmpty() ? source : new LookupSource(source, asked, use);
  }

  private static List<Problem> problems(LookupSpec spec, Columns columns) {
    List<Problem> problems = new ArrayList<>();
    String here = "data.lookups." + spec.name();
    if (!columns.contains(spec.column())) {
      Problem missing = columns.missing(spec.column());
      problems.add(
          new Problem(
              ErrorCode.COLUMN_MISSING,
              here,
              "The source has no column \"%s\" with the ids to look up.".formatted(spec.column()),
              missing.remedy() + " The key column of the lookup names it."));
    }
    for (Columns.Column given : spec.given()) {
      if (columns.contains(given.name())) {
        problems.add(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                here,
                "Expected columns that the rows do not have, found \"%s\", which they have."
                    .formatted(given.name()),
                given.name().equals(spec.found())
                    ? "Give the lookup another name."
                    : "Leave it out of the lookup's columns, or out of the source's."));
      }
    }
    return problems;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public Set<String> missing(String column) {
    if (source.columns().contains(column)) {
      return source.missing(column);
    }
    return tables.stream()
        .filter(one -> one.spec().columns().stream().anyMatch(c -> c.name().equals(column)))
        .findFirst()
        .map(one -> one.table().missing(column))
        .orElse(Set.of());
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(source.warnings());
    warnings.addAll(defaults.get());
    return warnings;
  }

  /** Over the source's fingerprint, those of the tables, and what rows get from them. */
  @Override
  public String fingerprint() {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putString(source.fingerprint(), StandardCharsets.UTF_8);
    for (JoinedTable joined : tables) {
      LookupSpec spec = joined.spec();
      String text =
          String.join("\n", "", spec.column(), spec.key(), spec.found(), "" + spec.columns(), "");
      hasher.putString(text + fingerprint(joined), StandardCharsets.UTF_8);
    }
    return hasher.hash().toString();
  }

  @Override
  public boolean hasQuickFingerprint() {
    return source.hasQuickFingerprint()
        && tables.stream().allMatch(joined -> joined.table().hasQuickFingerprint());
  }

  private static String fingerprint(JoinedTable joined) {
    try {
      return joined.table().fingerprint();
    } catch (MtlException e) {
      throw JoinedTable.placed(joined.spec().name(), e);
    }
  }

  @Override
  public RawCursor open() {
    return new Cursor();
  }

  private void check(String values) {
    String first = firstValues.compareAndExchange(null, values);
    if (first != null && !first.equals(values)) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              "data.lookups",
              "Expected the values that the lookups gave before for the same rows, found others.",
              "A table changed while the rows were read: run again, or copy it into a file."));
    }
  }

  private final class Cursor implements RawCursor {
    private final LookupPass pass = use == Use.ANSWER ? new PatientPass() : new StrictPass();
    private final Hasher values = Hashing.murmur3_128().newHasher();
    private RawCursor rows;
    private boolean ended;
    private boolean closed;

    @Override
    public Optional<RawBatch> next(int maxRows) {
      if (closed) {
        throw new IllegalStateException("the cursor over rows with lookups is closed");
      }
      if (rows == null) { // With the first block, on the thread that reads.
        rows = source.open();
        tables.forEach(pass::open);
      }
      Optional<RawBatch> block = rows.next(maxRows).map(this::fill);
      if (block.isEmpty() && !ended) {
        ended = true;
        if (use != Use.ANSWER) {
          check(values.hash().toString());
        }
        defaults.set(use == Use.LEARN ? List.of() : pass.warnings());
      }
      return block;
    }

    private RawBatch fill(RawBatch block) {
      RawBatch filled = pass.fill(block);
      for (int row = 0; row < filled.rowCount(); row++) {
        for (int c = block.columns().size(); c < filled.columns().size(); c++) {
          String text = filled.text(c, row);
          values.putInt(text == null ? -1 : text.length());
          values.putUnencodedChars(text == null ? "" : text);
        }
      }
      return filled;
    }

    @Override
    public void close() {
      closed = true;
      try (pass) {
        if (rows != null) {
          rows.close();
        }
      }
    }
  }
}
