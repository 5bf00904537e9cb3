package org.mtl4j.models.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.Places;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.sharedbottom.SharedBottom;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

class StarTest extends ForwardTest {
  private static final SmallProblem HOURS = PROBLEM.withLearntHours();

  /** Not in the vocabulary's order; of the ids 0 to 4, 0, 1 and 3 are the rest. */
  private static final List<String> DOMAINS = List.of("hour3", "hour1");

  private static final int[] DOMAIN_IDS = {4, 2};
  private static final int REST = 2;
  private static final List<Integer> BOTTOM = List.of(6, 5);
  private static final double ROUNDING = 1e-12;

  private static Star star(List<String> domains, Normalization normalization) {
    return new Star("hour", domains, BOTTOM, List.of(4), List.of(3), 0, normalization);
  }

  @Override
  protected SmallProblem problem() {
    return HOURS;
  }

  @Override
  protected Star model() {
    return new Star("hour", DOMAINS, BOTTOM, List.of(4), List.of(), 0, Normalization.BATCH);
  }

  /** The row's domain's network, and what the auxiliary network says beside it. */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    int domain = domain(network, x);
    double[] star = x;
    for (int layer = 1; layer <= 2; layer++) {
      String scope = "star/dense_" + layer;
      double[] sums = starSums(network, scope, star, domain);
      star = PlainLayers.relu(normal(network, scope + "/normalization/", sums, domain));
    }
    double[] auxiliary =
        PlainLayers.relu(
            normal(
                network,
                "star/auxiliary/dense_1/normalization/",
                network.linear("star/auxiliary/dense_1", x),
                -1));
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : HOURS.tasks()) {
      hidden.put(task.name(), Places.join(star, auxiliary));
    }
    return hidden;
  }

  /** The place of the row's hour among the domains, by the embedding that it begins with. */
  private static int domain(PlainNetwork network, double[] x) {
    double[] table = network.variable("embedding/hour");
    for (int d = 0; d < DOMAIN_IDS.length; d++) {
      if (table[2 * DOMAIN_IDS[d]] == x[0] && table[2 * DOMAIN_IDS[d] + 1] == x[1]) {
        return d;
      }
    }
    return REST;
  }

  /** x (W * (1 + V_p)) + b + b'_p. */
  private static double[] starSums(PlainNetwork network, String scope, double[] x, int domain) {
    double[] kernel = network.variable(scope + "/kernel").clone();
    double[] bias = network.variable(scope + "/bias").clone();
    if (domain != REST) {
      double[] scale = network.variable(scope + "/domain_" + DOMAINS.get(domain) + "/scale");
      double[] more = network.variable(scope + "/domain_" + DOMAINS.get(domain) + "/bias");
      Arrays.setAll(kernel, i -> kernel[i] * (1 + scale[i]));
      Arrays.setAll(bias, i -> bias[i] + more[i]);
    }
    return PlainLayers.linear(kernel, bias, x);
  }

  /** By what was seen of the domain, and of all; without a domain by moving averages. */
  private static double[] normal(PlainNetwork network, String scope, double[] z, int domain) {
    double[] normal = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      double gamma = network.variable(scope + "gamma")[i];
      double beta = network.variable(scope + "beta")[i];
      PlainMoments by =
          domain < 0
              ? seen(network, scope, 32, i)
              : seen(network, scope + own(domain), i).filledUp(seen(network, scope + "all/", i));
      if (domain >= 0 && domain != REST) {
        gamma *= 1 + network.variable(scope + own(domain) + "scale")[i];
        beta += network.variable(scope + own(domain) + "shift")[i];
      }
      normal[i] = gamma * (z[i] - by.mean()) / Math.sqrt(by.variance() + 0.001) + beta;
    }
    return normal;
  }

  private static PlainMoments seen(PlainNetwork network, String scope, int i) {
    return seen(network, scope, network.variable(scope + "moving_rows")[0], i);
  }

  private static PlainMoments seen(PlainNetwork network, String scope, double rows, int i) {
    return new PlainMoments(
        rows,
        network.variable(scope + "moving_mean")[i],
        network.variable(scope + "moving_variance")[i]);
  }

  private static String own(int domain) {
    return domain == REST ? "rest/" : "domain_" + DOMAINS.get(domain) + "/";
  }

  @Test
  void domainsBeginAsOneNetworkWhichIsASharedBottom() {
    SharedBottom plain = new SharedBottom(BOTTOM, List.of(3), 0);
    Random random = TestSeed.random();
    EncodedRows rows = HOURS.rows(24, plain, random);
    try (ModelHarness star = new ModelHarness(star(DOMAINS, Normalization.NONE), HOURS);
        ModelHarness bottom = new ModelHarness(plain, HOURS)) {
      Map<String, double[]> there = bottom.parameters(random);
      Map<String, double[]> here = star.parameters(random);
      double before = star.loss(here, star.batch(rows));
      here.replaceAll((name, values) -> shared(name, values, there));
      double expected = bottom.loss(there, bottom.batch(rows));
      assertThat(star.loss(here, star.batch(rows)))
          .as("seed %d", TestSeed.value())
          .isCloseTo(expected, within(ROUNDING * expected));
      assertThat(Math.abs(before - expected)).as("elsewhere").isPositive();
    }
  }

  /** The shared bottom's weights, domains' where they begin, and no auxiliary network. */
  private static double[] shared(String name, double[] values, Map<String, double[]> bottom) {
    double[] same = bottom.get(name.replace("star/", "shared_bottom/"));
    if (same != null) {
      return Arrays.copyOf(same, values.length); // A head's weights of the auxiliary network: 0.
    }
    return new double[values.length];
  }

  @Test
  void rowsOfADomainMoveNoOthersWeights() {
    Star model = star(DOMAINS, Normalization.LAYER);
    Random random = TestSeed.random();
    EncodedRows rows = HOURS.rows(24, model, random);
    try (ModelHarness harness = new ModelHarness(model, HOURS)) {
      Map<String, double[]> point = harness.parameters(random);
      for (int id = 0; id < 5; id++) {
        Arrays.fill(rows.ids().get(1), id);
        Map<String, double[]> gradients =
            harness.evaluate(point, harness.batch(rows)).total().gradients();
        assertThat(moved(gradients.get("star/dense_1/kernel"))).isTrue();
        for (int d = 0; d < DOMAIN_IDS.length; d++) {
          assertMoved(gradients, d, id == DOMAIN_IDS[d]);
        }
      }
    }
  }

  /** All that a domain has of its own, or none of it. */
  private static void assertMoved(Map<String, double[]> gradients, int domain, boolean expected) {
    gradients.forEach(
        (name, gradient) -> {
          if (name.contains("/domain_" + DOMAINS.get(domain) + "/")) {
            assertThat(moved(gradient)).as(name).isEqualTo(expected);
          }
        });
  }

  private static boolean moved(double... gradient) {
    return Arrays.stream(gradient).anyMatch(g -> g != 0);
  }

  @Test
  void tasksShareTheStarAndHaveTheirTowersForThemselves() {
    TaskGradients gradients = TaskGradients.of(star(DOMAINS, Normalization.NONE), HOURS);
    for (FittedTask task : HOURS.tasks()) {
      for (String scope : List.of("star/dense_2/domain_hour3/scale", "star/auxiliary")) {
        assertThat(gradients.reaches(task.name(), scope)).isTrue();
      }
      for (FittedTask other : HOURS.tasks()) {
        assertThat(gradients.reaches(task.name(), "tower_" + other.name()))
            .isEqualTo(task.equals(other));
      }
    }
  }

  /** So that a run that begins from another one has a domain's weights, whatever its place. */
  @Test
  void domainsInAnotherOrderAreTheSameVariables() {
    Star turned = star(List.of("hour1", "hour3"), Normalization.BATCH);
    Random random = TestSeed.random();
    EncodedRows rows = HOURS.rows(24, turned, random);
    try (ModelHarness one = new ModelHarness(star(DOMAINS, Normalization.BATCH), HOURS);
        ModelHarness other = new ModelHarness(turned, HOURS)) {
      Map<String, double[]> point = one.parameters(random);
      assertThat(point).containsKey("star/dense_1/domain_hour1/scale");
      double expected = one.loss(point, one.batch(rows));
      assertThat(other.loss(point, other.batch(rows)))
          .as("seed %d", TestSeed.value())
          .isCloseTo(expected, within(ROUNDING * expected));
    }
  }

  @Test
  void keysAreChecked() {
    assertThatThrownBy(() -> star(List.of("a", "a"), Normalization.NONE))
        .hasMessage("domains: expected 1 to 64 different values, found [a, a]");
    assertThatThrownBy(
            () -> star(IntStream.range(0, 65).mapToObj(d -> "d" + d).toList(), Normalization.NONE))
        .hasMessage("domains: expected 1 to 64 different values, found 65");
    List<FeatureSpec> features =
        HOURS.pipeline().features().stream().<FeatureSpec>map(f -> f.spec()).toList();
    assertThatThrownBy(() -> of("hous").check(features))
        .hasMessage("domain: expected a feature, found \"hous\"; the nearest is \"hour\"");
    assertThatThrownBy(() -> of("country").check(features))
        .hasMessage(
            "domain: expected a feature, found \"country\"; the features are [user, hour, age,"
                + " item, last_item, price, tags]");
    for (String other : List.of("user", "age", "tags")) {
      assertThatThrownBy(() -> of(other).check(features))
          .hasMessage(
              "domain: expected a categorical feature with a learnt vocabulary, found \""
                  + other
                  + '"');
    }
  }

  private static Star of(String domain) {
    return new Star(domain, DOMAINS, BOTTOM, List.of(), List.of(), 0, Normalization.NONE);
  }

  @Test
  void valueThatNoTrainingRowHasIsRefused() {
    Star model = star(List.of("hour1", "huor2", "night"), Normalization.NONE);
    assertThatThrownBy(() -> new ModelHarness(model, HOURS))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining(
            "model.domains: Expected values that training rows have of hour, found \"huor2\"."
                + " Did you mean \"hour2\"?")
        .hasMessageContaining("found \"night\". Known: hour1, hour2, hour3.");
  }
}
