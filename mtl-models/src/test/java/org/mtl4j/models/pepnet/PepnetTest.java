package org.mtl4j.models.pepnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.OpenGates;
import org.mtl4j.models.Places;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.sharedembedding.SharedEmbedding;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.TestSeed;

class PepnetTest extends ForwardTest {
  private static final List<FeatureGroup> DOMAIN = List.of(FeatureGroup.CONTEXT);
  private static final List<FeatureGroup> PRIOR = List.of(FeatureGroup.USER, FeatureGroup.ITEM);
  private static final List<Integer> TOWER = List.of(6, 5);

  /** Width of a row's features. */
  private static final int WIDTH = 19;

  private static final double ROUNDING = 1e-12;

  private static Pepnet pepnet(boolean stopGradient) {
    return new Pepnet(DOMAIN, PRIOR, List.of(4), stopGradient, TOWER, 0, Normalization.NONE);
  }

  @Override
  protected Pepnet model() {
    return pepnet(true);
  }

  /** Features scaled by [domain, x], then towers by [user, item, scaled features]. */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    double[] domain = Places.join(Places.of(x, FeatureGroup.CONTEXT), x);
    double[] scaled = PlainNetwork.scaled(x, network.scale("pepnet/epnet", domain));
    double[] prior = Places.join(Places.of(x, FeatureGroup.USER, FeatureGroup.ITEM), scaled);
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      hidden.put(task.name(), network.scaledMlp("tower_" + task.name(), 2, scaled, prior));
    }
    return hidden;
  }

  @Test
  void openGatesLeaveATowerATask() {
    SharedEmbedding towers = new SharedEmbedding(TOWER, 0, Normalization.NONE);
    OpenGates.assertSame(model(), towers, PROBLEM, name -> name);
  }

  @Test
  void tasksShareTheDomainsGateAndHaveTheirTowersForThemselves() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      assertThat(gradients.reaches(task.name(), "pepnet/epnet")).isTrue();
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "tower_" + other.name() + "/gate_2"))
            .as("%s on the tower of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }

  /** Gradients by embeddings differ as long as gates look at them, and only those before a gate. */
  @Test
  void stoppedGradientsAreThoseThroughTheGatesView() {
    Random random = TestSeed.random();
    EncodedRows rows = PROBLEM.rows(24, model(), random);
    try (ModelHarness stopped = new ModelHarness(pepnet(true), PROBLEM);
        ModelHarness whole = new ModelHarness(pepnet(false), PROBLEM)) {
      Map<String, double[]> point = whole.parameters(random);
      Map<String, double[]> through = differences(stopped, whole, rows, point);
      through.forEach(
          (name, difference) -> {
            boolean before = !name.startsWith("tower_") && !name.startsWith("head_");
            assertThat(largest(difference) > ROUNDING).as(name).isEqualTo(before);
          });
      point.replaceAll(PepnetTest::blind);
      differences(stopped, whole, rows, point)
          .forEach(
              (name, difference) ->
                  assertThat(largest(difference)).as(name).isCloseTo(0, within(ROUNDING)));
    }
  }

  private static Map<String, double[]> differences(
      ModelHarness one, ModelHarness other, EncodedRows rows, Map<String, double[]> point) {
    var here = one.evaluate(point, one.batch(rows)).total();
    var there = other.evaluate(point, other.batch(rows)).total();
    assertThat(here.loss()).isCloseTo(there.loss(), within(ROUNDING * there.loss()));
    Map<String, double[]> differences = new LinkedHashMap<>();
    here.gradients()
        .forEach(
            (name, gradient) -> {
              double[] difference = there.gradients().get(name).clone();
              Arrays.setAll(difference, i -> difference[i] - gradient[i]);
              differences.put(name, difference);
            });
    return differences;
  }

  private static double largest(double... difference) {
    return Arrays.stream(difference).map(Math::abs).max().orElseThrow();
  }

  /** The kernels of gates, without the rows of what is stopped, which are the last ones. */
  private static double[] blind(String name, double[] values) {
    if (!name.matches("(tower_.*/gate_.*|pepnet/epnet)/dense_1/kernel")) {
      return values;
    }
    double[] seen = values.clone();
    Arrays.fill(seen, values.length - WIDTH * 4, values.length, 0);
    return seen;
  }

  @Test
  void keysAreChecked() {
    assertThatThrownBy(
            () -> new Pepnet(DOMAIN, List.of(), List.of(4), true, TOWER, 0, Normalization.NONE))
        .hasMessageStartingWith("prior_groups: expected at least one group");
    assertThatThrownBy(
            () -> new Pepnet(DOMAIN, PRIOR, List.of(4), true, List.of(), 0, Normalization.NONE))
        .hasMessageStartingWith("tower_layers: expected at least one layer");
    assertThatThrownBy(() -> model().check(List.of()))
        .hasMessage(
            "pepnet: expected a feature of each group in domain_groups, found none of the group"
                + " context");
  }
}
