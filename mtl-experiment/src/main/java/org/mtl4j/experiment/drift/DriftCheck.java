package org.mtl4j.experiment.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.metric.StabilityIndex;

/**
 * Says where rows differ from those before by too much. Chance alone passes it: each limit has what
 * 999 of 1000 samples of so few rows stay below added to it.
 *
 * <ul>
 *   <li>A binary label's rate: its odds are more than doubled or halved.
 *   <li>A regression's mean: it is off by more than half of a standard deviation.
 *   <li>Classes and features: a population stability index above .25 ({@link StabilityIndex}), half
 *       a row added to each bin.
 *   <li>Values that the model does not know: more than half of the rows have one, and more than
 *       twice as many as before.
 *   <li>One value of many, an id: more than a fifth of the rows have it, and more than twice as
 *       many as before.
 * </ul>
 */
public final class DriftCheck {
  private static final double MUCH = 0.25;
  private static final double ODDS = Math.log(2);
  private static final double DEVIATIONS = 0.5;
  private static final double UNKNOWN = 0.5;
  private static final double ONE_TOKEN = 0.2;

  /** What 999 of 1000 stay within, of a normal distribution on both sides. */
  private static final double NORMAL = 3.2905;

  /** The same on one side. */
  private static final double NORMAL_ABOVE = 3.0902;

  private DriftCheck() {}

  /**
   * Compares.
   *
   * @param expected of the rows before
   * @param found of other rows, in the same bins
   */
  public static List<DriftFinding> of(RowProfile expected, RowProfile found) {
    List<DriftFinding> findings = new ArrayList<>();
    expected
        .labels()
        .forEach(
            (task, before) -> {
              LabelProfile now = found.labels().get(task);
              if (now != null && now.rows() > 0 && before.rows() > 0) {
                label(task, before, now, findings);
              }
            });
    expected
        .features()
        .forEach(
            (name, before) -> {
              FeatureProfile now = found.features().get(name);
              if (now != null && now.rows() > 0 && before.rows() > 0) {
                feature(name, before, now, findings);
              }
            });
    return findings;
  }

  private static void label(
      String task, LabelProfile before, LabelProfile now, List<DriftFinding> findings) {
    if (!before.shares().isEmpty()) {
      double[] a = array(before.shares());
      double[] b = array(now.shares());
      double index = StabilityIndex.of(a, b);
      double limit = MUCH + noise(a.length, before.rows(), now.rows());
      int most = most(a, b);
      String evidence =
          format(
              "its classes, most of all number %d: expected in %.1f %% of rows, found in %.1f %% of %.0f",
              most, 100 * a[most], 100 * b[most], now.rows());
      add(findings, new DriftFinding(task, "label_classes", index, limit, evidence));
    } else if (isRate(before)) {
      rate(task, before, now, findings);
    } else {
      double off = Math.abs(now.mean() - before.mean());
      double error = Math.hypot(now.deviation() / root(now), before.deviation() / root(before));
      double limit = DEVIATIONS * before.deviation() + NORMAL * error;
      String evidence =
          format(
              "its labels' mean: expected %.4g (deviation %.4g), found %.4g in %.0f rows",
              before.mean(), before.deviation(), now.mean(), now.rows());
      add(findings, new DriftFinding(task, "label_mean", off, limit, evidence));
    }
  }

  /** Zeros and ones: the deviation follows from the mean. */
  private static boolean isRate(LabelProfile label) {
    double variance = label.mean() * (1 - label.mean());
    return label.mean() >= 0
        && label.mean() <= 1
        && Math.abs(variance - label.deviation() * label.deviation()) < 1e-6;
  }

  /** With half a row added to either class, so that none is empty (Haldane 1956). */
  private static void rate(
      String task, LabelProfile before, LabelProfile now, List<DriftFinding> findings) {
    double off = Math.abs(logOdds(now) - logOdds(before));
    double limit = ODDS + NORMAL * Math.sqrt(variance(now) + variance(before));
    String evidence =
        format(
            "its rate of positives: expected %.4g of %.0f rows, found %.4g of %.0f",
            before.mean(), before.rows(), now.mean(), now.rows());
    add(findings, new DriftFinding(task, "label_rate", off, limit, evidence));
  }

