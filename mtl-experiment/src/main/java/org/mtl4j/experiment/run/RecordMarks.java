package org.mtl4j.experiment.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;

/**
 * Says of encoded rows which records of the source they are. A record's number, below 2^48, stands
 * among the labels, under a name that no output has, so that rows keep it wherever they are kept:
 * its lower 24 bits as the label, the upper ones as the weight, both exact as float32.
 */
final class RecordMarks {
  private static final String KEY = "record number";
  private static final int BITS = 24;
  private static final long LOW = (1L << BITS) - 1;

  private RecordMarks() {}

  /** The labels of a block and the marks. */
  static Map<String, LabelColumn> mark(RawBatch rows, Map<String, LabelColumn> labels) {
    float[] low = new float[rows.rowCount()];
    float[] high = new float[rows.rowCount()];
    boolean[] all = new boolean[rows.rowCount()];
    Arrays.fill(all, true);
    for (int row = 0; row < low.length; row++) {
      long record = rows.record(row);
      low[row] = record & LOW;
      high[row] = record >>> BITS;
    }
    Map<String, LabelColumn> marked = new LinkedHashMap<>(labels);
    marked.put(KEY, new LabelColumn(low, all, high));
    return marked;
  }

  /** The records [n] of rows that were marked. */
  static long[] of(Map<String, LabelColumn> labels) {
    LabelColumn marks = labels.get(KEY);
    long[] records = new long[marks.size()];
    Arrays.setAll(
        records, row -> ((long) marks.weights()[row] << BITS) | (long) marks.labels()[row]);
    return records;
  }
}
