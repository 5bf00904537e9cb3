package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.data.split.Split;

/**
 * A binary task with fewer than 50 positives among its training rows, or a multilabel one with
 * classes of fewer.
 */
final class FewPositives implements LintCheck {
  private static final long ENOUGH = 50;
  private static final int NAMES = 5;

  private final String name;
  private final List<BinaryTask> tasks;
  private final long[] positives;
  private final long[] rows;
  private final List<ClassCounts> sets;

  FewPositives(String name, LintSubject subject) {
    this.name = name;
    this.tasks = subject.binaryTasks();
    this.positives = new long[tasks.size()];
    this.rows = new long[tasks.size()];
    this.sets = subject.classCounts();
  }

  @Override
  public void observe(Split split, RawBatch block) {
    if (split != Split.TRAIN) {
      return;
    }
    sets.forEach(counts -> counts.observe(block));
    for (int t = 0; t < positives.length; t++) {
      for (int row = 0; row < block.rowCount(); row++) {
        int label = tasks.get(t).at(block, row);
        rows[t] += label == BinaryTask.NO_SAY ? 0 : 1;
        positives[t] += label == 1 ? 1 : 0;
      }
    }
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (int t = 0; t < positives.length; t++) {
      if (positives[t] < ENOUGH) {
        findings.add(
            finding(
                tasks.get(t).name(),
                String.format(
                    Locale.ROOT,
                    "It has %,d positives among its %,d training rows, fewer than %d.",
                    positives[t],
                    rows[t],
                    ENOUGH),
                "gather more rows, or learn a more frequent event beside it."));
      }
    }
    sets.forEach(counts -> ofClasses(counts).ifPresent(findings::add));
    return findings;
  }

  private Optional<Finding> ofClasses(ClassCounts counts) {
    List<Map.Entry<String, Long>> learnt = counts.learnt();
    List<String> few =
        learnt.stream()
            .filter(entry -> entry.getValue() < ENOUGH)
            .map(
                entry ->
                    String.format(
                        Locale.ROOT, "%s %,d", Excerpt.of(entry.getKey()), entry.getValue()))
            .toList();
    if (few.isEmpty()) {
      return Optional.empty();
    }
    String evidence =
        String.format(
            Locale.ROOT,
            "%,d of its %,d classes have fewer than %d positives among its %,d training rows: %s%s.",
            few.size(),
            learnt.size(),
            ENOUGH,
            counts.rows(),
            String.join(", ", few.subList(0, Math.min(NAMES, few.size()))),
            few.size() > NAMES ? ", ..." : "");
    return Optional.of(finding(counts.name(), evidence, "gather more rows, or raise min_count."));
  }

  private Finding finding(String task, String evidence, String remedy) {
    return new Finding(
        name,
        Severity.WARNING,
        "tasks." + task,
        evidence,
        "So few teach little and measure less: " + remedy);
  }
}
