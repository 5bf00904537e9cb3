package org.mtl4j.server.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/** Notes how long requests took, by what came of them. Safe for several threads. */
final class Taken {
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;

  private final Map<Outcome, ConcurrentHistogram> histograms = new EnumMap<>(Outcome.class);

  Taken() {
    for (Outcome outcome : Outcome.values()) {
      histograms.put(outcome, new ConcurrentHistogram(LONGEST, DIGITS));
    }
  }

  void note(Outcome outcome, long nanos) {
    histograms.get(outcome).recordValue(Math.min(Math.max(nanos, 0), LONGEST));
  }

  LoadFigures figures(long nanos) {
    return LoadFigures.of(nanos / 1e9, histograms);
  }
}
