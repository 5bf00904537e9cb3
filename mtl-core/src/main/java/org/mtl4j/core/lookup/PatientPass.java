package org.mtl4j.core.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.Columns;

/** Waits for an answer no longer than its time, and gives defaults instead. */
final class PatientPass implements LookupPass {
  private final List<PatientLookup> tables = new ArrayList<>();

  @Override
  public void open(JoinedTable joined) {
    Set<String> all =
        joined.spec().given().stream().map(Columns.Column::name).collect(Collectors.toSet());
    tables.add(new PatientLookup(joined.spec(), joined.open(), all));
  }

  @Override
  public RawBatch fill(RawBatch rows) {
    RawBatch filled = rows;
    for (PatientLookup table : tables) {
      filled = table.fill(filled);
    }
    return filled;
  }

  @Override
  public List<String> warnings() {
    return tables.stream().flatMap(table -> table.warnings().stream()).toList();
  }

  @Override
  public void close() {
    List<Runnable> closings = tables.stream().<Runnable>map(table -> table::close).toList();
    tables.clear();
    Closing.all(closings);
  }
}
