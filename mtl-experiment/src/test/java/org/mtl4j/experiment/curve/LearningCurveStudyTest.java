package org.mtl4j.experiment.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.kept.KeptRows;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;

/** Growing shares of a small simulated log. */
class LearningCurveStudyTest {
  private static final ConfigFile EXPERIMENT =
      ConfigFile.parse(
          """
          name: tiny
          seed: 3
          data:
            source: {type: simulated, users: 50, items: 30, impressions: 3000}
            split: {by: random, validation: 0.2, test: 0.2}
            cache: {enabled: false}
          features:
            user_id: {type: categorical, dim: 4}
            price: {type: numeric, transform: log1p}
          tasks:
            click: {type: binary, label: click}
          model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
          training: {epochs: 2, batch_size: 256, threads: 1}
          """,
          "tiny.yaml");

  @TempDir private Path folder;

  /** Trainings in their order, and the steps that each took. */
  private static final class Log implements CurveListener {
    private final List<String> trainings = new ArrayList<>();
    private int steps;

    @Override
    public ExperimentListener begin(double percent) {
      steps = 0;
      trainings.add("begin " + percent);
      return new ExperimentListener() {
        @Override
        public void onStep(Step step) {
          steps++;
        }
      };
    }

    @Override
    public void end() {
      trainings.add("end after " + steps);
    }
  }

  private LearningCurve curve(Log log, boolean resume, Double... percents) {
    return new LearningCurveStudy(MtlServices.standard(), log)
        .run(
            EXPERIMENT,
            new Shares(List.of(percents)),
            new LearningCurveStudy.Options(folder.resolve("curve"), resume, false))
        .orElseThrow();
  }

  @Test
  void theWholeIsThePlainTrainingAndAllSharesAreMeasuredOnItsRows() throws Exception {
    Log log = new Log();
    LearningCurve curve = curve(log, false, 20.0, 100.0);
    assertThat(log.trainings)
        .containsExactly("begin 100.0", "end after 16", "begin 20.0", "end after 4");
    Path plain = folder.resolve("plain");
    Experiment.of(EXPERIMENT)
        .train(TrainOptions.into(plain).withoutLint(), ExperimentListener.SILENT);
    Path whole = folder.resolve("curve/share-100");
    for (String file : List.of("metrics.json", "intervals.json", "history.jsonl")) {
      assertThat(Files.readString(whole.resolve(file)))
          .isEqualTo(Files.readString(plain.resolve(file)));
    }
    RunFiles fifth = new RunFiles(folder.resolve("curve/share-20"));
    assertThat(KeptRows.open(fifth.testPredictions()).digests())
        .isEqualTo(KeptRows.open(new RunFiles(plain).testPredictions()).digests());
    assertThat(curve.split()).isEqualTo("test");
    assertThat(curve.points())
        .extracting(LearningCurve.Point::percent)
        .containsExactly(20.0, 100.0);
    LearningCurve.Result small = curve.points().get(0).result().orElseThrow();
    LearningCurve.Result large = curve.points().get(1).result().orElseThrow();
    assertThat(small.rows() / (double) large.rows()).isBetween(.16, .24);
    assertThat(small.metrics()).isNotEqualTo(large.metrics());
    assertThat(large.metrics().get("click")).containsKeys("auc", "log_loss");
    assertThat(large.intervals().get("click").get("auc")).hasSize(2);
  }

  @Test
  void whatIsFinishedIsNotTrainedAgainAndMoreSharesMayCome() {
    LearningCurve first = curve(new Log(), false, 50.0, 100.0);
    assertThatThrownBy(() -> curve(new Log(), false, 50.0, 100.0))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER));
    Log log = new Log();
    LearningCurve again = curve(log, true, 20.0, 50.0, 100.0);
    assertThat(log.trainings)
        .containsExactly(
            "begin 100.0", "end after 0", "begin 50.0", "end after 0", "begin 20.0", "end after 4");
    assertThat(again.points().subList(1, 3)).isEqualTo(first.points());
  }

  /** Of a share of a few rows none is a click. */
  @Test
  void aShareThatIsTooSmallSaysSo() {
    LearningCurve curve = curve(new Log(), false, 0.1, 100.0);
    LearningCurve.Point small = curve.points().get(0);
    assertThat(small.result()).isEmpty();
    assertThat(small.problem().orElseThrow()).contains("click");
    assertThat(CurveReport.tables(curve).get("click").rows().get(0).get(1).text())
        .isEqualTo("too few");
    assertThat(CurveJson.of(curve)).containsEntry("experiment", "tiny");
  }

  /** Of {@code evaluation.metrics: [rmse]} a binary output has none; a figure may be undefined. */
  @Test
  void anOutputWithoutFiguresIsLeftOutAndOneWithUndefinedOnesIsShown() {
    Map<String, Double> undefined = new HashMap<>();
    undefined.put("rmse", null);
    LearningCurve.Result result =
        new LearningCurve.Result(
            10, Map.of("click", Map.of(), "stars", undefined), Map.of("click", Map.of()));
    LearningCurve curve =
        new LearningCurve(
            "tiny",
            "test",
            List.of(
                new LearningCurve.Point(100, "share-100", Optional.of(result), Optional.empty())));
    assertThat(ReportFormat.HTML.write(CurveReport.of(curve)))
        .contains("stars, test rows")
        .doesNotContain("click, test rows");
    assertThat(CurveReport.tables(curve)).containsOnlyKeys("stars");
  }

  @Test
  void sharesRiseAndAreOfTheWhole() {
    for (List<Double> wrong :
        List.of(List.of(5.0), List.of(5.0, 5.0), List.of(0.0, 5.0), List.of(5.0, 101.0))) {
      assertThatThrownBy(() -> new Shares(wrong))
          .hasMessage(
              "--shares: Expected two or more rising numbers above 0, at most 100, found "
                  + wrong
                  + ". Say percents of the training rows: --shares 1,5,20,100.");
    }
    assertThatThrownBy(
            () -> MtlServices.standard().read(EXPERIMENT.withOverride("data.training_share", "0")))
        .hasMessage(
            "data.training_share (--set data.training_share): Expected a share above 0, at most 1,"
                + " found 0.0.");
  }

  @Test
  void whoStopsGetsNoCurve() {
    CurveListener stopping =
        percent ->
            new ExperimentListener() {
              @Override
              public boolean stopRequested() {
                return true;
              }
            };
    Optional<LearningCurve> none =
        new LearningCurveStudy(MtlServices.standard(), stopping)
            .run(
                EXPERIMENT,
                Shares.USUAL,
                new LearningCurveStudy.Options(folder.resolve("stopped"), false, false));
    assertThat(none).isEmpty();
    assertThat(folder.resolve("stopped/share-20")).doesNotExist();
  }
}
