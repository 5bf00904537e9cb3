package org.mtl4j.models.esmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.testkit.RowEdits;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

class EsmmTest extends ForwardTest {
  private static final List<String> STAGES = List.of("click", "cart", "purchase", "review");
  private static final int ROWS = 64;

  @Override
  protected MultiTaskModel model() {
    return esmm(List.of("click", "purchase"));
  }

  private static Esmm esmm(List<String> stages) {
    return new Esmm(stages, List.of(10, 8), 0);
  }

  private static SmallProblem problem(List<String> stages) {
    return SmallProblem.withFunnel(stages.toArray(String[]::new));
  }

  private static EncodedRows rows(SmallProblem problem, MultiTaskModel model) {
    return problem.rows(ROWS, model, TestSeed.random());
  }

  private static String seed(String what) {
    return what + ", seed " + TestSeed.value();
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 2, x));
    }
    return hidden;
  }

  @Test
  void probabilityOfGoingThroughIsTheProductOfTheStages() {
    for (int count = 2; count <= STAGES.size(); count++) {
      List<String> stages = STAGES.subList(0, count);
      SmallProblem problem = problem(stages);
      EncodedRows rows = rows(problem, esmm(stages));
      try (TrainingSession session = PlainNetwork.trained(esmm(stages), problem, rows)) {
        Predictions predictions = session.predict(rows);
        for (int row = 0; row < ROWS; row++) {
          double product = predictions.values().get("click")[row];
          for (String stage : stages.subList(1, count)) {
            product *= predictions.values().get(stage)[row];
            assertThat((double) predictions.values().get("through_" + stage)[row])
                .as(seed(stage + " of " + stages))
                .isCloseTo(product, within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void outputsAreTheTasksAndAProductForEachLaterStage() {
    List<String> stages = STAGES.subList(0, 3);
    assertThat(esmm(stages).outputs(problem(stages).tasks()))
        .extracting(OutputSpec::name)
        .containsExactly(
            "click", "cart", "purchase", "genre", "rating", "through_cart", "through_purchase");
  }

  @Test
  void lossOfAStageIsTheCrossEntropyOfItsProductOverAllRows() {
    List<String> stages = STAGES.subList(0, 3);
    SmallProblem problem = problem(stages);
    EncodedRows rows = rows(problem, esmm(stages));
    try (TrainingSession session = PlainNetwork.trained(esmm(stages), problem, rows)) {
      Predictions before = session.predict(rows);
      StepLosses losses = session.step(PlainNetwork.batch(session, rows), 6);
      for (String stage : stages) {
        String output = stage.equals("click") ? stage : "through_" + stage;
        LabelColumn labels = rows.labels().get(output);
        assertThat(labels.mask()).as(seed("every row has a say")).doesNotContain(false);
        assertThat(losses.tasks().get(stage))
            .as(seed(stage))
            .isCloseTo(crossEntropy(before.values().get(output), labels), within(1e-4));
      }
    }
  }

  private static double crossEntropy(float[] p, LabelColumn labels) {
    double sum = 0;
    double weights = 0;
    for (int r = 0; r < p.length; r++) {
      double ofLabel = labels.labels()[r] == 1 ? p[r] : 1 - (double) p[r];
      sum -= labels.weights()[r] * Math.log(ofLabel);
      weights += labels.weights()[r];
    }
    return sum / weights;
  }

  @Test
  void rowsThatDidNotClickTeachTheLaterTower() {
    EncodedRows all = rows(PROBLEM, model());
    float[] clicks = all.labels().get("click").labels();
    int[] noClick = IntStream.range(0, ROWS).filter(r -> clicks[r] == 0).toArray();
    assertThat(noClick).as(seed("rows without a click")).isNotEmpty();
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM, RowEdits.select(all, noClick));
    assertThat(gradients.reaches("purchase", "tower_purchase")).isTrue();
    assertThat(gradients.reaches("purchase", "tower_click")).isTrue();
  }

  @Test
  void laterStagesOwnLabelHasNoSayInTraining() {
    EncodedRows rows = rows(PROBLEM, model());
    TaskGradients with = TaskGradients.of(model(), PROBLEM, rows);
    TaskGradients without =
        TaskGradients.of(model(), PROBLEM, RowEdits.silence(rows, List.of("purchase")));
    assertThat(without.evaluation().total().loss()).isEqualTo(with.evaluation().total().loss());
    with.evaluation()
        .total()
        .gradients()
        .forEach(
            (name, gradient) ->
                assertThat(without.evaluation().total().gradients().get(name))
                    .as(name)
                    .isEqualTo(gradient));
  }

  @Test
  void taskThatIsNoStageKeepsItsOwnLoss() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (String task : List.of("genre", "rating")) {
      assertThat(gradients.reaches(task, "tower_" + task)).as(task).isTrue();
      for (String stage : List.of("click", "purchase")) {
        assertThat(gradients.reaches(task, "tower_" + stage)).as(task + " on " + stage).isFalse();
        assertThat(gradients.reaches(stage, "tower_" + task)).as(stage + " on " + task).isFalse();
      }
    }
    assertThat(gradients.reaches("click", "tower_purchase")).isFalse();
  }

  @Test
  void stageThatIsNoBinaryTaskIsRefused() {
    for (String wrong : List.of("rating", "moods", "clicks")) {
      Esmm model = esmm(List.of("click", wrong));
      assertThatThrownBy(() -> model.outputs(PROBLEM.withMoods().tasks()))
          .as(wrong)
          .hasMessageContaining("stages")
          .hasMessageContaining("\"" + wrong + "\"");
    }
    for (List<String> stages : Arrays.asList(List.of("click"), List.of("click", "click"))) {
      assertThatThrownBy(() -> esmm(stages)).hasMessageContaining(stages.toString());
    }
  }
}
