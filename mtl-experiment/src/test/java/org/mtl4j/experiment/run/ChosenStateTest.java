package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.Progress;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

/** Which state of a run is kept and exported, and that a stopped run comes to the same one. */
class ChosenStateTest {
  private static final String PARETO = "{pareto: [click/auc, dwell/mae], keep: 2, patience: 2}";
  private static final String SUM =
      "{metrics: {click/auc: 0.3, dwell/mae: 0.01}, patience: 1, min_gain: 0.001}";

  @TempDir private Path folder;

  private final ExperimentService service = MtlServices.standard();

  private static String yaml(String balancing, String stopping) {
    return """
        name: chosen
        seed: 5
        data:
          source: {type: simulated, users: 40, items: 30, impressions: 1200}
          split: {by: random, validation: 0.3, test: 0.1}
        features:
          user_id: {type: categorical, dim: 4}
          item_id: {type: categorical, dim: 4}
        tasks:
          click: {type: binary, label: click}
          dwell: {type: regression, label: dwell_seconds, where: "click == 1"}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: [], dropout: 0.2}
        training:
          epochs: 6
          batch_size: 128
          threads: 1
          optimizer: {type: adam, learning_rate: 0.03}
          balancing: %s
          early_stopping: %s
        evaluation: {bootstrap: 0}
        """
        .formatted(balancing, stopping);
  }

  private ExperimentPlan plan(String balancing, String stopping) {
    return service.read(ConfigFile.parse(yaml(balancing, stopping), "chosen.yaml"));
  }

  /** Asks to stop in the middle of the second epoch. */
  private static ExperimentListener stoppingInTheSecondEpoch() {
    return new ExperimentListener() {
      private long wanted;
      private long taken;

      @Override
      public void onStart(Plan ahead) {
        wanted = ahead.stepsPerEpoch() * 3L / 2;
      }

      @Override
      public void onStep(Step step) {
        taken = step.step();
      }

      @Override
      public boolean stopRequested() {
        return taken == wanted;
      }
    };
  }

  private static Progress.Best best(Run run) {
    return new CheckpointStore(run.files().checkpoints()).latest().orElseThrow().progress().best();
  }

  /** Both train for themselves: state of the method, the optimisers, the dropout and the rule. */
  private Run resumedLikeUninterrupted(String balancing, String stopping) throws IOException {
    ExperimentPlan plan = plan(balancing, stopping);
    String name = balancing.replaceAll("\\W", "");
    Run straight =
        service.train(plan, TrainOptions.into(folder.resolve(name)), ExperimentListener.SILENT);
    Path halved = folder.resolve(name + "-halved");
    assertThat(service.train(plan, TrainOptions.into(halved), stoppingInTheSecondEpoch()).status())
        .isEqualTo(Run.Status.INTERRUPTED);
    Run resumed = service.train(plan, new TrainOptions(halved, true), ExperimentListener.SILENT);
    assertThat(resumed.status()).isEqualTo(Run.Status.FINISHED);
    List<String> names =
        new ArrayList<>(List.of("checkpoints", "history.jsonl", "metrics.json", "report.html"));
    if (stopping.equals(PARETO)) {
      names.add("front.json");
    }
    for (String file : names) {
      assertThat(Folders.content(halved.resolve(file)))
          .as("%s, %s", balancing, file)
          .isEqualTo(Folders.content(folder.resolve(name).resolve(file)))
          .isNotEmpty();
    }
    assertThat(best(resumed)).isEqualTo(best(straight));
    return straight;
  }

  @Test
  void aRunStoppedInAnEpochComesToTheSameFrontWithUncertaintyWeights() throws IOException {
    Run run = resumedLikeUninterrupted("{type: uncertainty}", PARETO);
    Progress.Best best = best(run);
    List<String> kept = new ArrayList<>();
    for (JsonNode state : JsonMapper.builder().build().readTree(run.files().front().toFile())) {
      assertThat(state.path("validation").path("dwell/mae").isNumber()).isTrue();
      assertThat(state.path("best").asBoolean())
          .isEqualTo(state.path("step").asLong() == best.step());
      if (state.path("checkpoint").asBoolean()) {
        kept.add("step-" + state.path("step").asLong());
      }
    }
    assertThat(kept).hasSizeBetween(1, 2);
    assertThat(Folders.names(run.files().checkpoints())).containsAll(kept);
    assertThat(Files.readString(run.files().report())).contains("Pareto front");
    assertThat(best.front()).hasSizeGreaterThanOrEqualTo(kept.size());
  }

