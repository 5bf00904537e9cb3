package org.mtl4j.data.source.sql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.util.Arrays;
import org.mtl4j.core.batch.Utf8Column;

/** Texts: the vector's memory as it stands, and behind it what it does not hold. */
final class ChunkTexts implements ChunkColumn {
  private static final VarHandle LENGTH =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final boolean joined;
  private byte[] bytes = new byte[0];
  private int used;
  private int[] starts = new int[0];
  private int[] lengths = new int[0];
  private int taken;

  /**
   * None yet.
   *
   * @param joined whether the query joins its long texts
   */
  ChunkTexts(boolean joined) {
    this.joined = joined;
  }

  @Override
  public void take(DuckVector vector, int from, int count, LongTexts texts) throws SQLException {
    int slot = used;
    used += count * DuckVector.TEXT_BYTES;
    bytes = Arrays.copyOf(bytes, used);
    vector.data().get(from * DuckVector.TEXT_BYTES, bytes, slot, used - slot);
    starts = Arrays.copyOf(starts, taken + count);
    lengths = Arrays.copyOf(lengths, taken + count);
    for (int row = from; row < from + count; row++, slot += DuckVector.TEXT_BYTES) {
      int length = vector.isMissing(row) ? 0 : (int) LENGTH.get(bytes, slot);
      int start = slot + Integer.BYTES;
      if (length > DuckVector.SHORT_TEXT) {
        start = used;
        append(joined ? texts.joined(row, length) : LongTexts.alone(vector, row));
      }
      starts[taken] = start;
      lengths[taken] = isBlank(bytes, start, start + length) ? Utf8Column.MISSING : length;
      taken++;
    }
  }

  private void append(LongTexts.Part text) {
    int end = Math.addExact(used, text.length());
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(end, Math.min(2L * end, Integer.MAX_VALUE - 8)));
    }
    System.arraycopy(text.bytes(), text.from(), bytes, used, text.length());
    used = end;
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= 0 && bytes[i] <= ' ') {
      i++;
    }
    return i == to;
  }

  @Override
  public int taken() {
    return taken;
  }

  @Override
  public Object values() {
    return new Utf8Column(bytes, starts, lengths);
  }
}
