package org.mtl4j.models;

import java.util.Arrays;
import java.util.Random;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

/** Which variables a task's loss moves, at a random point. */
public record TaskGradients(ModelHarness.Evaluation evaluation) {
  /** The gradients of a model on rows of its problem. */
  public static TaskGradients of(MultiTaskModel model, SmallProblem problem, EncodedRows rows) {
    Random random = TestSeed.random();
    try (ModelHarness harness = new ModelHarness(model, problem)) {
      return new TaskGradients(harness.evaluate(harness.parameters(random), harness.batch(rows)));
    }
  }

  /** The gradients of a model on random rows. */
  public static TaskGradients of(MultiTaskModel model, SmallProblem problem) {
    return of(model, problem, problem.rows(32, model, TestSeed.random()));
  }

  /** Whether the task's loss has a gradient other than 0 on a variable whose name starts so. */
  public boolean reaches(String task, String prefix) {
    var variables =
        evaluation.tasks().get(task).gradients().entrySet().stream()
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
