package org.mtl4j.experiment.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;

/**
 * Says of encoded rows which records of the source they are. A record's number, below 2^48, stands
 * among the labels, under a name that no output has, as by {@link MarkedNumbers}.
 */
final class RecordMarks {
  private static final String KEY = "record number";

  private RecordMarks() {}

  /** The labels of a block and the marks. */
  static Map<String, LabelColumn> mark(RawBatch rows, Map<String, LabelColumn> labels) {
    long[] records = new long[rows.rowCount()];
    Arrays.setAll(records, rows::record);
    Map<String, LabelColumn> marked = new LinkedHashMap<>(labels);
    marked.put(KEY, MarkedNumbers.of(records));
    return marked;
  }

  /** The records [n] of rows that were marked. */
  static long[] of(Map<String, LabelColumn> labels) {
    return MarkedNumbers.read(labels.get(KEY));
  }
}
