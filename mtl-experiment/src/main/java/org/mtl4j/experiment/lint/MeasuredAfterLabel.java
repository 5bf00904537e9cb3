package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.NumberFeature;
import org.mtl4j.data.split.Split;

/**
 * A number that was measured with the event that a label is about, or after it: how long a video
 * was played, of a click. Such a measure is 0 or missing, its least value, for at least .5 of the
 * rows of one label and for at most .02 of the others; or the label follows from it at both ends:
 * at least .5 of the rows that say no lie at one end, where .999 say no, and as many of those that
 * say yes at the other, where .999 say yes. What is known before an event seldom parts rows so: an
 * age rules a marriage out below some bound, and decides it nowhere. A measure has 20 different
 * values or more; a code of fewer is no measure. What {@link LabelAsFeature} finds an error is not
 * said again.
 */
final class MeasuredAfterLabel implements LintCheck {
  private static final double MOST = 0.5;
  private static final double FEW = 0.02;
  private static final double PURE = 0.999;
  private static final int MEASURE = 20;
  private static final int LEAST_ROWS = 50;
  private static final int ROWS = 65_536;
  private static final int CELLS = 4_000_000;

  private final String name;
  private final LintSubject subject;
  private final List<BinaryTask> tasks;
  private final RowSample sample;

  MeasuredAfterLabel(String name, LintSubject subject) {
    this.name = name;
    this.subject = subject;
    this.tasks = subject.binaryTasks();
    List<? extends FeatureSpec> numbers =
        subject.features().stream().filter(NumberFeature.class::isInstance).toList();
    this.sample = new RowSample(numbers, subject.columns(), tasks, ROWS, CELLS);
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    if (split == Split.TRAIN) {
      sample.observe(rows);
    }
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (int f = 0; f < sample.features().size(); f++) {
      for (int t = 0; t < tasks.size(); t++) {
        finding(f, t).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<Finding> finding(int f, int t) {
    NumberEnds ends = NumberEnds.of(sample, f, t);
    if (ends.different() < MEASURE || ends.rows(0) < LEAST_ROWS || ends.rows(1) < LEAST_ROWS) {
      return Optional.empty();
    }
    FeatureSpec feature = sample.features().get(f);
    return least(feature, tasks.get(t), ends)
        .or(() -> ends(feature, tasks.get(t), ends))
        .filter(evidence -> !LabelAsFeature.isLabel(subject, sample, f, t))
        .map(
            evidence ->
                new Finding(
                    name,
                    Severity.ERROR,
                    "features." + feature.name(),
                    evidence,
                    "What is measured with an event or after it is not there when the model serves:"
                        + " take the feature out, or predict it as a task of its own."));
  }

  private Optional<String> least(FeatureSpec feature, BinaryTask task, NumberEnds ends) {
    for (int label = 0; label < 2; label++) {
      if (ends.atLeast(label) >= MOST && ends.atLeast(1 - label) <= FEW) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s is %s in %.1f %% of the rows whose label of task \"%s\" is %d, and in %.1f %% of"
                    + " those where it is %d (%s).",
                LintedValue.words(feature),
                ends.least() == Double.NEGATIVE_INFINITY ? "missing" : spelt(ends.least()),
                100 * ends.atLeast(label),
                task.name(),
                label,
                100 * ends.atLeast(1 - label),
                1 - label,
                sample.words("training rows")));
      }
    }
    return Optional.empty();
  }

  private Optional<String> ends(FeatureSpec feature, BinaryTask task, NumberEnds ends) {
    for (int label = 0; label < 2; label++) {
      NumberEnds.End low = ends.low(label, PURE);
      NumberEnds.End high = ends.high(1 - label, PURE);
      if (low.share() >= MOST && high.share() >= MOST) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s decides the label of task \"%s\" at both ends: up to %s it is %d, of %.1f %% of"
                    + " all such rows, and from %s on %d, of %.1f %% (%s).",
                LintedValue.words(feature),
                task.name(),
                spelt(low.bound()),
                low.label(),
                100 * low.share(),
                spelt(high.bound()),
                high.label(),
                100 * high.share(),
                sample.words("training rows")));
      }
    }
    return Optional.empty();
  }

  private static String spelt(double number) {
    return RawBatch.spell(number);
  }
}
