package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.stream.IntStream;

/** A task whose gradient is so much longer than all others' that it alone moves shared layers. */
final class LossScale implements FindingRule {
  /**
   * Tasks of the examples, rare ones and regressions among them, stay below 2 (docs/diagnosis.md);
   * a weight that is wrong is wrong by hundreds.
   */
  static final double RATIO = 20;

  @Override
  public List<Finding> findings(Evidence evidence) {
    GradientTrace trace = evidence.gradients();
    int tasks = trace.tasks().size();
    boolean fixed = evidence.tasks().stream().allMatch(task -> task.lossWeight().isPresent());
    if (!fixed) {
      return List.of();
    }
    double[] pulls =
        IntStream.range(0, tasks)
            .mapToDouble(t -> trace.norm(t) * evidence.tasks().get(t).lossWeight().getAsDouble())
            .toArray();
    int[] order =
        IntStream.range(0, tasks)
            .filter(t -> pulls[t] > 0) // Who weighs 0 does not mean to pull.
            .boxed()
            .sorted((a, b) -> Double.compare(pulls[b], pulls[a]))
            .mapToInt(t -> t)
            .toArray();
    if (order.length < 2) {
      return List.of();
    }
    double ratio = pulls[order[0]] / pulls[order[1]];
    return ratio > RATIO ? List.of(finding(evidence, order[0], order[1], ratio)) : List.of();
  }

  private static Finding finding(Evidence evidence, int largest, int next, double ratio) {
    String task = evidence.tasks().get(largest).name();
    String other = evidence.tasks().get(next).name();
    double weight = evidence.tasks().get(largest).lossWeight().getAsDouble();
    return new Finding(
        "LOSS_SCALE",
        Severity.WARNING,
        List.of(task),
        "In the shared layers the gradient of %s, loss weight included, is %s times as long as that of %s, the next: steps go where %s wants them to."
            .formatted(task, Words.size(ratio), other, task),
        "Set tasks.%s.loss_weight to about %s (it is %s); of a regression look for labels far off the others."
            .formatted(task, Words.size(weight / ratio), Words.size(weight)));
  }
}
