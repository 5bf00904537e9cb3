package org.mtl4j.models.stem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.component.Gating;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.PlainLayers;

class StemTest extends ForwardTest {
  private static final int SHARED = 3;
  private static final double STEP = 1e-5;

  /** Two experts of the first task's own, none of the second's, and one of each other's. */
  private static final Map<String, Integer> BUDGET = Map.of("click", 2, "purchase", 0);

  private static final List<String> TASKS = PROBLEM.tasks().stream().map(FittedTask::name).toList();

  static Stem stem(Map<String, Integer> budget) {
    return new Stem(
        1, budget, SHARED, List.of(5, 4), List.of(6), 0, Normalization.NONE, Gating.plain());
  }

  @Override
  protected MultiTaskModel model() {
    return stem(BUDGET);
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    return hidden(network, inputs(x));
  }

  /** The features by the shared embeddings, then by each task's. */
  static List<double[]> inputs(double[] x) {
    int width = x.length / (1 + TASKS.size());
    return IntStream.rangeClosed(0, TASKS.size())
        .mapToObj(i -> Arrays.copyOfRange(x, i * width, (i + 1) * width))
        .toList();
  }

  /** tower_t(g_t(x_t + x) [E_1(x_1), ..., E_T(x_T), E(x)]), g_t(v) = softmax(W_t v + b_t). */
  static Map<String, double[]> hidden(PlainNetwork network, List<double[]> inputs) {
    List<double[]> experts = new ArrayList<>();
    for (int t = 0; t < TASKS.size(); t++) {
      int count = BUDGET.getOrDefault(TASKS.get(t), 1);
      if (count > 0) {
        String scope = "stem/experts_" + TASKS.get(t);
        experts.addAll(network.experts(scope, count, 2, inputs.get(1 + t)));
      }
    }
    experts.addAll(network.experts("stem/experts", SHARED, 2, inputs.get(0)));
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (int t = 0; t < TASKS.size(); t++) {
      double[] seen = inputs.get(0).clone();
      double[] own = inputs.get(1 + t);
      Arrays.setAll(seen, i -> seen[i] + own[i]);
      double[] gate = PlainLayers.softmax(network.linear("stem/gate_" + TASKS.get(t), seen));
      double[] mixed = PlainNetwork.mixed(gate, experts);
      hidden.put(TASKS.get(t), network.mlp("tower_" + TASKS.get(t), 1, mixed));
    }
    return hidden;
  }

  @Test
  void taskMovesItsOwnAndWhatIsSharedAndNothingElse() {
    TaskGradients gradients = TaskGradients.of(stem(Map.of()), PROBLEM);
    for (String task : TASKS) {
      assertThat(gradients.reaches(task, "stem/experts/")).as(task).isTrue();
      for (String other : TASKS) {
        for (String part : List.of("stem/experts_", "stem/gate_", "tower_")) {
          assertThat(gradients.reaches(task, part + other))
              .as("%s on %s%s", task, part, other)
              .isEqualTo(task.equals(other));
        }
      }
    }
  }

  @Test
  void taskMovesItsOwnEmbeddingsAndTheSharedOnesAndNoOthers() {
    var points = TaskGradients.of(model(), PROBLEM).evaluations();
    for (int t = 0; t < TASKS.size(); t++) {
      for (int dim : new int[] {2, 4}) {
        String task = TASKS.get(t);
        List<double[]> rows =
            points.stream()
                .map(p -> p.tasks().get(task).gradients().get("embedding_store/dim_" + dim))
                .toList();
        for (int i = 0; i <= TASKS.size(); i++) {
          int place = i;
          assertThat(rows.stream().anyMatch(of -> isMoved(of, dim, place)))
              .as("%s on embedding %d of width %d", TASKS.get(t), place, dim)
              .isEqualTo(place == 0 || place == 1 + t);
        }
      }
    }
  }

  private static boolean isMoved(double[] rows, int dim, int place) {
    int width = (1 + TASKS.size()) * dim;
    return IntStream.range(0, rows.length).anyMatch(i -> i % width / dim == place && rows[i] != 0);
  }

  /**
   * What moves a task's loss, and by how much: the slopes of its own and of what is shared are
   * those of the loss, another task's experts change the loss, and are not told.
   */
  @Test
  void otherTasksExpertsAreSeenAndNotTaught() {
    // Of eight rows a tower may be off for all, and then no expert is seen: not with these.
    Random random = new Random(3);
    try (ModelHarness harness = new ModelHarness(stem(Map.of()), PROBLEM)) {
      Batch batch = harness.batch(PROBLEM.rows(8, model(), random));
      Map<String, double[]> point = harness.parametersAwayFromKinks(random, batch);
      ModelHarness.Evaluation here = harness.evaluate(point, batch);
      for (String name : point.keySet()) {
        ModelHarness.Evaluation above = harness.evaluate(moved(point, name, STEP), batch);
        ModelHarness.Evaluation below = harness.evaluate(moved(point, name, -STEP), batch);
        for (String task : TASKS) {
          double told = Arrays.stream(here.tasks().get(task).gradients().get(name)).sum();
          double change = above.tasks().get(task).loss() - below.tasks().get(task).loss();
          if (isOfAnother(task, name)) {
            assertThat(told).as("%s on %s", task, name).isZero();
            assertThat(change).as("%s by %s", task, name).isNotZero();
          } else if (!name.startsWith("embedding_store")) {
            assertThat(told)
                .as("%s on %s", task, name)
                .isCloseTo(change / (2 * STEP), within(1e-6 * Math.max(1, Math.abs(told))));
          }
        }
      }
    }
  }

  private static boolean isOfAnother(String task, String name) {
    return TASKS.stream()
        .anyMatch(t -> !t.equals(task) && name.startsWith("stem/experts_" + t + "/"));
  }

  private static Map<String, double[]> moved(
      Map<String, double[]> point, String name, double step) {
    Map<String, double[]> moved = new LinkedHashMap<>(point);
    moved.put(name, Arrays.stream(point.get(name)).map(v -> v + step).toArray());
    return moved;
  }

  @Test
  void whatIsLeftOfItForOneTaskHasItsOwnExpertsAndBudget() {
    assertThat(stem(BUDGET).forTask("click")).isEqualTo(stem(Map.of("click", 2)));
    assertThat(stem(BUDGET).forTask("rating")).isEqualTo(stem(Map.of()));
  }

  @Test
  void wrongKeysAreRefusedByName() {
    assertThatThrownBy(() -> stem(Map.of("click", 2000)))
        .hasMessage("experts_by_task.click: expected 0 to 1024, found 2000");
    assertThatThrownBy(() -> stem(Map.of("clik", 2)).outputs(PROBLEM.tasks()))
        .hasMessageStartingWith("experts_by_task: expected tasks, found \"clik\".");
  }
}
