package org.mtl4j.data.describe;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.TimeShape;
import org.mtl4j.core.task.Decimals;

/** Counts what is in a column, in memory that does not grow with the number of rows. */
final class ColumnTally {
  /** Values beyond this number of different ones are not told apart. */
  private static final int MAX_DISTINCT = 10_000;

  private static final int MAX_FREQUENT = 5;

  private final String name;
  private final Map<String, long[]> counts = new HashMap<>();
  private boolean overflow;
  private boolean numeric = true;
  private boolean whole = true;
  private boolean time = true;
  private boolean date = true;
  private long missing;
  private long present;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double mean;
  private final TextTally texts = new TextTally();

  ColumnTally(String name) {
    this.name = name;
  }

  /** Takes the values of a block's column. */
  void add(RawBatch rows, int column) {
    for (int r = 0; r < rows.rowCount(); r++) {
      String value = rows.text(column, r);
      if (value == null) {
        missing++;
      } else {
        present++;
        time = time && PointInTime.is(value);
        date = date && isDate(value);
        texts.add(value);
        count(value);
        measure(value);
      }
    }
  }

  private static boolean isDate(String value) {
    return TimeShape.read(value).filter(read -> read.shape() == TimeShape.DATE).isPresent();
  }

  private void count(String value) {
    long[] count = counts.get(value);
    if (count != null) {
      count[0]++;
    } else if (counts.size() < MAX_DISTINCT) {
      counts.put(value, new long[] {1});
    } else {
      overflow = true;
    }
  }

  private void measure(String value) {
    double number = numeric ? Decimals.valueOf(value) : Double.NaN;
    if (!Double.isFinite(number)) {
      numeric = false;
      return;
    }
    whole = whole && number == Math.rint(number);
    min = Math.min(min, number);
    max = Math.max(max, number);
    // As long as the column is numeric, every value present was measured.
    mean += (number - mean) / present;
  }

  ColumnSummary summary() {
    boolean number = numeric && present > 0;
    return new ColumnSummary(
        name,
        type(),
        missing,
        new ColumnSummary.Distinct(counts.size(), !overflow),
        number ? Optional.of(new ColumnSummary.Range(min, mean, max, whole)) : Optional.empty(),
        type() == ColumnSummary.Type.TEXT
            ? Optional.of(texts.summary(counts.size()))
            : Optional.empty(),
        frequent());
  }

  private ColumnSummary.Type type() {
    if (present == 0) {
      return ColumnSummary.Type.EMPTY;
    }
    if (time || date) {
      return ColumnSummary.Type.TIME;
    }
    return numeric ? ColumnSummary.Type.NUMBER : ColumnSummary.Type.TEXT;
  }

  private List<ColumnSummary.Frequent> frequent() {
    return counts.entrySet().stream()
        .map(entry -> new ColumnSummary.Frequent(entry.getKey(), entry.getValue()[0]))
        .sorted(
            Comparator.comparingLong(ColumnSummary.Frequent::count)
                .reversed()
                .thenComparing(ColumnSummary.Frequent::value))
        .limit(MAX_FREQUENT)
        .toList();
  }
}
