package org.mtl4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.batch.Utf8Column;
import org.mtl4j.core.task.Columns;

/** The same rows with their texts as bytes. */
public final class Utf8Texts {
  private Utf8Texts() {}

  /** A column of texts as bytes, with other bytes before, between and behind them. */
  public static Utf8Column of(String... texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] starts = new int[texts.length];
    int[] lengths = new int[texts.length];
    for (int row = 0; row < texts.length; row++) {
      bytes.write('7');
      byte[] text = texts[row] == null ? new byte[0] : texts[row].getBytes(UTF_8);
      starts[row] = bytes.size();
      lengths[row] = texts[row] == null ? Utf8Column.MISSING : text.length;
      bytes.writeBytes(text);
    }
    bytes.write('7');
    return new Utf8Column(bytes.toByteArray(), starts, lengths);
  }

  /** A source whose blocks have all columns that are no numbers as bytes. */
  public static BatchSource of(BatchSource source) {
    return new BatchSource() {
      @Override
      public Columns columns() {
        return source.columns();
      }

      @Override
      public RawCursor open() {
        return source.open().map(Utf8Texts::of);
      }

      @Override
      public String fingerprint() {
        return source.fingerprint();
      }
    };
  }

  /** A block with all columns that are no numbers as bytes. */
  public static RawBatch of(RawBatch rows) {
    Map<Integer, Object> replaced = new HashMap<>();
    for (int c = 0; c < rows.columns().size(); c++) {
      if (!(rows.values(c) instanceof double[])) {
        String[] texts = new String[rows.rowCount()];
        System.arraycopy(rows.texts(c), 0, texts, 0, texts.length);
        replaced.put(c, of(texts));
      }
    }
    return rows.withValues(replaced);
  }
}
