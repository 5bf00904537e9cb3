package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.split.Split;

/**
 * The column of a task's {@code example_weight} as a feature: an error where the weight is the
 * column itself, a warning where it is computed from it, as in {@code 1 + log(price)}.
 */
final class WeightAsFeature implements LintCheck {
  private final String name;
  private final LintSubject subject;

  WeightAsFeature(String name, LintSubject subject) {
    this.name = name;
    this.subject = subject;
  }

  @Override
  public void observe(Split split, RawBatch rows) {}

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (FeatureSpec feature : subject.features()) {
      for (Task task : subject.tasks()) {
        task.exampleWeight()
            .flatMap(weight -> finding(feature, task, weight))
            .ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<Finding> finding(FeatureSpec feature, Task task, Expression weight) {
    Set<String> read = subject.sources(feature);
    if (subject.sources(weight).stream().noneMatch(read::contains)) {
      return Optional.empty();
    }
    String whole = weight.toString().replace("`", "").strip();
    List<String> found =
        feature.columns().stream()
            .filter(c -> !Collections.disjoint(subject.sources(c), subject.sources(weight)))
            .toList();
    boolean itself = found.contains(whole);
    return Optional.of(
        new Finding(
            name,
            itself ? Severity.ERROR : Severity.WARNING,
            "features." + feature.name(),
            "The column \"%s\" is in the example weight of task \"%s\", \"%s\"."
                .formatted(itself ? whole : found.get(0), task.name(), weight),
            "A weight says how rows were drawn, and is not known of new ones: take the feature out,"
                + " unless it is a property of the row too."));
  }
}
