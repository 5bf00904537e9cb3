package org.mtl4j.data.source.sql;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;

/**
 * A query that is run again for every pass, and has to give the same rows in the same order. SQL
 * promises no order without ORDER BY, and tables change: so the rows of each pass are hashed, and
 * one that ends with another hash than the first ends in an error. Splits and checkpoints go by a
 * row's number; other rows in its place would mix training with test data without a word.
 */
abstract sealed class QuerySource implements BatchSource permits SqlSource, JdbcSource {
  private static final int BLOCK = 4096;

  private final Database database;
  private final Query query;
  private final Columns columns;
  private final AtomicReference<String> firstHash = new AtomicReference<>();

  /**
   * Asks for the query's columns.
   *
   * @throws MtlException if the database is not there or refuses the query
   */
  QuerySource(Database database, Query query) {
    this.database = database;
    this.query = query;
    try (Session session = database.connect()) {
      this.columns = session.columns(query);
    }
  }

  @Override
  public final Columns columns() {
    return columns;
  }

  @Override
  public final RawCursor open() {
    RowDigest digest = new RowDigest(columns);
    return new QueryCursor(
        database,
        List.of(query),
        columns,
        new QueryCursor.Watcher() {
          private boolean ended;

          @Override
          public void accept(Block rows) {
            digest.add(rows);
          }

          @Override
          public void end() {
            if (!ended) {
              ended = true;
              check(digest.hex());
            }
          }
        });
  }

  @Override
  public final boolean hasQuickFingerprint() {
    return false;
  }

  /**
   * Over names and types of the columns and all rows in their order: of a query, no list of files
   * is certain to be all that it reads. It takes a pass, unless there was one.
   */
  @Override
  public final String fingerprint() {
    if (firstHash.get() == null) {
      try (RawCursor cursor = open()) {
        Optional<?> rows = cursor.next(BLOCK);
        while (rows.isPresent()) {
          rows = cursor.next(BLOCK);
        }
      }
    }
    return firstHash.get();
  }

  private void check(String hash) {
    String first = firstHash.compareAndExchange(null, hash);
    if (first != null && !first.equals(hash)) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              query.place(),
              "Expected the rows that the query gave before, in the same order, found others, or"
                  + " another order.",
              "End it with ORDER BY over columns that tell all rows apart; if it has that, its"
                  + " tables changed meanwhile, or it draws at random: copy its rows into a file,"
                  + " and read that."));
    }
  }
}
