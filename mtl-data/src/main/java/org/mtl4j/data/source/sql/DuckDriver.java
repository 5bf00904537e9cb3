package org.mtl4j.data.source.sql;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What DuckDB's driver offers beyond JDBC: results as chunks of vectors. It is found by name, as
 * the driver itself is, for no class of ours names one of its own. Two things have no public way to
 * them: a vector's memory, of which there is one for each value only, and why chunks end before the
 * rows do, without which a file that is damaged in its middle would be a short one.
 */
final class DuckDriver {
  private final Method query;
  private final Method nextChunk;
  private final Method checkError;
  private final Method chunk;
  private final Method rowCount;
  private final Method vector;
  private final Field data;
  private final Field validity;

  private DuckDriver(Class<?> statement) throws ReflectiveOperationException {
    query = statement.getMethod("query");
    Class<?> result = query.getReturnType();
    nextChunk = result.getMethod("nextChunk");
    checkError = result.getDeclaredMethod("checkError");
    checkError.setAccessible(true);
    chunk = result.getMethod("chunk");
    rowCount = chunk.getReturnType().getMethod("rowCount");
    vector = chunk.getReturnType().getMethod("vector", long.class);
    data = buffer(vector.getReturnType(), "data");
    validity = buffer(vector.getReturnType(), "validity");
  }

  private static Field buffer(Class<?> vector, String name) throws ReflectiveOperationException {
    Field field = vector.getDeclaredField(name);
    if (field.getType() != ByteBuffer.class) {
      throw new NoSuchFieldException(name);
    }
    field.setAccessible(true);
    return field;
  }

  /** The driver of a statement; empty if it is another one, or another version of it. */
  static Optional<DuckDriver> of(PreparedStatement statement) {
    try {
      return Optional.of(new DuckDriver(statement.getClass()));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return Optional.empty();
    }
  }

  /** Runs the statement: what gives its chunks, and is to be closed. */
  AutoCloseable run(PreparedStatement statement) throws SQLException {
    return (AutoCloseable) call(query, statement);
  }

  /**
   * Goes on to the next chunk of what {@link #run} gave. The memory of the one before is gone.
   *
   * @return false at the end of the rows
   * @throws SQLException if the query fails
   */
  boolean next(AutoCloseable result) throws SQLException {
    if ((Boolean) call(nextChunk, result)) {
      return true;
    }
    call(checkError, result);
    return false;
  }

  /**
   * The chunk at hand.
   *
   * @param kinds its columns
   * @param joined whether a column of joined texts comes behind them
   */
  DuckChunk chunk(AutoCloseable result, List<ValueKind> kinds, boolean joined) throws SQLException {
    Object found = call(chunk, result);
    int rows = Math.toIntExact((Long) call(rowCount, found));
    List<DuckVector> columns = new ArrayList<>();
    BitSet texts = new BitSet();
    for (int c = 0; c < kinds.size(); c++) {
      columns.add(vector(found, c));
      texts.set(c, ChunkQuery.isText(kinds.get(c)));
    }
    Optional<DuckVector> all = joined ? Optional.of(vector(found, kinds.size())) : Optional.empty();
    return DuckChunk.of(columns, texts, new LongTexts(all, rows), rows);
  }

  private DuckVector vector(Object in, int column) throws SQLException {
    Object found = call(vector, in, (long) column);
    try {
      return new DuckVector(
          this,
          found,
          (ByteBuffer) data.get(found),
          Optional.ofNullable((ByteBuffer) validity.get(found)));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a public method of a vector makes of a row's value. */
  Object value(Object vector, String method, int row) throws SQLException {
    try {
      return call(vector.getClass().getMethod(method, long.class), vector, (long) row);
    } catch (NoSuchMethodException e) {
      throw new SQLException("DuckDB's driver has no " + method, e);
    }
  }

  private static Object call(Method method, Object on, Object... arguments) throws SQLException {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new SQLException(e.getCause().getMessage(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