  private static double logOdds(LabelProfile label) {
    return Math.log(positives(label) / negatives(label));
  }

  private static double variance(LabelProfile label) {
    return 1 / positives(label) + 1 / negatives(label);
  }

  private static double positives(LabelProfile label) {
    return label.rows() * label.mean() + 0.5;
  }

  private static double negatives(LabelProfile label) {
    return label.rows() * (1 - label.mean()) + 0.5;
  }

  private static void feature(
      String name, FeatureProfile before, FeatureProfile now, List<DriftFinding> findings) {
    double[] expected = before.shares();
    double[] found = now.shares();
    double limit = MUCH + noise(expected.length, before.rows(), now.rows());
    add(
        findings,
        new DriftFinding(
            name, "psi", StabilityIndex.of(expected, found), limit, most(before, now)));
    double error = Math.sqrt(now.unknownShare() * (1 - now.unknownShare()) / now.rows());
    double most = Math.max(UNKNOWN, 2 * before.unknownShare()) + NORMAL_ABOVE * error;
    String evidence =
        format(
            "values that the model does not know: expected in %.1f %% of rows, found in %.1f %% of %.0f",
            100 * before.unknownShare(), 100 * now.unknownShare(), now.rows());
    add(findings, new DriftFinding(name, "unknown", now.unknownShare(), most, evidence));
    if (before.hasFrequent()) {
      now.frequent().stream()
          .map(token -> share(name, token.token(), before, now))
          .max(Comparator.comparingDouble(one -> one.value() - one.limit()))
          .ifPresent(one -> add(findings, one));
    }
  }

  /** One id that floods a feature which has too many for bins. */
  private static DriftFinding share(
      String name, String token, FeatureProfile before, FeatureProfile now) {
    double found = now.share(token).orElseThrow();
    OptionalDouble known = before.share(token);
    double expected = known.orElse(before.largestOther());
    double error = Math.sqrt(found * (1 - found) / now.rows());
    String evidence =
        format(
            "its value \"%s\": expected in %s%.1f %% of rows, found in %.1f %% of %.0f",
            Excerpt.of(token),
            known.isPresent() ? "" : "at most ",
            100 * expected,
            100 * found,
            now.rows());
    double limit = Math.max(ONE_TOKEN, 2 * expected) + NORMAL_ABOVE * error;
    return new DriftFinding(name, "token_share", found, limit, evidence);
  }

  /** The bin that differs most, for people. */
  private static String most(FeatureProfile before, FeatureProfile now) {
    int bin = most(before.shares(), now.shares());
    return format(
        "its values, most of all %s: expected in %.1f %% of rows, found in %.1f %% of %.0f",
        before.words(bin), 100 * before.share(bin), 100 * now.share(bin), now.rows());
  }

  private static int most(double[] a, double[] b) {
    return IntStream.range(0, a.length)
        .boxed()
        .max(Comparator.comparing(bin -> Math.abs(a[bin] - b[bin])))
        .orElseThrow();
  }

  private static void add(List<DriftFinding> findings, DriftFinding finding) {
    if (finding.value() > finding.limit()) {
      findings.add(finding);
    }
  }

  /**
   * What the index of two samples of one distribution stays below, 999 times of 1000: it is close
   * to a chi-squared number of one degree less than there are bins, times the sum of the reciprocal
   * sizes (Yurdakul 2018); the quantile after Wilson and Hilferty (1931).
   */
  static double noise(int bins, double before, double now) {
    double degrees = Math.max(1, bins - 1);
    double part = 2 / (9 * degrees);
    double quantile = degrees * Math.pow(1 - part + NORMAL_ABOVE * Math.sqrt(part), 3);
    return quantile * (1 / before + 1 / now);
  }

  private static double root(LabelProfile label) {
    return Math.sqrt(label.rows());
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String format(String words, Object... numbers) {
    return String.format(Locale.ROOT, words, numbers);
  }
}
