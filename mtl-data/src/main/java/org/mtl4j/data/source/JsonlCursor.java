package org.mtl4j.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.task.Columns;

/** One pass over the files of a {@link JsonlSource}. */
final class JsonlCursor implements RawCursor {
  private final JsonlTable table;
  private final Columns columns;
  private final Consumer<List<String>> atEnd;
  private final JsonlLines lines;
  private final LateNames late = new LateNames();
  private final boolean[] seen;
  private long nextRecord;
  private boolean ended;
  private boolean closed;

  /**
   * Starts a pass.
   *
   * @param atEnd told what was odd when the pass has come to its end
   */
  JsonlCursor(JsonlTable table, Columns columns, Consumer<List<String>> atEnd) {
    this.table = table;
    this.columns = columns;
    this.atEnd = atEnd;
    this.seen = new boolean[columns.size()];
    this.lines = new JsonlLines(table.config(), table.files());
  }

  @Override
  public Optional<RawBatch> next(int maxRows) {
    if (closed) {
      throw new IllegalStateException("the cursor over JSON lines is closed");
    }
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows: expected at least 1, found " + maxRows);
    }
    JsonlBlock block = new JsonlBlock(table, columns, maxRows, this::ignore, seen);
    while (!ended && block.rowCount() < maxRows) {
      ended = !block.add(lines);
    }
    if (block.rowCount() == 0) {
      finish();
      return Optional.empty();
    }
    RawBatch batch = block.toBatch(nextRecord);
    nextRecord += batch.rowCount();
    return Optional.of(batch);
  }

  /** Columns that are named are a choice; what is not among them is left out on purpose. */
  private void ignore(String path) {
    if (table.config().columns().isEmpty()) {
      late.add(path);
    }
  }

  private void finish() {
    if (nextRecord == 0) {
      throw lines.noRows();
    }
    List<String> warnings = new ArrayList<>(lines.skipped().sentence().stream().toList());
    late.sentence("Keys", JsonlTable.SAMPLE_ROWS).ifPresent(warnings::add);
    for (int c = 0; c < seen.length; c++) {
      if (!seen[c] && table.config().columns().isPresent()) {
        warnings.add(
            "The column \"%s\" has no value in any row; a key within a key is spelt outer.inner."
                .formatted(Excerpt.of(columns.names().get(c))));
      }
    }
    atEnd.accept(List.copyOf(warnings));
  }

  @Override
  public void close() {
    closed = true;
    lines.close();
  }
}