  @Test
  void aRunStoppedInAnEpochStopsWhereOneByASumStopsWithFamo() throws IOException {
    Run run = resumedLikeUninterrupted("{type: famo}", SUM);
    Progress.Best best = best(run);
    assertThat(run.files().front()).doesNotExist();
    assertThat(best.value()).isFinite();
    assertThat(
            run.metric("validation", "click", "auc") * 0.3
                - run.metric("validation", "dwell", "mae") * 0.01)
        .isEqualTo(best.value());
  }

  /** What was typed, every default filled in, and what differs, key by key. */
  @Test
  void aRunOfAnotherRuleIsNotGoneOnWith() throws IOException {
    Path run = folder.resolve("run");
    service.train(
        plan("{type: static}", "{metric: click/auc, patience: null}"),
        TrainOptions.into(run),
        stoppingInTheSecondEpoch());
    assertThat(Files.readString(run.resolve("experiment.yaml")))
        .contains("patience: null")
        .contains("min_gain: 0.0")
        .doesNotContain("keep:", "pareto:");
    MtlException refused =
        catchThrowableOfType(
            MtlException.class,
            () ->
                service.train(
                    plan("{type: static}", "{pareto: [click/auc, dwell/mae]}"),
                    new TrainOptions(run, true),
                    ExperimentListener.SILENT));
    assertThat(refused.problems())
        .extracting(Problem::what)
        .anyMatch(what -> what.contains("click/auc") && what.contains("nothing"))
        .anyMatch(what -> what.contains("nothing") && what.contains("[click/auc, dwell/mae]"))
        .anyMatch(what -> what.contains("nothing") && what.contains("5"));
    assertThat(refused.problems())
        .extracting(problem -> problem.where().replaceAll(" .*", ""))
        .containsExactlyInAnyOrder(
            "training.early_stopping.metric",
            "training.early_stopping.min_gain",
            "training.early_stopping.pareto",
            "training.early_stopping.keep",
            "training.early_stopping.patience");
  }

  @Test
  void whatIsNoRuleIsSaidWhereItStands() {
    Map<String, String> wrong =
        Map.of(
            "{patience: 2}",
            "training.early_stopping (chosen.yaml:19:3): Expected one of metric, metrics and pareto, found none.",
            "{metric: click/auc, pareto: [click/auc, dwell/mae]}",
            "training.early_stopping (chosen.yaml:19:3): Expected one of metric, metrics and pareto, found metric and pareto.",
            "{metric: click/auc, keep: 3}",
            "training.early_stopping.keep (chosen.yaml:19:39): Expected it with pareto only, found it with metric.",
            "{pareto: [click/auc]}",
            "training.early_stopping.pareto (chosen.yaml:19:20): Expected at least two different metrics, found [click/auc].",
            "{pareto: [click/auc, dwell/rmsee]}",
            "training.early_stopping.pareto (chosen.yaml:19:20): Expected a metric as output/metric, found \"dwell/rmsee\".",
            "{metrics: {click/auc: 0}}",
            "training.early_stopping.metrics (chosen.yaml:19:20): Expected weights above 0, found 0.0 for click/auc.",
            "{pareto: [click/auc, dwell/mae], patience: 0}",
            "training.early_stopping.patience (chosen.yaml:19:52): Expected at least 1, or null for never, found 0.");
    wrong.forEach(
        (rule, said) -> {
          MtlException failure =
              catchThrowableOfType(MtlException.class, () -> plan("{type: static}", rule));
          assertThat(failure).as(rule).isNotNull();
          assertThat(failure.getMessage()).as(rule).startsWith(said);
        });
  }
}
