package org.mtl4j.experiment.reproduce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.interval.StudentT;

/**
 * What came out of a reproduction.
 *
 * @param of what was looked for
 * @param brief whether it was made small, which proves nothing
 * @param seeds the seeds, in the order of all values
 * @param arms arm to figure to its values
 * @param verdicts one a claim whose figures are all there
 */
public record Reproduced(
    Reproduction of,
    boolean brief,
    List<Long> seeds,
    Map<String, Map<String, Spread>> arms,
    List<Verdict> verdicts) {
  /** Copies the containers. */
  public Reproduced {
    seeds = List.copyOf(seeds);
    arms = Collections.unmodifiableMap(new LinkedHashMap<>(arms));
    verdicts = List.copyOf(verdicts);
  }

  /**
   * A number of each seed.
   *
   * @param values by seed
   */
  public record Spread(List<Double> values) {
    /** Copies the list. */
    public Spread {
      values = List.copyOf(values);
    }

    /** The mean over the seeds. */
    public double mean() {
      return StudentT.mean(numbers());
    }

    /** The 95 % interval of the mean, by Student's distribution; empty of a single seed. */
    public Optional<Interval> interval() {
      return StudentT.interval(numbers());
    }

    private double[] numbers() {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /** Whether a claim holds. */
  public enum Outcome {
    /** The interval is above the bound. */
    HOLDS,
    /** The interval is not above the bound, nor below it. */
    OPEN,
    /** The interval is below the bound. */
    FAILS
  }

  /**
   * A claim and what speaks for it.
   *
   * @param claim what was said
   * @param sum its weighted sum, by seed
   */
  public record Verdict(Claim claim, Spread sum) {
    /** What it comes to; one seed leaves everything open. */
    public Outcome outcome() {
      Optional<Interval> interval = sum.interval();
      if (interval.isPresent() && interval.get().low() > claim.above()) {
        return Outcome.HOLDS;
      }
      return interval.isPresent() && interval.get().high() < claim.above()
          ? Outcome.FAILS
          : Outcome.OPEN;
    }
  }
}
