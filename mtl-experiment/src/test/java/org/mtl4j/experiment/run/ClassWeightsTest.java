package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.experiment.config.ClassWeights;
import org.mtl4j.experiment.wiring.MtlServices;

/** From {@code class_weights} in a file to what a model learns. */
class ClassWeightsTest {
  @TempDir private Path folder;

  private final ExperimentService service = MtlServices.standard();

  private static FittedTask task(TaskType type, LabelEncoding encoding) {
    return new FittedTask(
        new Task("y", type, Expression.parse("y"), SampleSpace.everywhere(), Optional.empty(), 2),
        encoding);
  }

  private static EncodedRows rows(float[] labels, boolean[] mask, float... weights) {
    return new EncodedRows(
        labels.length,
        List.of(),
        List.of(),
        Map.of("y", new LabelColumn(labels, mask, weights)),
        Optional.empty());
  }

  /** Weights 3 of no, 1 of yes: 4 / (2 * 3) and 4 / (2 * 1). */
  @Test
  void balancedClassesWeighAlikeInSum() {
    FittedTask weighted =
        ClassShares.apply(
            new ClassWeights.Balanced(),
            task(new TaskType.Binary(List.of()), new LabelEncoding.Indicator()),
            rows(new float[] {0, 1, 0, 1}, new boolean[] {true, true, true, false}, 2, 1, 1, 50));
    assertThat(weighted.task().loss().classWeights()).containsExactly(4 / 6.0, 2.0);
    assertThat(weighted.task().lossWeight()).isEqualTo(2);
  }

  @Test
  void weightsAreInTheOrderOfTheClassesAndOthersAreOne() {
    FittedTask mood =
        task(new TaskType.Multiclass(), new LabelEncoding.Classes(List.of("sad", "glad", "none")));
    EncodedRows rows = rows(new float[] {0}, new boolean[] {true}, 1);
    Map<String, Double> weights = new LinkedHashMap<>(Map.of("none", 3.0, "sad", .5));
    assertThat(
            ClassShares.apply(new ClassWeights.Given(weights), mood, rows)
                .task()
                .loss()
                .classWeights())
        .containsExactly(.5, 1.0, 3.0);
    MtlException refused =
        catchThrowableOfType(
            MtlException.class,
            () -> ClassShares.apply(new ClassWeights.Given(Map.of("glat", 2.0)), mood, rows));
    assertThat(refused)
        .hasMessageContaining("tasks.y.class_weights")
        .hasMessageContaining("found \"glat\"")
        .hasMessageContaining("glad");
  }

  private ExperimentPlan plan(String keys) {
    String yaml =
        """
        name: weights
        seed: 5
        data:
          source: {type: simulated, users: 40, items: 30, impressions: 3000}
        features:
          user_id: {type: categorical, dim: 2}
        tasks:
          click: {type: binary, label: click%s}
        model: {type: shared_bottom, bottom_layers: [4], tower_layers: []}
        training: {epochs: 4, batch_size: 128, threads: 1, optimizer: {type: adam, learning_rate: 0.02}}
        evaluation: {bootstrap: 0, metrics: [pcoc, log_loss]}
        """
            .formatted(keys);
    return service.read(ConfigFile.parse(yaml, "weights.yaml"));
  }

  private double pcoc(String name, String keys) {
    return service
        .train(plan(keys), TrainOptions.into(folder.resolve(name)), ExperimentListener.SILENT)
        .metric("test", "click", "pcoc");
  }

  /** Metrics see the labels as they are, and so how much more often yes is predicted. */
  @Test
  void aWeightedClassIsPredictedMoreOften() {
    double plain = pcoc("plain", "");
    assertThat(plain).isBetween(.7, 1.4);
    assertThat(pcoc("balanced", ", class_weights: balanced")).isGreaterThan(1.25 * plain);
    assertThat(pcoc("smoothed", ", label_smoothing: 0.5")).isGreaterThan(1.1 * plain);
    assertThat(pcoc("rare", ", class_weights: {\"no\": 5}")).isLessThan(.8 * plain);
  }

  @Test
  void whatIsNoWeightIsRefusedWhereItStands() {
    Map<String, String> wrong =
        Map.of(
            ", class_weights: even",
            "Expected balanced, or a map of classes and numbers, found \"even\".",
            ", class_weights: {yes: many}",
            "Expected balanced, or a map of classes and numbers, found \"many\".",
            ", class_weights: {yes: 0}",
            "Expected numbers above 0, found 0.0 for yes.",
            ", label_smoothing: 1",
            "Expected a number of at least 0 and below 1, found 1.0.");
    wrong.forEach(
        (keys, said) ->
            assertThat(catchThrowableOfType(MtlException.class, () -> plan(keys)))
                .as(keys)
                .hasMessageContaining("weights.yaml:8:")
                .hasMessageContaining(said));
  }
}
