package org.mtl4j.eval.interval;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import org.mtl4j.core.metric.EvaluationRows;

/** The sums over rows that go together, and over all of them, that the variance is made of. */
final class ClusterSums {
  private final EvaluationRows rows;
  private final IntUnaryOperator units;
  private final double auc;
  private final boolean grouped;

  /** Per group the sum over its positives, and over its negatives. */
  private final double[] positives;

  private final double[] negatives;
  private final BitSet hasPositive = new BitSet();
  private final BitSet hasNegative = new BitSet();
  private double positiveWeight;
  private double negativeWeight;
  private double ofPositives;
  private double ofNegatives;
  private double ofBoth;
  private int withPositive;
  private int withNegative;
  private int withAny;

  /** By group, or where there are none every row by itself: of no rows yet. */
  ClusterSums(EvaluationRows rows, double auc) {
    this.rows = rows;
    this.units = rows.units();
    this.auc = auc;
    this.grouped = rows.groups().isPresent();
    this.positives = new double[grouped ? rows.unitCount() : 0];
    this.negatives = new double[positives.length];
  }

  /** Takes a row by where it stands; each is to be taken once. */
  void add(int row, double placement) {
    double weight = rows.weight(row);
    if (weight == 0) {
      return;
    }
    boolean isPositive = rows.labels().get(row) == 1;
    double part = weight * (placement - auc);
    if (isPositive) {
      positiveWeight += weight;
    } else {
      negativeWeight += weight;
    }
    if (grouped) {
      int unit = units.applyAsInt(row);
      (isPositive ? positives : negatives)[unit] += part;
      (isPositive ? hasPositive : hasNegative).set(unit);
    } else {
      addCluster(isPositive ? part : 0, isPositive ? 0 : part);
      withPositive += isPositive ? 1 : 0;
      withNegative += isPositive ? 0 : 1;
      withAny++;
    }
  }

  private void addCluster(double positive, double negative) {
    ofPositives += positive * positive;
    ofNegatives += negative * negative;
    ofBoth += positive * negative;
  }

  /** Takes the groups, once all rows are taken. */
  ClusterSums done() {
    for (int unit = 0; unit < positives.length; unit++) {
      addCluster(positives[unit], negatives[unit]);
    }
    if (grouped) {
      withPositive = hasPositive.cardinality();
      withNegative = hasNegative.cardinality();
      hasPositive.or(hasNegative);
      withAny = hasPositive.cardinality();
    }
    return this;
  }

  /** The variance of the AUC; NaN where a class is in fewer than two groups. */
  double variance() {
    if (withPositive < 2 || withNegative < 2) {
      return Double.NaN;
    }
    return correction(withPositive) * ofPositives / (positiveWeight * positiveWeight)
        + correction(withNegative) * ofNegatives / (negativeWeight * negativeWeight)
        + 2 * correction(withAny) * ofBoth / (positiveWeight * negativeWeight);
  }

  private static double correction(int groups) {
    return groups / (groups - 1.0);
  }
}
