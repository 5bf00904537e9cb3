package org.mtl4j.eval.metric;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.ScoreSums;
import org.mtl4j.core.metric.ScoreVisitor;

/**
 * What came true of what was predicted, bin by bin: the numbers of a reliability diagram
 * (Niculescu-Mizil and Caruana, ICML 2005). Rows of equal predictions are never parted, whatever
 * their order.
 *
 * @param bins those that weigh something, by rising prediction
 */
public record ReliabilityTable(List<Bin> bins) {
  /** Copies the list. */
  public ReliabilityTable {
    bins = List.copyOf(bins);
  }

  /**
   * Rows of similar predictions.
   *
   * @param least the lowest prediction
   * @param most the highest one
   * @param weight the example weights, added up
   * @param meanPrediction the mean of the predictions, by example weight
   * @param rate the share of positives, by example weight
   */
  public record Bin(double least, double most, double weight, double meanPrediction, double rate) {}

  /**
   * Bins of equal width: the i-th of n takes the predictions in ((i - 1) / n, i / n], the first one
   * 0 too. Where positives are rare nearly all rows are in the first.
   */
  public static ReliabilityTable ofEqualWidth(EvaluationRows rows, int n) {
    Sums[] sums = sums(n);
    rows.byFallingScore(new OfEqualWidth(sums));
    return of(sums);
  }

  /**
   * Bins of equal weight, as far as ties allow: the rows of one prediction are in that bin into
   * which the middle of their weight falls.
   */
  public static ReliabilityTable ofEqualWeight(EvaluationRows rows, int n) {
    ClassWeights all = ClassWeights.of(rows);
    double total = all.positives() + all.negatives();
    Sums[] sums = sums(n);
    rows.byFallingScore(new OfEqualWeight(sums, total));
    return of(sums);
  }

  /**
   * How far apart what was predicted and what came true are, on average over the rows by weight: in
   * [0, 1]. NaN without bins.
   */
  public double calibrationError() {
    double total = 0;
    double errors = 0;
    for (Bin bin : bins) {
      total += bin.weight();
      errors += bin.weight() * Math.abs(bin.meanPrediction() - bin.rate());
    }
    return errors / total;
  }

  private static Sums[] sums(int n) {
    Sums[] sums = new Sums[n];
    for (int bin = 0; bin < n; bin++) {
      sums[bin] = new Sums();
    }
    return sums;
  }

  private static ReliabilityTable of(Sums[] sums) {
    List<Bin> bins = new ArrayList<>();
    for (Sums bin : sums) {
      if (bin.weight > 0) {
        bins.add(bin.toBin());
      }
    }
    return new ReliabilityTable(bins);
  }

  /** Deals scores, which fall, to bins of equal width. */
  private static final class OfEqualWidth implements ScoreVisitor {
    private final Sums[] bins;
    private int bin;

    OfEqualWidth(Sums... bins) {
      this.bins = bins;
      this.bin = bins.length - 1;
    }

    @Override
    public void visit(double score, double positives, double negatives) {
      while (bin > 0 && score <= bin / (double) bins.length) {
        bin--;
      }
      bins[bin].add(score, positives, negatives);
    }

    @Override
    public void visitAll(ScoreSums sums) {
      for (int i = 0; i < sums.size(); i++) {
        visit(sums.score(i), sums.positives(i), sums.negatives(i));
      }
    }
  }

  /** Deals scores, which fall, to bins of equal weight. */
  private static final class OfEqualWeight implements ScoreVisitor {
    private final Sums[] bins;
    private final double total;
    private int bin;
    private double above;

    OfEqualWeight(Sums[] bins, double total) {
      this.bins = bins;
      this.total = total;
      this.bin = bins.length - 1;
    }

    @Override
    public void visit(double score, double positives, double negatives) {
      double weight = positives + negatives;
      double below = total - above - weight / 2;
      while (bin > 0 && bins.length * below < bin * total) {
        bin--;
      }
      bins[bin].add(score, positives, negatives);
      above += weight;
    }

    @Override
    public void visitAll(ScoreSums sums) {
      for (int i = 0; i < sums.size(); i++) {
        visit(sums.score(i), sums.positives(i), sums.negatives(i));
      }
    }
  }

  private static final class Sums {
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private double weight;
    private double predictions;
    private double positives;

    void add(double prediction, double newPositives, double newNegatives) {
      double newWeight = newPositives + newNegatives;
      if (newWeight > 0) {
        least = Math.min(least, prediction);
        most = Math.max(most, prediction);
        weight += newWeight;
        predictions += newWeight * prediction;
        positives += newPositives;
      }
    }

    Bin toBin() {
      return new Bin(least, most, weight, predictions / weight, positives / weight);
    }
  }
}
