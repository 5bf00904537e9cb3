package org.mtl4j.experiment.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.reproduce.Reproduction.BaseExperiment;
import org.mtl4j.experiment.reproduce.Reproduction.Finding;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.wiring.MtlServices;

/** Arms are trained with the same seeds, and their figures are those of their runs. */
class ReproductionStudyTest {
  private static final Reproduction TINY =
      new Reproduction(
          "tiny",
          new Finding("nobody", "nothing", "in nothing"),
          new BaseExperiment(
              """
              name: tiny
              data:
                source: {type: synthetic_regression, rows: 400, features: 3}
                split: {by: every, test: 5, validation: 5}
                cache: {enabled: false}
              features:
                x1: {type: numeric}
                x2: {type: numeric}
                x3: {type: numeric}
              tasks:
                y1: {type: regression, label: y1}
                y2: {type: regression, label: y2}
              model: {type: shared_bottom}
              training: {epochs: 2, batch_size: 64, threads: 1}
              """,
              List.of("seed", "data.source.seed"),
              Map.of("training.epochs", "1")),
          List.of(
              Arm.ofModel("small", "{type: shared_bottom, bottom_layers: [2], tower_layers: []}"),
              Arm.ofModel("large", "{type: shared_bottom, bottom_layers: [8], tower_layers: []}")),
          new RunMetrics().with("error", "y1/rmse", "y2/rmse").with("none", "y3/rmse"),
          List.of(
              Claim.less("large is below small", "large", "small", "error"),
              Claim.less("medium is below small", "medium", "small", "error")));

  @TempDir private Path folder;

  /** Trainings in their order, and the steps that each took. */
  private static class Log implements ReproductionListener {
    private final List<String> trainings = new ArrayList<>();
    private int steps;

    @Override
    public ExperimentListener begin(String arm, long seed, int number, int of) {
      steps = 0;
      trainings.add("%d of %d: %s, seed %d".formatted(number, of, arm, seed));
      return new ExperimentListener() {
        @Override
        public void onStep(Step step) {
          steps++;
        }

        @Override
        public boolean stopRequested() {
          return stops();
        }
      };
    }

    boolean stops() {
      return false;
    }

    @Override
    public void end() {
      trainings.add(steps + " steps");
    }
  }

  private Optional<Reproduced> run(Log log, boolean resume, boolean brief) {
    return new ReproductionStudy(MtlServices.standard(), log)
        .run(TINY, new ReproductionStudy.Options(folder, resume, 2, brief, Map.of()));
  }

  @Test
  void eachSeedTrainsAllArmsAndFiguresAreTheirRuns() {
    Log log = new Log();
    Reproduced reproduced = run(log, false, false).orElseThrow();
    assertThat(log.trainings)
        .containsExactly(
            "1 of 4: small, seed 1",
            "8 steps",
            "2 of 4: large, seed 1",
            "8 steps",
            "3 of 4: small, seed 2",
            "8 steps",
            "4 of 4: large, seed 2",
            "8 steps");
    assertThat(reproduced.seeds()).containsExactly(1L, 2L);
    List<Double> sums = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      double small = error("small", seed);
      double large = error("large", seed);
      assertThat(reproduced.arms().get("small").get("error").values().get(seed - 1))
          .isEqualTo(small);
      sums.add(small - large);
    }
    assertThat(reproduced.arms().get("small")).containsOnlyKeys("error");
    assertThat(reproduced.verdicts()).hasSize(1);
    Reproduced.Verdict verdict = reproduced.verdicts().get(0);
    assertThat(verdict.claim().says()).isEqualTo("large is below small");
    assertThat(verdict.sum().values().get(0)).isCloseTo(sums.get(0), within(1e-12));
    assertThat(verdict.sum().values().get(1)).isCloseTo(sums.get(1), within(1e-12));
  }

  private double error(String arm, int seed) {
    Run run = Run.open(folder.resolve(arm).resolve("seed-" + seed));
    return (run.metric("test", "y1", "rmse") + run.metric("test", "y2", "rmse")) / 2;
  }

  @Test
  @Tag("slow")
  void whatIsFinishedIsNotTrainedAgain() {
    Reproduced first = run(new Log(), false, true).orElseThrow();
    Log log = new Log();
    Reproduced again = run(log, true, true).orElseThrow();
    assertThat(log.trainings).filteredOn(line -> line.endsWith("steps")).containsOnly("0 steps");
    assertThat(again).isEqualTo(first);
    assertThat(first.brief()).isTrue();
  }

  @Test
  @Tag("slow")
  void stoppingKeepsWhatIsThereAndResumingGivesTheSame() {
    Log stopping =
        new Log() {
          @Override
          boolean stops() {
            return true;
          }
        };
    assertThat(run(stopping, false, false)).isEmpty();
    assertThat(stopping.trainings).hasSize(2);
    Reproduced resumed = run(new Log(), true, false).orElseThrow();
    assertThat(resumed.arms().get("large").get("error").values().get(1))
        .isEqualTo(error("large", 2));
  }

  /** With one seed for all, or one model, every interval is a point and every claim certain. */
  @Test
  void keysThatSeedsOrArmsDifferInAreRefused() {
    for (String key : List.of("seed", "data.source", "model", "model.dropout")) {
      assertThatThrownBy(() -> TINY.checkFree(Set.of("training.epochs", key)))
          .isInstanceOf(MtlException.class)
          .hasMessageContaining("--set " + key)
          .hasMessageContaining("found one of data.source.seed, model, seed.");
    }
    TINY.checkFree(Set.of("data.source.rows", "models", "training"));
  }

  @Test
  void armsThatAreNotThereAreRefusedWithThoseThatAre() {
    assertThat(TINY.only(List.of("large")).arms()).extracting(Arm::name).containsExactly("large");
    assertThatThrownBy(() -> TINY.only(List.of("larg")))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("Expected arms of tiny, small, large, found larg.")
        .hasMessageContaining("Did you mean \"large\"?");
    assertThatThrownBy(() -> new Reproductions().named("funel"))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("Did you mean \"funnel\"?");
    assertThatThrownBy(() -> new ReproductionStudy.Options(folder, false, 0, false, Map.of()))
        .hasMessageContaining("Expected at least 1, found 0.");
  }
}
