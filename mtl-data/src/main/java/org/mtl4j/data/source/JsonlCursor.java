package org.mtl4j.data.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.task.Columns;

/** One pass over the files of a {@link JsonlSource}. */
final class JsonlCursor implements RawCursor {
  private static final int MAX_NAMES = 5;

  private final JsonlTable table;
  private final Columns columns;
  private final Consumer<List<String>> atEnd;
  private final JsonlLines lines;
  private final Set<String> ignored = new LinkedHashSet<>();
  private final boolean[] seen;
  private boolean moreIgnored;
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

  /** Names are kept up to a number: rows may have different keys each. */
  private void ignore(String path) {
    // Columns that are named are a choice; what is not among them is left out on purpose.
    if (table.config().columns().isEmpty() && !ignored.contains(path)) {
      if (ignored.size() < MAX_NAMES) {
        ignored.add(path);
      } else {
        moreIgnored = true;
      }
    }
  }

  private void finish() {
    if (nextRecord == 0) {
      throw lines.noRows();
    }
    List<String> warnings = new ArrayList<>(lines.skipped().sentence().stream().toList());
    lateKeys().ifPresent(warnings::add);
    for (int c = 0; c < seen.length; c++) {
      if (!seen[c] && table.config().columns().isPresent()) {
        warnings.add(
            "The column \"%s\" has no value in any row; a key within a key is spelt outer.inner."
                .formatted(Excerpt.of(columns.names().get(c))));
      }
    }
    atEnd.accept(List.copyOf(warnings));
  }

  private Optional<String> lateKeys() {
    if (ignored.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = ignored.stream().map(name -> "\"" + Excerpt.of(name) + "\"").toList();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Keys that the first %,d rows lack were not read: %s%s; name all columns in"
                + " data.source.columns to read them.",
            JsonlTable.SAMPLE_ROWS,
            String.join(", ", names),
            moreIgnored ? " and more" : ""));
  }

  @Override
  public void close() {
    closed = true;
    lines.close();
  }
}
