package org.mtl4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

/** Two architectures that are the same function where one is a limit of the other. */
public final class SameLosses {
  private static final double ROUNDING = 1e-12;

  private SameLosses() {}

  /**
   * Both give the same losses at the same values.
   *
   * @param nameInOther what a variable of the first is called in the other
   */
  public static void assertSame(
      MultiTaskModel one,
      MultiTaskModel other,
      SmallProblem problem,
      UnaryOperator<String> nameInOther) {
    Random random = TestSeed.random();
    EncodedRows rows = problem.rows(24, one, random);
    try (ModelHarness first = new ModelHarness(one, problem);
        ModelHarness second = new ModelHarness(other, problem)) {
      Map<String, double[]> there = second.parameters(random);
      Map<String, double[]> here = new LinkedHashMap<>();
      for (String name : first.parameters(random).keySet()) {
        assertThat(there).as(name).containsKey(nameInOther.apply(name));
        here.put(name, there.get(nameInOther.apply(name)));
      }
      ModelHarness.Evaluation expected = second.evaluate(there, second.batch(rows));
      ModelHarness.Evaluation found = first.evaluate(here, first.batch(rows));
      expected
          .tasks()
          .forEach(
              (task, slope) ->
                  assertThat(found.tasks().get(task).loss())
                      .as("%s, seed %d", task, TestSeed.value())
                      .isCloseTo(slope.loss(), within(ROUNDING)));
    }
  }
}
