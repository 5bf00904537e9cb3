package org.mtl4j.experiment.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunTransforms;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

class UpdaterTest {
  private static final int ROWS = 3000;
  private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private static Path folder;

  private static Shop shop;
  private static Run trained;

  @BeforeAll
  static void train() {
    shop = new Shop(folder);
    trained = shop.train("trained");
  }

  private Run run(TestInfo test) {
    return shop.copy(trained, test.getTestMethod().orElseThrow().getName());
  }

  private static Updater updater(int day, ExperimentListener listener) {
    Clock clock = Clock.fixed(FIRST.plus(Duration.ofDays(day)), ZoneOffset.UTC);
    return new Updater(MtlServices.standard(), clock, listener);
  }

  private static Decision update(Run run, String file, UpdateOptions options) {
    return updater(0, ExperimentListener.SILENT).update(run, List.of(file), options).orElseThrow();
  }

  private static Decision update(Run run, String file) {
    return update(run, file, Shop.OPTIONS);
  }

  private static List<String> items(RunTransforms transforms) {
    FittedCategorical item = (FittedCategorical) transforms.pipeline().features().get(0);
    return item.vocabulary().orElseThrow().tokens();
  }

  @Test
  void anAcceptedUpdateAddsItemsGoesOnWithStepsAndIsServed(TestInfo test) throws IOException {
    Run run = run(test);
    Map<String, String> served = Folders.content(run.files().export(1));
    Decision decision = update(run, shop.day(2, ROWS));
    assertThat(decision.verdict()).as(decision.toString()).isEqualTo(Verdict.ACCEPTED);
    assertThat(decision.export()).isEqualTo(2);
    assertThat(decision.evidence().rows()).isEqualTo(2700);
    assertThat(decision.evidence().holdout()).isEqualTo(300);
    Updates updates = Updates.of(run);
    List<String> before = items(RunTransforms.read(run.files()));
    List<String> now = items(RunTransforms.read(updates.state(1)));
    assertThat(now.subList(0, before.size())).isEqualTo(before);
    assertThat(now).hasSize(100).contains("i99");
    assertThat(decision.evidence().vocabulary().get("item"))
        .isEqualTo(new Decision.Tokens(80, 20, 0));
    Checkpoint from = updates.base(run, 0).checkpoint();
    Checkpoint to = updates.base(run, 1).checkpoint();
    assertThat(to.progress().step()).isEqualTo(from.progress().step() + 43); // 2700 by 64.
    assertThat(run.export()).isEqualTo(run.files().export(2));
    assertThat(ManifestFile.read(run.export()).provenance()).containsEntry("update", "1");
    assertThat(Folders.content(run.files().export(1))).isEqualTo(served);
  }

  /** A third of what day 3 sells was new on day 2. */
  @Test
  @Tag("slow")
  void itKnowsTheNextDayBetter(TestInfo test) {
    Run run = run(test);
    double before = auc(run, shop.day(3, ROWS));
    update(run, shop.day(2, ROWS));
    assertThat(auc(run, shop.day(3, ROWS))).isGreaterThan(before + 0.02);
  }

  private static double auc(Run run, String file) {
    return new Evaluation(MtlServices.standard())
        .evaluate(run, List.of(file))
        .report()
        .get("click/auc")
        .orElseThrow();
  }

