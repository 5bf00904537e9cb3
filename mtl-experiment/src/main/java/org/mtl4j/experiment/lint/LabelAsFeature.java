package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.split.Split;

/**
 * A label's own column as a feature, whatever the task; or a feature that alone ranks the training
 * rows of a binary task with an AUC above .99 ({@link FeatureArea}); from .9 on it is a warning,
 * for what is known before a label seldom tells so much of it. Where a label is computed from
 * several columns only the second counts: one of them may well be known before.
 */
final class LabelAsFeature implements LintCheck {
  private static final double DECIDES = 0.99;
  private static final double SUSPECT = 0.9;
  private static final int ROWS = 65_536;
  private static final int CELLS = 4_000_000;

  private final String name;
  private final LintSubject subject;
  private final List<BinaryTask> binary;
  private final RowSample sample;

  LabelAsFeature(String name, LintSubject subject) {
    this.name = name;
    this.subject = subject;
    this.binary = subject.binaryTasks();
    this.sample = new RowSample(subject.features(), subject.columns(), binary, ROWS, CELLS);
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
    for (FeatureSpec feature : subject.features()) {
      for (Task task : subject.tasks()) {
        finding(feature, task).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<Finding> finding(FeatureSpec feature, Task task) {
    if (isLabel(subject, feature, task)) {
      String evidence =
          "It reads the column \"%s\", which is the label of task \"%s\"."
              .formatted(subject.sources(task.label()).iterator().next(), task.name());
      return Optional.of(finding(feature, Severity.ERROR, evidence));
    }
    double area = area(feature, task).orElse(0);
    if (area <= SUSPECT) {
      return Optional.empty();
    }
    String evidence =
        String.format(
            Locale.ROOT,
            "%s alone tells the label of task \"%s\" with an AUC of %.4f (%s).",
            LintedValue.words(feature),
            task.name(),
            area,
            sample.words("training rows"));
    return Optional.of(
        finding(feature, area > DECIDES ? Severity.ERROR : Severity.WARNING, evidence));
  }

  private static boolean isLabel(LintSubject subject, FeatureSpec feature, Task task) {
    Set<String> label = subject.sources(task.label());
    return label.size() == 1 && subject.sources(feature).containsAll(label);
  }

  /** Whether this check has an error to say of a feature and a task of a sample. */
  static boolean isLabel(LintSubject subject, RowSample sample, int feature, int task) {
    return isLabel(subject, sample.features().get(feature), sample.tasks().get(task).task())
        || new FeatureArea(sample, feature, task).compute().orElse(0) > DECIDES;
  }

  private Finding finding(FeatureSpec feature, Severity severity, String evidence) {
    return new Finding(
        name,
        severity,
        "features." + feature.name(),
        evidence,
        "Take the feature out, unless it is known before the label is.");
  }

  private OptionalDouble area(FeatureSpec feature, Task task) {
    int f = sample.features().indexOf(feature);
    for (int t = 0; t < binary.size(); t++) {
      if (f >= 0 && binary.get(t).name().equals(task.name())) {
        return new FeatureArea(sample, f, t).compute();
      }
    }
    return OptionalDouble.empty();
  }
}
