package org.mtl4j.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.Excerpt;

/** One pass over the files of a {@link TfRecordSource}. */
final class TfRecordCursor implements RawCursor {
  private final TfRecordTable table;
  private final Consumer<List<String>> atEnd;
  private final TfRecords records;
  private final LateNames late = new LateNames();
  private final TfKind[] kinds;
  private final boolean[] seen;
  private long nextRecord;
  private boolean ended;
  private boolean closed;

  /**
   * Starts a pass.
   *
   * @param atEnd told what was odd when the pass has come to its end
   */
  TfRecordCursor(TfRecordTable table, Consumer<List<String>> atEnd) {
    this.table = table;
    this.atEnd = atEnd;
    this.records = new TfRecords(table.config(), table.files());
    this.kinds =
        table.kinds().values().stream().map(kind -> kind.orElse(null)).toArray(TfKind[]::new);
    this.seen = new boolean[kinds.length];
  }

  @Override
  public Optional<RawBatch> next(int maxRows) {
    if (closed) {
      throw new IllegalStateException("the cursor over TFRecord files is closed");
    }
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows: expected at least 1, found " + maxRows);
    }
    TfRecordBlock block = new TfRecordBlock(table, kinds, maxRows, this::ignore);
    while (!ended && block.rowCount() < maxRows) {
      ended = !block.add(records);
    }
    if (block.rowCount() == 0) {
      finish();
      return Optional.empty();
    }
    RawBatch batch = block.toBatch(nextRecord);
    nextRecord += batch.rowCount();
    look(batch);
    return Optional.of(batch);
  }

  /** Columns that are named are a choice; what is not among them is left out on purpose. */
  private void ignore(String name) {
    if (table.config().columns().isEmpty()) {
      late.add(name);
    }
  }

  private void look(RawBatch batch) {
    for (int c = 0; c < seen.length; c++) {
      for (int row = 0; !seen[c] && row < batch.rowCount(); row++) {
        seen[c] = batch.text(c, row) != null;
      }
    }
  }

  private void finish() {
    if (nextRecord == 0) {
      throw records.noRows();
    }
    List<String> warnings = new ArrayList<>(records.skipped().sentence().stream().toList());
    late.sentence("Features", TfRecordTable.SAMPLE_ROWS).ifPresent(warnings::add);
    for (int c = 0; c < seen.length; c++) {
      if (!seen[c] && table.config().columns().isPresent()) {
        String name = table.columns().names().get(c);
        warnings.add("The feature \"%s\" has no value in any row.".formatted(Excerpt.of(name)));
      }
    }
    atEnd.accept(List.copyOf(warnings));
  }

  @Override
  public void close() {
    closed = true;
    records.close();
  }
}
