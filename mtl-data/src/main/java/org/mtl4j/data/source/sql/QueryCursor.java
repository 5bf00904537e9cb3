package org.mtl4j.data.source.sql;

import static java.util.stream.Collectors.joining;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;

/**
 * One pass over the rows of one query or, one after the other, of several with the same columns. A
 * block ends where its query ends.
 */
public final class QueryCursor implements RawCursor {
  private final Database database;
  private final List<Query> all;
  private final Iterator<Query> queries;
  private final Columns columns;
  private final Watcher watcher;
  private Session session;
  private Query query;
  private QueryRows rows;
  private long nextRecord;
  private boolean closed;

  /** Whoever sees the rows go by. */
  interface Watcher {
    /** Sees nothing. */
    Watcher NONE =
        new Watcher() {
          @Override
          public void accept(Block rows) {}

          @Override
          public void end() {}
        };

    /** The next rows. */
    void accept(Block rows);

    /** There are no more. */
    void end();
  }

  /**
   * A pass.
   *
   * @param queries at least one
   * @param columns what each of them gives
   */
  public QueryCursor(Database database, List<Query> queries, Columns columns) {
    this(database, queries, columns, Watcher.NONE);
  }

  QueryCursor(Database database, List<Query> queries, Columns columns, Watcher watcher) {
    this.database = database;
    this.all = List.copyOf(queries);
    this.queries = all.iterator();
    this.columns = columns;
    this.watcher = watcher;
  }

  @Override
  public Optional<RawBatch> next(int maxRows) {
    if (closed) {
      throw new IllegalStateException("the cursor over " + all.get(0).place() + " is closed");
    }
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows: expected at least 1, found " + maxRows);
    }
    while (rows != null || queries.hasNext()) {
      if (rows == null) {
        start(queries.next());
      }
      long first = rows.given();
      Optional<Block> block = rows.next(maxRows);
      if (block.isPresent()) {
        return Optional.of(batch(block.get(), first));
      }
      rows.close();
      rows = null;
    }
    if (nextRecord == 0) {
      throw noRows();
    }
    watcher.end();
    return Optional.empty();
  }

  private void start(Query next) {
    if (session == null) {
      session = database.connect();
    }
    query = next;
    rows = next.typed() ? session.run(next) : session.scan(next);
    checkColumns(rows.columns());
  }

  private void checkColumns(Columns found) {
    if (!found.all().equals(columns.all())) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              query.place(),
              "Expected the columns %s as before, found %s."
                  .formatted(spell(columns), spell(found)),
              "Names or types of columns have changed since the data were opened: run again."));
    }
  }

  private static String spell(Columns columns) {
    return columns.all().stream()
        .map(column -> column.name() + " (" + column.type() + ")")
        .collect(joining(", "));
  }

  private RawBatch batch(Block block, long first) {
    watcher.accept(block);
    Query from = query;
    RawBatch batch =
        new RawBatch(
            columns, block.rowCount(), nextRecord, block.values(), row -> from.place(first + row));
    nextRecord += block.rowCount();
    return batch;
  }

  private MtlException noRows() {
    boolean typed = all.get(0).typed();
    return new MtlException(
        new Problem(
            ErrorCode.NO_ROWS,
            all.get(0).place(),
            typed
                ? "Expected at least one row, and the query gives none."
                : "Expected at least one row of data, found none.",
            typed ? "Check its conditions and joins." : "Check the file."));
  }

  @Override
  public void close() {
    closed = true;
    Session.close(rows);
    rows = null;
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
