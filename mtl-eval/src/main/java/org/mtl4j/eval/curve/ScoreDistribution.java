package org.mtl4j.eval.curve;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Ranking;
import org.mtl4j.eval.metric.ClassWeights;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.BarChart;
import org.mtl4j.eval.report.Chart;

/**
 * How a binary output's scores are spread, among positives and among negatives: 20 bins of equal
 * width from 0 to where 99.5 % of the rows are below, the last one open, so that rare events do not
 * all stand in the first bin.
 */
final class ScoreDistribution {
  private static final int BINS = 20;

  /** The share of rows that the open bin begins above. */
  private static final double OPEN = .995;

  private ScoreDistribution() {}

  static Optional<Chart> of(String output, EvaluationRows rows) {
    ClassWeights weights = ClassWeights.of(rows);
    if (!weights.areBoth()) {
      return Optional.empty();
    }
    double width = top(rows) / BINS;
    double[] positives = new double[BINS];
    double[] negatives = new double[BINS];
    for (int row = 0; row < rows.size(); row++) {
      int bin = Math.min((int) (rows.predictions().get(row) / width), BINS - 1);
      if (rows.labels().get(row) == 1) {
        positives[bin] += 100 * rows.weight(row) / weights.positives();
      } else {
        negatives[bin] += 100 * rows.weight(row) / weights.negatives();
      }
    }
    return Optional.of(
        new BarChart(
            new Chart.Caption(
                output + ": scores", "How they are spread; the last bar holds all above it."),
            IntStream.range(0, BINS).mapToObj(bin -> from(bin * width)).toList(),
            Axis.of("% of the class"),
            List.of(
                BarChart.Series.of("positives", positives),
                BarChart.Series.of("negatives", negatives))));
  }

  /** A round number that few scores are above; 1 where that is near. */
  private static double top(EvaluationRows rows) {
    Ranking ranking = rows.ranking();
    int position = (int) ((1 - OPEN) * ranking.size());
    double score = rows.predictions().get(ranking.row(position));
    double round =
        new BigDecimal(score).round(new MathContext(1, RoundingMode.CEILING)).doubleValue();
    return Math.min(Math.max(round, Float.MIN_NORMAL), 1);
  }

  private static String from(double score) {
    return new BigDecimal(score)
        .round(new MathContext(3))
        .stripTrailingZeros()
        .toPlainString()
        .toLowerCase(Locale.ROOT);
  }
}
