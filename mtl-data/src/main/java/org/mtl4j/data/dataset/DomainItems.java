package org.mtl4j.data.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.split.Split;

/**
 * The items of each domain apart, for what one of them offers is nothing that the other's users
 * passed over; all of one where the plan names no domain.
 */
final class DomainItems {
  private final NegativePlan plan;
  private final Columns columns;
  private final HeapShare heap;
  private final OptionalInt domain;
  private final int[] itemColumns;
  private final Map<String, KnownItems> known = new HashMap<>();

  /**
   * Nothing known yet.
   *
   * @param columns of the rows
   * @param heap of all domains together
   */
  DomainItems(NegativePlan plan, Columns columns, HeapShare heap) {
    this.plan = plan;
    this.columns = columns;
    this.heap = heap;
    this.domain = plan.domain(columns);
    new KnownItems(plan, columns, heap); // Its columns are there.
    this.itemColumns = plan.items(columns);
  }

  /**
   * Takes rows in.
   *
   * @param splits what each is for
   * @throws org.mtl4j.core.error.MtlException of code MEMORY if there is no room for more
   */
  void observe(Split[] splits, RawBatch rows) {
    for (int row = 0; row < rows.rowCount(); row++) {
      of(rows, row).observe(splits[row], rows, row);
    }
  }

  /** No more rows come. */
  void finish() {
    known.values().forEach(KnownItems::finish);
  }

  /** Positions of the columns that go with an item. */
  int[] columns() {
    return itemColumns;
  }

  /** Items of a row's domain, as {@link KnownItems#draw} has them. */
  List<Object[]> draw(RawBatch rows, int row, int wanted, SplittableRandom random) {
    return of(rows, row).draw(rows, row, wanted, random);
  }

  private KnownItems of(RawBatch rows, int row) {
    String name = domain.isPresent() ? rows.text(domain.getAsInt(), row) : "";
    return known.computeIfAbsent(name, n -> new KnownItems(plan, columns, heap));
  }
}
