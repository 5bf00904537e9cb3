package org.mtl4j.data.simulator;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;

/** A whole log in memory, with the figures that tests need of it. */
final class Log {
  private final RawBatch rows;

  Log(BatchSource source) {
    try (RawCursor cursor = source.open()) {
      rows = cursor.next(Integer.MAX_VALUE).orElseThrow();
    }
  }

  int size() {
    return rows.rowCount();
  }

  double[] numbers(String column) {
    return (double[]) rows.values(rows.columns().indexOf(column));
  }

  String[] texts(String column) {
    return (String[]) rows.values(rows.columns().indexOf(column));
  }

  /** Positions of the rows where a column is there. */
  int[] present(String column) {
    double[] values = numbers(column);
    return IntStream.range(0, size()).filter(i -> !Double.isNaN(values[i])).toArray();
  }

  /** Mean of a column over the rows where it is there. */
  double mean(String column) {
    return Arrays.stream(numbers(column)).filter(v -> !Double.isNaN(v)).average().orElseThrow();
  }

  /** The probability that a positive row is scored above a negative one, ties counting half. */
  double auc(String label, String score) {
    double[] labels = numbers(label);
    double[] scores = numbers(score);
    int[] order =
        Arrays.stream(present(label))
            .boxed()
            .sorted((a, b) -> Double.compare(scores[a], scores[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double wins = 0;
    double positives = 0;
    double negatives = 0;
    for (int first = 0, next; first < order.length; first = next) {
      double tiedPositives = 0;
      for (next = first; next < order.length && scores[order[next]] == scores[order[first]]; ) {
        tiedPositives += labels[order[next++]];
      }
      double tiedNegatives = next - first - tiedPositives;
      wins += tiedPositives * (negatives + tiedNegatives / 2);
      positives += tiedPositives;
      negatives += tiedNegatives;
    }
    return wins / (positives * negatives);
  }
}
