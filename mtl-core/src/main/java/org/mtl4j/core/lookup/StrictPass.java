package org.mtl4j.core.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;

/** Waits for every answer, and fails with the first table that fails. */
final class StrictPass implements LookupPass {
  private final List<Open> tables = new ArrayList<>();

  /** A table with what was asked so far. */
  private static final class Open {
    private final LookupSpec spec;
    private final FeatureLookup lookup;
    private long rows;
    private long orphans;

    Open(LookupSpec spec, FeatureLookup lookup) {
      this.spec = spec;
      this.lookup = lookup;
    }

    RawBatch fill(RawBatch block) {
      try {
        LookupJoin.Joined joined =
            new LookupJoin(spec, ids -> Optional.of(lookup.find(ids))).fill(block);
        rows += joined.ids();
        orphans += joined.orphans();
        return joined.rows();
      } catch (MtlException e) {
        throw JoinedTable.placed(spec.name(), e);
      }
    }
  }

  @Override
  public void open(JoinedTable joined) {
    tables.add(new Open(joined.spec(), joined.open()));
  }

  @Override
  public RawBatch fill(RawBatch rows) {
    RawBatch filled = rows;
    for (Open table : tables) {
      filled = table.fill(filled);
    }
    return filled;
  }

  @Override
  public List<String> warnings() {
    return tables.stream()
        .flatMap(table -> table.spec.orphans(table.orphans, table.rows).stream())
        .toList();
  }

  @Override
  public void close() {
    List<Runnable> closings = tables.stream().<Runnable>map(table -> table.lookup::close).toList();
    tables.clear();
    Closing.all(closings);
  }
}
