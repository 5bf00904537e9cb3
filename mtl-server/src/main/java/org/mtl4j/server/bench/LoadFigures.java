package org.mtl4j.server.bench;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;

/**
 * What a load came to.
 *
 * @param seconds from the first request to the last answer
 * @param counts requests by what came of them
 * @param answered how long those took that were answered
 * @param refused how long those took that were refused
 */
public record LoadFigures(
    double seconds, Map<Outcome, Long> counts, Latency answered, Latency refused) {
  /** Copies the map. */
  public LoadFigures {
    counts = Map.copyOf(counts);
  }

  /** What was noted on the way. */
  static LoadFigures of(double seconds, Map<Outcome, ? extends AbstractHistogram> taken) {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    taken.forEach((outcome, histogram) -> counts.put(outcome, histogram.getTotalCount()));
    return new LoadFigures(
        seconds,
        counts,
        Latency.of(taken.get(Outcome.ANSWERED)),
        Latency.of(taken.get(Outcome.REFUSED)));
  }

  /** How many requests ended so. */
  public long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** Requests that were answered, a second. */
  public double perSecond() {
    return count(Outcome.ANSWERED) / seconds;
  }

  /**
   * A distribution, in milliseconds, right to three digits; zeros if there was nothing.
   *
   * @param p50 the median
   * @param p90 of ten, nine took no longer
   * @param p99 of a hundred, all but one
   * @param p999 of a thousand, all but one
   * @param max the longest
   */
  public record Latency(double p50, double p90, double p99, double p999, double max) {
    private static Latency of(AbstractHistogram taken) {
      return new Latency(
          millis(taken, 50),
          millis(taken, 90),
          millis(taken, 99),
          millis(taken, 99.9),
          millis(taken, 100));
    }

    private static double millis(AbstractHistogram taken, double percent) {
      return taken.getTotalCount() == 0 ? 0 : taken.getValueAtPercentile(percent) / 1e6;
    }
  }
}
