package org.mtl4j.models;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

/**
 * Which variables a task's loss moves, at one random point or another: at a single one a layer of a
 * few units may be off for every row.
 */
public record TaskGradients(List<ModelHarness.Evaluation> evaluations) {
  private static final int POINTS = 5;

  /** The gradients of a model on rows of its problem. */
  public static TaskGradients of(MultiTaskModel model, SmallProblem problem, EncodedRows rows) {
    Random random = TestSeed.random();
    try (ModelHarness harness = new ModelHarness(model, problem)) {
      return new TaskGradients(
          Stream.generate(() -> harness.evaluate(harness.parameters(random), harness.batch(rows)))
              .limit(POINTS)
              .toList());
    }
  }

  /** The gradients of a model on random rows. */
  public static TaskGradients of(MultiTaskModel model, SmallProblem problem) {
    return of(model, problem, problem.rows(32, model, TestSeed.random()));
  }

  /** The gradients at the first point. */
  public ModelHarness.Evaluation evaluation() {
    return evaluations.get(0);
  }

  /** Whether the task's loss has a gradient other than 0 on a variable whose name starts so. */
  public boolean reaches(String task, String prefix) {
    var variables =
        evaluations.stream()
            .flatMap(e -> e.tasks().get(task).gradients().entrySet().stream())
            .filter(variable -> variable.getKey().startsWith(prefix))
            .toList();
    if (variables.isEmpty()) {
      throw new IllegalArgumentException("no variable starts with " + prefix);
    }
    return variables.stream()
        .flatMapToDouble(v -> Arrays.stream(v.getValue()))
        .anyMatch(g -> g != 0);
  }
}
