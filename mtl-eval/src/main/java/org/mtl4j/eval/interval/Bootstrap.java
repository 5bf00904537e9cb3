package org.mtl4j.eval.interval;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.provenance.Seed;

/**
 * How a figure varies over samples like the one at hand: as many groups as there are (rows, where
 * there are none) are drawn from it with replacement, each group with all of its rows, again and
 * again, and each time the figure is taken anew (Efron, Annals of Statistics 7, 1979; of whole
 * clusters Davison and Hinkley 1997, 3.8). Draw r depends on r and the seed alone: it is the same
 * for all systems measured on the same rows, and on any number of threads.
 *
 * @param replicates how many samples are drawn, 0 or more
 * @param mostRows how many rows all samples may have together: fewer are drawn where they would
 *     have more, but not below {@value #LEAST}
 */
public record Bootstrap(int replicates, long mostRows) {
  private static final int USUAL = 1000;
  private static final int LEAST = 100;

  /** Some seconds a metric on two cores; so 1,000,000 rows are the first to have no more draws. */
  private static final long USUAL_ROWS = 1_000_000_000L;

  /**
   * No experiment's own: figures of two runs on the same rows vary together only if the draws do.
   */
  private static final Seed SEED = new Seed(0).child("bootstrap");

  /** So many samples, however many rows there are. */
  public Bootstrap(int replicates) {
    this(replicates, Long.MAX_VALUE);
  }

  /** So many samples; where nobody says how many, 1,000, and fewer of more than 1,000,000 rows. */
  public static Bootstrap of(Optional<Integer> replicates) {
    return replicates.map(Bootstrap::new).orElseGet(() -> new Bootstrap(USUAL, USUAL_ROWS));
  }

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Bootstrap {
    if (replicates < 0) {
      throw new IllegalArgumentException(
          "bootstrap: expected at least 0 replicates, found " + replicates);
    }
  }

  /** How the rows are drawn. */
  static Interval.Method method(EvaluationRows rows) {
    return rows.groups().isPresent() ? Interval.Method.GROUP_BOOTSTRAP : Interval.Method.BOOTSTRAP;
  }

  /** The figures of all samples, as below. */
  double[][] figures(List<Metric> metrics, EvaluationRows rows) {
    return figures(metrics, rows, () -> {});
  }

  /**
   * The figures of all samples, as many at a time as this thread's pool has threads.
   *
   * @param metrics of the output
   * @param beforeEach called before each sample, from any thread; what it throws ends the bootstrap
   * @return [metrics][samples]; NaN where a metric is not defined
   */
  public double[][] figures(List<Metric> metrics, EvaluationRows rows, Runnable beforeEach) {
    int samples = samples(rows.size());
    double[][] figures = new double[metrics.size()][samples];
    if (metrics.isEmpty() || rows.unitCount() < 2) {
      Arrays.stream(figures).forEach(values -> Arrays.fill(values, Double.NaN));
      return figures;
    }
    IntStream draws = IntStream.range(0, samples);
    (hasRoomForAll(rows) ? draws.parallel() : draws)
        .forEach(
            r -> {
              beforeEach.run();
              EvaluationRows drawn = rows.resampled(draw(r, rows.unitCount()));
              for (int m = 0; m < figures.length; m++) {
                figures[m][r] = metrics.get(m).compute(drawn).orElse(Double.NaN);
              }
            });
    return figures;
  }

  /**
   * The intervals of figures that are no metrics, the gap between two groups of rows say.
   *
   * @param rows whose units are drawn
   * @param figures of drawn units: of [units], how often each was drawn, in the order of {@link
   *     EvaluationRows#resampled}; NaN where one is not defined
   * @return per figure its interval; empty where there is none to give
   */
  public List<Optional<Interval>> intervals(
      EvaluationRows rows, Function<int[], double[]> figures) {
    int units = rows.unitCount();
    double[][] drawn =
        IntStream.range(0, units < 2 ? 0 : samples(rows.size()))
            .parallel()
            .mapToObj(r -> figures.apply(draw(r, units)))
            .toArray(double[][]::new);
    return IntStream.range(0, figures.apply(new int[units]).length)
        .mapToObj(f -> Arrays.stream(drawn).mapToDouble(sample -> sample[f]).toArray())
        .map(values -> new Replicates(values, method(rows)).interval())
        .toList();
  }

  /** Whether there is room for a resample a thread; else there may be for one. */
  private static boolean hasRoomForAll(EvaluationRows rows) {
    return rows.space().resamplesAtOnce() > ForkJoinPool.getCommonPoolParallelism();
  }

  /** How many samples are drawn of n rows. */
  int samples(int n) {
    return (int) Math.min(replicates, Math.max(LEAST, mostRows / Math.max(1, n)));
  }

  /** How often each of n units is drawn, in n draws. */
  private static int[] draw(int replicate, int n) {
    SplittableRandom random = new SplittableRandom(SEED.indexed(replicate));
    int[] counts = new int[n];
    for (int i = 0; i < n; i++) {
      counts[random.nextInt(n)]++;
    }
    return counts;
  }
}
