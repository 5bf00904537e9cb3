package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.metric.StabilityIndex;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.NumberFeature;
import org.mtl4j.data.split.Split;

/**
 * A numeric or categorical feature that is distributed otherwise in the test than in training: a
 * population stability index ({@link StabilityIndex}) above .25, by samples of at least 500 rows.
 */
final class Drift implements LintCheck {
  private static final double MUCH = 0.25;
  private static final int LEAST_ROWS = 500;
  private static final int ROWS = 16_384;
  private static final int CELLS = 1_000_000;

  private final String name;
  private final RowSample train;
  private final RowSample test;

  Drift(String name, LintSubject subject) {
    this.name = name;
    this.train = sample(subject);
    this.test = sample(subject);
  }

  private static RowSample sample(LintSubject subject) {
    return new RowSample(subject.features(), subject.columns(), List.of(), ROWS, CELLS);
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    if (split == Split.TRAIN) {
      train.observe(rows);
    } else if (split == Split.TEST) {
      test.observe(rows);
    }
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (train.rows().size() < LEAST_ROWS || test.rows().size() < LEAST_ROWS) {
      return findings;
    }
    for (int f = 0; f < train.features().size(); f++) {
      double index = index(f);
      if (index > MUCH) {
        findings.add(finding(train.features().get(f), index));
      }
    }
    return findings;
  }

  private double index(int feature) {
    return train.features().get(feature) instanceof NumberFeature
        ? StabilityIndex.ofNumbers(numbers(train.rows(), feature), numbers(test.rows(), feature))
        : StabilityIndex.ofValues(values(train.rows(), feature), values(test.rows(), feature));
  }

  private static double[] numbers(Collection<RowSample.Row> rows, int feature) {
    return rows.stream().mapToDouble(row -> row.number(feature)).toArray();
  }

  private static long[] values(Collection<RowSample.Row> rows, int feature) {
    return rows.stream().mapToLong(row -> row.cells()[feature]).toArray();
  }

  private Finding finding(FeatureSpec feature, double index) {
    return new Finding(
        name,
        Severity.WARNING,
        "features." + feature.name(),
        String.format(
            Locale.ROOT,
            "%s is distributed otherwise in the test than in training: PSI %.3f, above %.2f (%s,"
                + " %s).",
            LintedValue.words(feature),
            index,
            MUCH,
            train.words("training rows"),
            test.words("test rows")),
        "Look at what changed between the two; what drifts with time will be further off when the"
            + " model is used.");
  }
}
