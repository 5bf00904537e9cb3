package org.mtl4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

/** A model whose gates scale by 2 sigmoid(0) = 1 is the model without them. */
public final class OpenGates {
  private OpenGates() {}

  /**
   * Both give the same losses, whatever the gates' hidden layers hold.
   *
   * @param nameInGated what a variable of the plain model is called in the other
   */
  public static void assertSame(
      MultiTaskModel gated,
      MultiTaskModel plain,
      SmallProblem problem,
      UnaryOperator<String> nameInGated) {
    Random random = TestSeed.random();
    EncodedRows rows = problem.rows(24, plain, random);
    try (ModelHarness one = new ModelHarness(gated, problem);
        ModelHarness other = new ModelHarness(plain, problem)) {
      Map<String, double[]> there = other.parameters(random);
      Map<String, double[]> here = one.parameters(random);
      there.forEach(
          (name, values) ->
              assertThat(here.put(nameInGated.apply(name), values)).as(name).isNotNull());
      double before = one.loss(here, one.batch(rows));
      here.replaceAll((name, values) -> isLast(name) ? new double[values.length] : values);
      double expected = other.loss(there, other.batch(rows));
      assertThat(one.loss(here, one.batch(rows)))
          .as("seed %d", TestSeed.value())
          .isCloseTo(expected, within(1e-12 * expected));
      assertThat(Math.abs(before - expected)).as("with gates, %d", TestSeed.value()).isPositive();
    }
  }

  /** Of a gate's last layer, and of no head. */
  private static boolean isLast(String name) {
    return name.contains("/logit/") && !name.startsWith("head_");
  }
}
