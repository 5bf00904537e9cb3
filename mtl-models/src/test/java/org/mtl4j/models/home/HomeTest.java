package org.mtl4j.models.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.component.Gating;
import org.mtl4j.testkit.PlainLayers;

class HomeTest extends ForwardTest {
  private static final int RANK = 3;
  private static final int OF_TASK = 1;
  private static final int OF_GROUP = 2;
  private static final int OF_ALL = 2;
  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("shop", List.of("purchase", "click"));
    GROUPS.put("taste", List.of("genre", "rating"));
  }

  @Override
  protected Home model() {
    return home(GROUPS);
  }

  private static Home home(Map<String, List<String>> groups) {
    return home(groups, OF_GROUP, RANK, Normalization.BATCH);
  }

  private static Home home(
      Map<String, List<String>> groups, int ofGroup, int rank, Normalization normalization) {
    return new Home(
        groups,
        OF_TASK,
        ofGroup,
        OF_ALL,
        List.of(5),
        rank,
        List.of(4),
        0,
        normalization,
        Gating.plain());
  }

  /** The three mixtures of the paper, experts with a feature gate in the meta level. */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    List<double[]> shared = experts(network, "home/meta/experts", OF_ALL, x);
    List<double[]> everybody = new ArrayList<>(shared);
    Map<String, double[]> streams = new LinkedHashMap<>();
    for (String group : GROUPS.keySet()) {
      List<double[]> own = experts(network, "home/meta/group_experts_" + group, OF_GROUP, x);
      everybody.addAll(own);
      double[] gate = softmax(network, "home/meta/group_gate_" + group, x);
      double[] self = softmax(network, "home/meta/group_self_gate_" + group, x);
      streams.put(
          group, sum(PlainNetwork.mixed(gate, joined(own, shared)), PlainNetwork.mixed(self, own)));
    }
    double[] all =
        sum(
            PlainNetwork.mixed(softmax(network, "home/meta/gate", x), everybody),
            PlainNetwork.mixed(softmax(network, "home/meta/self_gate", x), shared));
    Map<String, double[]> hidden = new LinkedHashMap<>();
    GROUPS.forEach(
        (group, tasks) ->
            tasks.forEach(
                task -> hidden.put(task, task(network, group, task, streams.get(group), all))));
    return hidden;
  }

  private static double[] task(
      PlainNetwork network, String group, String task, double[] own, double[] all) {
    double[] both = DoubleStream.concat(Arrays.stream(own), Arrays.stream(all)).toArray();
    List<double[]> ofTask = experts(network, "home/task/experts_" + task, OF_TASK, own);
    List<double[]> ofGroup = experts(network, "home/task/group_experts_" + group, OF_GROUP, own);
    List<double[]> ofAll = experts(network, "home/task/experts", OF_ALL, all);
    double[] gate = softmax(network, "home/task/gate_" + task, both);
    double self = sigmoid(network.linear("home/task/self_gate_" + task, both)[0]);
    double[] h =
        sum(
            PlainNetwork.mixed(gate, joined(joined(ofTask, ofGroup), ofAll)),
            PlainNetwork.mixed(new double[] {self}, ofTask));
    return PlainLayers.relu(layer(network, "tower_" + task + "/dense_1", h));
  }

  private static List<double[]> experts(PlainNetwork network, String scope, int count, double[] x) {
    List<double[]> outputs = new ArrayList<>();
    for (int e = 1; e <= count; e++) {
      String own = scope + "/expert_" + e;
      double[] in = scope.startsWith("home/meta") ? gated(network, own, x) : x;
      double[] sums = layer(network, own + "/dense_1", in);
      outputs.add(Arrays.stream(sums).map(v -> v * sigmoid(v)).toArray());
    }
    return outputs;
  }

  /** x * 2 sigmoid(x down up). */
  private static double[] gated(PlainNetwork network, String expert, double[] x) {
    String gate = expert + "/feature_gate/";
    double[] low = PlainLayers.linear(network.variable(gate + "down"), new double[RANK], x);
    double[] open = PlainLayers.linear(network.variable(gate + "up"), new double[x.length], low);
    assertThat(open).as("a gate that training has moved").isNotEqualTo(new double[x.length]);
    double[] let = new double[x.length];
    Arrays.setAll(let, i -> x[i] * 2 * sigmoid(open[i]));
    return let;
  }

  /** The sums of a layer, normalised by moving averages. */
  private static double[] layer(PlainNetwork network, String scope, double[] x) {
    double[] sums = network.linear(scope, x);
    String n = scope + "/normalization/";
    double[] mean = network.variable(n + "moving_mean");
    double[] variance = network.variable(n + "moving_variance");
    double[] gamma = network.variable(n + "gamma");
    double[] beta = network.variable(n + "beta");
    Arrays.setAll(
        sums, i -> gamma[i] * (sums[i] - mean[i]) / Math.sqrt(variance[i] + 1e-3) + beta[i]);
    return sums;
  }

  private static double[] softmax(PlainNetwork network, String scope, double[] x) {
    return PlainLayers.softmax(network.linear(scope, x));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static List<double[]> joined(List<double[]> first, List<double[]> second) {
    List<double[]> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = new double[a.length];
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }

  /** Another group's experts only through what is for all tasks; its gates and upper ones never. */
  @Test
  void taskReachesWhatTheHierarchyLetsItSee() {
    TaskGradients gradients = TaskGradients.of(home(GROUPS, 2, 2, Normalization.NONE), PROBLEM);
    GROUPS.forEach(
        (group, tasks) ->
            PROBLEM
                .tasks()
                .forEach(
                    task -> {
                      String t = task.name();
                      boolean own = tasks.contains(t);
                      assertReaches(gradients, t, "home/meta/experts/", true);
                      assertReaches(gradients, t, "home/task/experts/", true);
                      assertReaches(gradients, t, "home/meta/gate/", true);
                      assertReaches(gradients, t, "home/meta/group_experts_" + group, true);
                      assertReaches(gradients, t, "home/meta/group_gate_" + group, own);
                      assertReaches(gradients, t, "home/meta/group_self_gate_" + group, own);
                      assertReaches(gradients, t, "home/task/group_experts_" + group, own);
                    }));
    for (var task : PROBLEM.tasks()) {
      for (var other : PROBLEM.tasks()) {
        for (String part : List.of("experts_", "gate_", "self_gate_")) {
          assertReaches(
              gradients, task.name(), "home/task/" + part + other.name(), task.equals(other));
        }
      }
    }
  }

  private static void assertReaches(
      TaskGradients gradients, String task, String scope, boolean expected) {
    assertThat(gradients.reaches(task, scope)).as("%s on %s", task, scope).isEqualTo(expected);
  }

  @Test
  void groupsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> home(Map.of("a", List.of("click", "buy"))).outputs(PROBLEM.tasks()))
        .hasMessageContaining("groups: expected tasks, found \"buy\"");
    assertThatThrownBy(() -> home(Map.of("a", List.of("click"))).outputs(PROBLEM.tasks()))
        .hasMessageContaining("groups: expected every task in a group, found [")
        .hasMessageContaining("genre");
    assertThatThrownBy(() -> home(Map.of("a", List.of("click"), "b", List.of("click"))))
        .hasMessage("groups: expected each task once, found \"click\" again");
    assertThatThrownBy(() -> home(Map.of("a", List.of())))
        .hasMessage("groups: expected at least one task in \"a\", found none");
    assertThatThrownBy(() -> home(Map.of("a/b", List.of("click"))))
        .hasMessageContaining("found \"a/b\"");
  }

  @Test
  void wrongNumbersAreRefusedByName() {
    assertThatThrownBy(() -> home(GROUPS, 0, RANK, Normalization.NONE))
        .hasMessage("group_experts: expected 1 to 256, found 0");
    assertThatThrownBy(() -> home(GROUPS, 1, -1, Normalization.NONE))
        .hasMessage("feature_gate_rank: expected 0 to 1024, found -1");
  }
}
