package org.mtl4j.testkit.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.training.GradientClipping;
import org.mtl4j.core.training.GradientRules;
import org.mtl4j.testkit.TestSeed;

class GradientClippingTest {
  /** Weights are float32: what they lose is known to about this. */
  private static final double ROUNDING = 2e-7;

  private static final Optional<Double> NONE = Optional.empty();

  private static OneStep clipped(GradientClipping clipping, EncodedRows rows) {
    return OneStep.by(new GradientRules(Optional.empty(), Optional.of(clipping), List.of()), rows);
  }

  private static void assertMoved(OneStep actual, Map<String, double[]> expected) {
    assertThat(actual.moved()).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, values) -> {
          double[] found = actual.moved().get(name);
          for (int i = 0; i < values.length; i++) {
            assertThat(found[i])
                .as("%s, element %d, seed %d", name, i, TestSeed.value())
                .isCloseTo(values[i], within(ROUNDING));
          }
        });
  }

  private static Map<String, double[]> scaled(
      Map<String, double[]> gradients, ToDoubleFunction<double[]> factor) {
    Map<String, double[]> scaled = new LinkedHashMap<>();
    gradients.forEach(
        (name, gradient) -> {
          double by = factor.applyAsDouble(gradient);
          double[] values = gradient.clone();
          for (int i = 0; i < values.length; i++) {
            values[i] *= by;
          }
          scaled.put(name, values);
        });
    return scaled;
  }

  @Test
  void byTheNormOfAllGradientsTogether() {
    EncodedRows rows = OneStep.rows();
    OneStep plain = OneStep.by(GradientRules.none(), rows);
    double norm = OneStep.norm(plain.moved().values());
    double most = norm / 3;
    assertMoved(
        clipped(new GradientClipping(Optional.of(most), NONE, NONE), rows),
        scaled(plain.moved(), gradient -> most / norm));
    assertMoved(
        clipped(new GradientClipping(Optional.of(2 * norm), NONE, NONE), rows), plain.moved());
  }

  /** Each by its own, tables of one store too; some are above the middle norm and some below. */
  @Test
  void byTheNormOfEachVariableAndTable() {
    EncodedRows rows = OneStep.rows();
    OneStep plain = OneStep.by(GradientRules.none(), rows);
    double[] norms =
        plain.moved().values().stream()
            .mapToDouble(gradient -> OneStep.norm(List.of(gradient)))
            .sorted()
            .toArray();
    double user = OneStep.norm(List.of(plain.moved().get("embedding/user")));
    double item = OneStep.norm(List.of(plain.moved().get("embedding/item")));
    for (double most : List.of(norms[norms.length / 2], (user + item) / 2)) {
      assertMoved(
          clipped(new GradientClipping(NONE, Optional.of(most), NONE), rows),
          scaled(plain.moved(), g -> most / Math.max(most, OneStep.norm(List.of(g)))));
    }
  }

  @Test
  void byValue() {
    EncodedRows rows = OneStep.rows();
    OneStep plain = OneStep.by(GradientRules.none(), rows);
    double most = 0.01;
    Map<String, double[]> expected = scaled(plain.moved(), gradient -> 1);
    expected
        .values()
        .forEach(
            values -> {
              for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(-most, Math.min(most, values[i]));
              }
            });
    assertMoved(clipped(new GradientClipping(NONE, NONE, Optional.of(most)), rows), expected);
  }

  @Test
  void oneWayIsChosen() {
    assertThatThrownBy(() -> new GradientClipping(Optional.of(1.0), Optional.of(1.0), NONE))
        .hasMessage("expected one of global_norm, norm and value, found 2 of them");
    assertThatThrownBy(() -> new GradientClipping(Optional.of(0.0), NONE, NONE))
        .hasMessage("global_norm: expected a number above 0, found 0.0");
  }
}
