package org.mtl4j.experiment.compare;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.experiment.run.Timing;

/**
 * Runs, or systems of several runs, beside each other, each by its name: a run's folder, if nobody
 * says otherwise.
 *
 * @param baseline what the others are compared with
 * @param figures of each output and metric that says which of two models is better
 * @param costs of each run, the baseline's first
 */
public record Comparison(String baseline, List<Figure> figures, List<Cost> costs) {
  /** Copies the lists. */
  public Comparison {
    figures = List.copyOf(figures);
    costs = List.copyOf(costs);
  }

  /**
   * One figure of all runs.
   *
   * @param output the output
   * @param metric the metric's key
   * @param higherIsBetter whether larger is better
   * @param rows number of test rows that have a say
   * @param entries of each run, the baseline's first
   */
  public record Figure(
      String output, String metric, boolean higherIsBetter, int rows, List<Entry> entries) {
    /** Copies the list. */
    public Figure {
      entries = List.copyOf(entries);
    }

    /**
     * The run of the best figure among those that were shown to be better than the baseline; the
     * baseline where all others were shown to be worse; empty where no difference was shown.
     */
    public Optional<String> winner() {
      List<Entry> better = entries.stream().filter(e -> e.verdict() == Verdict.BETTER).toList();
      if (better.isEmpty()) {
        boolean best = entries.stream().skip(1).allMatch(e -> e.verdict() == Verdict.WORSE);
        return best ? Optional.of(entries.get(0).run()) : Optional.empty();
      }
      return better.stream().reduce(this::better).map(Entry::run);
    }

    private Entry better(Entry a, Entry b) {
      boolean first = a.value().orElseThrow() >= b.value().orElseThrow();
      return first == higherIsBetter ? a : b;
    }
  }

  /** What was shown of a run against the baseline. */
  public enum Verdict {
    /** It is the baseline. */
    BASELINE,
    /** It is better. */
    BETTER,
    /** It is worse. */
    WORSE,
    /** The difference may be chance. */
    NO_DIFFERENCE_SHOWN;

    /** In words. */
    public String words() {
      return switch (this) {
        case BASELINE -> "baseline";
        case BETTER -> "better";
        case WORSE -> "worse";
        case NO_DIFFERENCE_SHOWN -> "no difference shown";
      };
    }
  }

  /**
   * A figure of one run.
   *
   * @param run its name
   * @param value the figure; empty where it is not defined
   * @param interval of the figure by itself
   * @param difference to the baseline, on the same rows; empty for the baseline
   * @param corrected the difference's p-value by Holm, over all differences of the comparison
   * @param verdict what that shows
   */
  public record Entry(
      String run,
      OptionalDouble value,
      Optional<Interval> interval,
      Optional<Difference> difference,
      OptionalDouble corrected,
      Verdict verdict) {}

  /**
   * What a run costs.
   *
   * @param run its name
   * @param parameters numbers that were trained, embeddings included, optimiser's slots not; empty
   *     if the best checkpoint is no longer there
   * @param timing how fast it was trained; without lines where that is not known
   * @param latencyMillis median time of a request of 100 rows without values to the export, after
   *     warming up, on this machine and now
   */
  public record Cost(String run, OptionalLong parameters, Timing timing, double latencyMillis) {}
}
