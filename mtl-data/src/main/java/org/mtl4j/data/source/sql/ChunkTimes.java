package org.mtl4j.data.source.sql;

import java.sql.SQLException;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;

/** Dates, times and instants, as texts. */
final class ChunkTimes implements ChunkColumn {
  private final ValueKind kind;
  private final String method;
  private String[] texts = new String[0];
  private int taken;

  /** None yet. */
  ChunkTimes(ValueKind kind) {
    this.kind = kind;
    this.method =
        switch (kind) {
          case DATE -> "getLocalDate";
          case TIMESTAMP -> "getLocalDateTime";
          default -> "getOffsetDateTime";
        };
  }

  @Override
  public void take(DuckVector vector, int from, int count, LongTexts elsewhere)
      throws SQLException {
    texts = Arrays.copyOf(texts, taken + count);
    for (int row = from; row < from + count; row++) {
      texts[taken] = kind.spell((TemporalAccessor) vector.value(method, row));
      taken++;
    }
  }

  @Override
  public int taken() {
    return taken;
  }

  @Override
  public Object values() {
    return texts;
  }
}
