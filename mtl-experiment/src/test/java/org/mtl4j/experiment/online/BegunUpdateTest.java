package org.mtl4j.experiment.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

/** How updates are begun, dropped and gone on with, and which rows are new. */
class BegunUpdateTest {
  private static final int ROWS = 300;
  private static final UpdateOptions OPTIONS = holdingOut(0.1);
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @TempDir private static Path folder;

  private static Shop shop;
  private static Run trained;

  @BeforeAll
  static void train() {
    shop = new Shop(folder);
    trained = shop.train("trained");
  }

  /** Without a gate: whatever comes is accepted. */
  private static UpdateOptions holdingOut(double share) {
    return UpdateOptions.USUAL.with(new UpdateOptions.Judging(share, false, 0.02, Set.of("all")));
  }

  private static Run run(TestInfo test) {
    return shop.copy(trained, test.getTestMethod().orElseThrow().getName());
  }

  private static Updater updater(ExperimentListener listener) {
    return new Updater(MtlServices.standard(), CLOCK, listener);
  }

  private static Decision update(Run run, Path file, UpdateOptions options) {
    return updater(ExperimentListener.SILENT)
        .update(run, List.of(file.toString()), options)
        .orElseThrow();
  }

  private static Optional<Decision> follow(Run run, Path log) {
    return updater(ExperimentListener.SILENT).follow(run, log, Shop.OPTIONS);
  }

  private static Path moved(String from, String to) throws IOException {
    return Files.move(Path.of(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Somebody killed it while it was dropped, from its last file on. */
  @Test
  void aFolderThatDoesNotSayWhatItTakesIsNoUpdate(TestInfo test) throws IOException {
    Run run = run(test);
    Path left = Updates.of(run).update(1).run().checkpoints();
    Files.createDirectories(left);
    assertThat(update(run, Path.of(shop.day(2, ROWS)), OPTIONS).number()).isEqualTo(1);
    Run followed = shop.copy(trained, "left");
    Files.createDirectories(Updates.of(followed).update(1).rows());
    assertThat(follow(followed, Path.of(shop.day(2, ROWS)))).isPresent();
  }

  /** The disk is full, say: here a file lies where their folders would. */
  @Test
  void oneThatCannotBeBegunSaysWhereAndHowToGoOn(TestInfo test) throws IOException {
    Run run = run(test);
    Path log = Path.of(shop.day(2, ROWS));
    Files.createFile(run.files().updates());
    String place = run.files().updates().toString();
    assertThatThrownBy(() -> update(run, log, OPTIONS))
        .isInstanceOfSatisfying(MtlException.class, e -> assertWritten(e, place))
        .hasMessageContaining("give the same command again");
    assertThatThrownBy(() -> follow(run, log))
        .isInstanceOfSatisfying(MtlException.class, e -> assertWritten(e, place));
    Files.delete(run.files().updates());
    assertThat(update(run, log, OPTIONS).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  private static void assertWritten(MtlException e, String place) {
    assertThat(e.code()).isEqualTo(ErrorCode.IO);
    assertThat(e.problems().get(0).where()).startsWith(place);
  }

  /** At midnight today's file becomes yesterday's, and another is today's. */
  @Test
  void itGoesOnWithItsRowsWhereverTheyLieNow(TestInfo test) throws IOException {
    Run stopped = run(test);
    int[] steps = {0};
    ExperimentListener stopping =
        new ExperimentListener() {
          @Override
          public void onStep(Step step) {
            steps[0]++;
          }

          @Override
          public boolean stopRequested() {
            return steps[0] >= 2;
          }
        };
    Path today = moved(shop.day(2, ROWS), "today.csv");
    assertThat(updater(stopping).update(stopped, List.of(today.toString()), OPTIONS)).isEmpty();
    Path yesterday = moved(today.toString(), "yesterday.csv");
    moved(shop.day(3, ROWS), "today.csv");
    assertThat(update(stopped, yesterday, OPTIONS).number()).isEqualTo(1);
    Run whole = shop.copy(trained, "whole");
    update(whole, yesterday, OPTIONS);
    assertThat(state(stopped)).isEqualTo(state(whole));
  }

  private static Map<String, String> state(Run run) throws IOException {
    return Folders.ofRun(Updates.of(run).update(1).folder());
  }

  @Test
  void noRowIsTrainedTwiceByAnotherShareHeldOut(TestInfo test) {
    Run run = run(test);
    Path day = Path.of(shop.day(2, ROWS));
    update(run, day, OPTIONS);
    assertThatThrownBy(() -> update(run, day, holdingOut(0.2)))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_TRAINED));
  }

  /** What replaces it may have fewer rows than wait. */
  @Test
  void aFileThatIsBegunAnewIsTakenHoweverShortItIs(TestInfo test) throws IOException {
    Run run = run(test);
    Path log = moved(shop.day(2, 100), "log.csv");
    assertThat(follow(run, log).orElseThrow().verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(follow(run, log)).isEmpty();
    moved(shop.day(3, 60), "log.csv");
    Decision.Evidence found = follow(run, log).orElseThrow().evidence();
    assertThat(found.rows() + found.holdout()).isEqualTo(60);
    assertThat(follow(run, log)).isEmpty();
  }
}
