package org.mtl4j.data.source.sql;

import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.FeatureLookup;
import org.mtl4j.core.lookup.LookupEntries;
import org.mtl4j.core.task.Columns;

/** Asks a database for the rows of some ids, by prepared statements. */
final class JdbcLookup implements FeatureLookup {
  /** What every database takes in a list: Oracle ends at 1,000. */
  static final int MAX_IDS = 1_000;

  private final JdbcDatabase database;
  private final Query query;
  private final IdKind kind;
  private final String start;
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
  private final Map<List<String>, Asking> asked =
      Collections.synchronizedMap(new IdentityHashMap<>());
  private volatile boolean closed;

  private JdbcLookup(JdbcDatabase database, Query query, IdKind kind, String start) {
    this.database = database;
    this.query = query;
    this.kind = kind;
    this.start = start;
  }

  /**
   * Connects.
   *
   * @throws MtlException of code DATA_FORMAT if the key is of a type that no id can be asked for as
   */
  static JdbcLookup open(JdbcDatabase database, Query query, String key, List<String> columns) {
    Session session = database.connectBriefly();
    try {
      IdKind kind = IdKind.of(session, query, key);
      String quote = session.quote();
      String wanted =
          Stream.concat(Stream.of(key), columns.stream())
              .map(name -> quoted(name, quote))
              .collect(Collectors.joining(", "));
      String start =
          "select %s from (%s) mtl_lookup where %s in "
              .formatted(wanted, query.sql(), quoted(key, quote));
      JdbcLookup lookup = new JdbcLookup(database, query, kind, start);
      lookup.idle.push(session);
      return lookup;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static String quoted(String name, String quote) {
    return quote + name.replace(quote, quote + quote) + quote;
  }

  @Override
  public LookupEntries find(List<String> ids) {
    Asking asking = new Asking();
    asked.put(ids, asking);
    try {
      return find(ids, asking);
    } finally {
      asked.remove(ids);
    }
  }

  @Override
  public void giveUp(List<String> ids) {
    Asking asking = asked.get(ids);
    if (asking != null) {
      asking.giveUp();
    }
  }

  private LookupEntries find(List<String> ids, Asking asking) {
    int[] rowOf = new int[ids.size()];
    Arrays.fill(rowOf, -1);
    List<Integer> askable =
        IntStream.range(0, rowOf.length).filter(i -> kind.spells(ids.get(i))).boxed().toList();
    Found found = new Found();
    for (int from = 0; from < askable.size(); from += MAX_IDS) {
      List<Integer> some = askable.subList(from, Math.min(askable.size(), from + MAX_IDS));
      found.add(ask(some.stream().map(ids::get).toList(), asking));
    }
    Map<String, Integer> rows = found.rows();
    for (int i : askable) {
      rowOf[i] = rows.getOrDefault(ids.get(i), -1);
    }
    return LookupEntries.of(found.batch(), rowOf);
  }

  /** With a connection that was idle, which may have broken meanwhile, or else with a new one. */
  private Answer ask(List<String> ids, Asking asking) {
    if (closed) {
      throw new IllegalStateException("the lookup by " + query.place() + " is closed");
    }
    Session known = idle.poll();
    if (known != null) {
      try {
        return ask(known, ids, asking);
      } catch (MtlException e) {
        if (e.code() != ErrorCode.IO || asking.isOver()) {
          throw e;
        }
      }
    }
    return ask(database.connectBriefly(), ids, asking);
  }

  private Answer ask(Session session, List<String> ids, Asking asking) {
    boolean kept = false;
    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
    Query some = new Query(start + "(" + places + ")", query.place(), query.typed());
    try (QueryRows rows =
        session.run(
            some,
            statement -> {
              for (int i = 0; i < ids.size(); i++) {
                kind.set(statement, i + 1, ids.get(i));
              }
              asking.begin(statement);
            })) {
      // One more than there can be tells of an id with two.
      Answer answer = new Answer(rows.columns(), rows.next(ids.size() + 1));
      kept = true;
      return answer;
    } finally {
      asking.end();
      if (kept && !closed) {
        idle.push(session);
      } else {
        session.close();
      }
    }
  }

  /** The rows of one statement. */
  private record Answer(Columns columns, Optional<Block> rows) {}

  /** The rows of all statements. */
  private final class Found {
    private Columns columns = new Columns(List.of());
    private Object[] values = {};
    private int count;

    void add(Answer answer) {
      if (answer.rows().isEmpty()) {
        return;
      }
      Block more = answer.rows().get();
      Object[] added = more.values().toArray();
      if (count == 0) {
        columns = answer.columns();
        values = added;
      } else {
        for (int c = 0; c < values.length; c++) {
          values[c] = joined(values[c], added[c], more.rowCount());
        }
      }
      count += more.rowCount();
    }

    private Object joined(Object first, Object second, int rows) {
      if (first instanceof double[] numbers) {
        double[] all = Arrays.copyOf(numbers, count + rows);
        System.arraycopy(second, 0, all, count, rows);
        return all;
      }
      String[] all = Arrays.copyOf((String[]) first, count + rows);
      System.arraycopy(second, 0, all, count, rows);
      return all;
    }

    RawBatch batch() {
      return new RawBatch(
          columns, count, 0, List.of(values), row -> query.place() + ", row " + (row + 1));
    }

    /** Per id its row. */
    Map<String, Integer> rows() {
      RawBatch batch = batch();
      Map<String, Integer> rows = new HashMap<>();
      for (int row = 0; row < count; row++) {
        String id = batch.text(0, row);
        if (rows.put(id, row) != null) {
          throw new MtlException(
              new Problem(
                  ErrorCode.DATA_FORMAT,
                  query.place(),
                  "Expected each \"%s\" once, found \"%s\" in two rows of the query."
                      .formatted(columns.names().get(0), Excerpt.of(id)),
                  "Have the query give one row for each id, by group by, say."));
        }
      }
      return rows;
    }
  }

  /** Connections in use are closed by whoever uses them. */
  @Override
  public void close() {
    closed = true;
    for (Session session = idle.poll(); session != null; session = idle.poll()) {
      session.close();
    }
  }
}