  /** The very rows of an accepted update: somebody's cron ran twice. */
  @Test
  @Tag("slow")
  void noRowIsTrainedTwice(TestInfo test) {
    Run run = run(test);
    assertThat(update(run, shop.day(2, ROWS)).verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThatThrownBy(() -> update(run, shop.day(2, ROWS)))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_TRAINED));
    assertThat(update(run, shop.day(3, ROWS)).number()).isEqualTo(2);
    assertThat(Updates.of(run).accepted()).isEqualTo(2);
  }

  /** The rate of clicks stays about what it was: the model that serves finds it out. */
  @Test
  void labelsThatAreTurnedRoundHoldTheExportBack(TestInfo test) throws IOException {
    Run run = run(test);
    Map<String, String> served = Folders.content(run.files().exports());
    String turned =
        shop.day(
            2, ROWS, row -> row.replaceAll("1$", "x").replaceAll("0$", "1").replaceAll("x$", "0"));
    Decision decision = update(run, turned);
    assertThat(decision.verdict()).isEqualTo(Verdict.HELD);
    assertThat(decision.reasons().toString()).contains("click: ", "AUC", "auc_of_served_model");
    assertThat(Folders.content(run.files().exports())).isEqualTo(served);
    assertThat(Files.exists(Updates.of(run).update(1).run().checkpoints())).isFalse();
    assertThat(update(run, shop.day(2, ROWS)).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void anEmptiedColumnHoldsTheExportBackUnlessItMay(TestInfo test) {
    Run run = run(test);
    String emptied = shop.day(2, ROWS, row -> row.replaceAll("^(\\d+,u\\d+,i\\d+),[^,]+,", "$1,,"));
    Decision decision = update(run, emptied);
    assertThat(decision.verdict()).isEqualTo(Verdict.HELD);
    assertThat(decision.reasons())
        .singleElement()
        .asString()
        .startsWith(
            "price: its values, most of all missing: expected in 0.0 % of rows, found in 100.0 %");
    Decision allowed = update(run, emptied, Shop.allowing("price"));
    assertThat(allowed.verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(allowed.evidence().drift()).hasSize(1);
  }

  /** A script that clicks on one item, which the model knows or does not. */
  @Test
  void anItemThatFloodsTheLogHoldsTheExportBack(TestInfo test) {
    Run run = run(test);
    for (String item : List.of("i77", "i9999")) {
      String flooded =
          shop.day(
              2,
              ROWS,
              row ->
                  Math.floorMod(row.hashCode(), 10) < 3
                      ? row.replaceFirst(",i\\d+,", "," + item + ",")
                      : row);
      Decision decision = update(run, flooded);
      assertThat(decision.verdict()).isEqualTo(Verdict.HELD);
      assertThat(decision.reasons().toString())
          .contains("item: its value \"" + item + "\": expected in at most ")
          .containsPattern("found in [23]\\d\\.\\d % of 3000 \\(token_share 0\\.");
    }
    assertThat(update(run, shop.day(2, ROWS)).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  @Tag("slow")
  void aJumpOfTheRateHoldsTheExportBack(TestInfo test) {
    Decision decision =
        update(
            run(test),
            shop.day(2, ROWS, row -> row.replaceAll("0$", row.hashCode() % 2 == 0 ? "1" : "0")));
    assertThat(decision.verdict()).isEqualTo(Verdict.HELD);
    assertThat(decision.reasons().get(0)).startsWith("click: its rate of positives: expected 0.4");
  }

  /** A learning rate of 3 leaves nothing of the model. */
  @Test
  void aWorseModelIsRefusedAndTheNextUpdateGoesOnFromTheLastAccepted(TestInfo test) {
    Run run = run(test);
    UpdateOptions wild =
        new UpdateOptions(
            1,
            OptionalInt.empty(),
            Shop.OPTIONS.judging(),
            Map.of("training.optimizer.learning_rate", "3"));
    Decision refused = update(run, shop.day(2, ROWS), wild);
    assertThat(refused.verdict()).as(refused.toString()).isEqualTo(Verdict.REFUSED);
    assertThat(refused.export()).isZero();
    assertThat(run.export()).isEqualTo(run.files().export(1));
    assertThat(Updates.of(run).update(1).run().export(1)).exists();
    Decision next = update(run, shop.day(2, ROWS));
    assertThat(next.verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(Updates.of(run).update(2).intake().base()).isZero();
  }

  @Test
  @Tag("slow")
  void fewRowsDecideNothing(TestInfo test) {
    Decision decision = update(run(test), shop.day(2, 120));
    assertThat(decision.verdict()).as(decision.toString()).isEqualTo(Verdict.UNDECIDED);
    UpdateOptions ungated = UpdateOptions.USUAL.with(UpdateOptions.Judging.USUAL.withoutGate());
    Run other = shop.copy(trained, "ungated");
    assertThat(update(other, shop.day(2, 120), ungated).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void anInterruptedUpdateEndsWithTheBytesOfOneThatWasNot(TestInfo test) throws IOException {
    Run stopped = run(test);
    Run whole = shop.copy(trained, "whole");
    int[] steps = {0};
    ExperimentListener stopping =
        new ExperimentListener() {
          @Override
          public void onStep(Step step) {
            steps[0]++;
          }

          @Override
          public boolean stopRequested() {
            return steps[0] >= 7;
          }
        };
    List<String> day = List.of(shop.day(2, ROWS));
    Optional<Decision> none = updater(0, stopping).update(stopped, day, Shop.OPTIONS);
    assertThat(none).isEmpty();
    // A day later, the update is still of the day on which it began.
    assertThat(updater(1, ExperimentListener.SILENT).update(stopped, day, Shop.OPTIONS))
        .isPresent();
    update(whole, day.get(0));
    Map<String, String> expected = Folders.content(whole.files().folder());
    Map<String, String> found = Folders.content(stopped.files().folder());
    List.of("updates/0001/timing.jsonl", ".lock", "updates/0001/.lock")
        .forEach(
            file -> {
              expected.remove(file);
              found.remove(file);
            });
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((file, bytes) -> assertThat(found.get(file).equals(bytes)).as(file).isTrue());
  }

  @Test
  @Tag("slow")
  void itemsThatNobodyBuysAreForgotten(TestInfo test) {
    assertForgotten(run(test), 1);
  }

  /** All four days are made up for in one night. */
  @Test
  @Tag("slow")
  void whereRowsHaveTimesTheirDaysCount() {
    Run run = shop.train("timed", "time: {column: ts, end: '172800'}");
    assertForgotten(run, 0);
    UpdateFiles update = Updates.of(run).update(1);
    assertThat(end(run, update, Map.of())).as("later rows end when they end").isEmpty();
    assertThat(end(run, update, Map.of("data.time.end", "'604800'"))).hasValue("604800");
  }

  private static Optional<String> end(Run run, UpdateFiles update, Map<String, String> overrides) {
    return new LaterPlan(MtlServices.standard(), run.files())
        .of(update.intake().rows(), new Intake.Settings(1, 0.1, 0, 0, overrides))
        .config()
        .data()
        .time()
        .orElseThrow()
        .end();
  }

  private static void assertForgotten(Run run, int daysBetween) {
    UpdateOptions forgetting =
        new UpdateOptions(
            1, OptionalInt.of(2), UpdateOptions.Judging.USUAL.withoutGate(), Map.of());
    List<Integer> known = new ArrayList<>();
    for (int day = 0; day < 4; day++) {
      List<String> rows = List.of(shop.day(2 + day, ROWS));
      Updater updater = updater(day * daysBetween, ExperimentListener.SILENT);
      assertThat(updater.update(run, rows, forgetting)).isPresent();
      known.add(items(RunTransforms.read(Updates.of(run).state(day + 1))).size());
    }
    // Items 0 to 79 by the run, then 20 more a day. What was sold on the first day of the updates
    // at the latest, or before it, goes three days later.
    assertThat(known).containsExactly(100, 120, 140, 100);
    assertThat(items(RunTransforms.read(Updates.of(run).state(4))))
        .doesNotContain("i0", "i59")
        .contains("i60", "i159");
  }

  @Test
  @Tag("slow")
  void aRunThatHasGoneOnIsNotResumed(TestInfo test) {
    Run run = run(test);
    update(run, shop.day(2, ROWS));
    ConfigFile file = ConfigFile.read(run.files().experiment());
    TrainOptions resume = new TrainOptions(run.files().folder(), true);
    assertThatThrownBy(() -> Experiment.of(file).train(resume, ExperimentListener.SILENT))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("--continue");
  }

  @Test
  void whatTheStateWasMadeOfStays(TestInfo test) {
    UpdateOptions other =
        new UpdateOptions(
            1, OptionalInt.empty(), UpdateOptions.Judging.USUAL, Map.of("model.experts", "3"));
    assertThatThrownBy(() -> update(run(test), shop.day(2, ROWS), other))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("--set model.experts");
  }
}
