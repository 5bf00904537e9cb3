package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.EpochLosses;
import org.mtl4j.core.training.FrontState;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;

class CheckpointStoreTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final LinearModel MODEL = new LinearModel();

  @TempDir Path folder;

  private static TrainingSession session(long seed) {
    return new TrainingSession(PROBLEM.trainer(MODEL, seed));
  }

  private static Progress at(long step, long bestStep) {
    return new Progress(step, 1, EpochLosses.none(), new Progress.Best(bestStep, 0.75, 1));
  }

  @Test
  void stateAndProgressComeBackAsTheyWereSaved() throws IOException {
    CheckpointStore store = new CheckpointStore(folder);
    try (TrainingSession first = session(1);
        TrainingSession second = session(2)) {
      store.save(first.state(), at(5, 3));
      Checkpoint checkpoint = store.latest().orElseThrow();
      assertThat(checkpoint.progress()).isEqualTo(at(5, 3));
      assertThat(StateValues.bytes(second.state())).isNotEqualTo(StateValues.bytes(first.state()));
      second.restore(checkpoint);
      assertThat(StateValues.bytes(second.state())).isEqualTo(StateValues.bytes(first.state()));
    }
  }

  @Test
  void progressWithoutAMetricComesBackToo() {
    CheckpointStore store = new CheckpointStore(folder);
    Progress progress = new Progress(4, 1, EpochLosses.none(), new Progress.Best(4, Double.NaN, 0));
    try (TrainingSession session = session(1)) {
      store.save(session.state(), progress);
    }
    assertThat(store.latest().orElseThrow().progress()).isEqualTo(progress);
  }

  @Test
  void storeWithoutAFolderIsEmpty() {
    CheckpointStore store = new CheckpointStore(folder.resolve("none"));
    assertThat(store.latest()).isEmpty();
    assertThat(store.latestStep()).isZero();
  }

  @Test
  void latestTwoAndTheBestAreKept() throws IOException {
    CheckpointStore store = new CheckpointStore(folder);
    try (TrainingSession session = session(1)) {
      for (long step = 8; step <= 12; step++) {
        store.save(session.state(), at(step, Math.min(step, 9)));
      }
    }
    assertThat(Folders.names(folder)).containsExactly("step-11", "step-12", "step-9");
    assertThat(store.open(9).progress().step()).isEqualTo(9);
  }

  @Test
  void keptStatesOfAFrontStayAndDroppedOnesGo() throws IOException {
    CheckpointStore store = new CheckpointStore(folder);
    List<FrontState> front =
        List.of(
            new FrontState(8, 1, List.of(.5, .1), true),
            new FrontState(9, 2, List.of(.4, .2), false),
            new FrontState(10, 3, List.of(.3, .3), true));
    Progress last =
        new Progress(13, 1, EpochLosses.none(), new Progress.Best(10, Double.NaN, 3, front));
    try (TrainingSession session = session(1)) {
      for (long step = 8; step <= 12; step++) {
        Progress.Best best = new Progress.Best(step, Double.NaN, 0, front);
        store.save(session.state(), new Progress(step, 1, EpochLosses.none(), best));
      }
      store.save(session.state(), last);
    }
    assertThat(Folders.names(folder)).containsExactly("step-10", "step-12", "step-13", "step-8");
    assertThat(store.latest().orElseThrow().progress()).isEqualTo(last);
    assertThat(store.resume().checkpoint().orElseThrow().progress()).isEqualTo(last);
    assertThat(Folders.names(folder)).hasSize(4);
  }

  /** One between two steps of an epoch counts as long as it is the latest, and in no case else. */
  @Test
  void checkpointsWithinAnEpochGoAsSoonAsALaterOneIsThere() throws IOException {
    CheckpointStore store = new CheckpointStore(folder);
    EpochLosses half = new EpochLosses(1, 0.5, Map.of("click", 0.5), Map.of("click", 1.5));
    try (TrainingSession session = session(1)) {
      store.save(session.state(), at(4, 4));
      store.save(session.state(), at(8, 8));
      store.save(session.state(), new Progress(10, 2, half, new Progress.Best(8, 0.75, 0)));
      assertThat(Folders.names(folder)).containsExactly("step-10", "step-4", "step-8");
      store.save(session.state(), new Progress(11, 2, half, new Progress.Best(8, 0.75, 0)));
      assertThat(Folders.names(folder)).containsExactly("step-11", "step-4", "step-8");
      store.save(session.state(), at(12, 12));
      assertThat(Folders.names(folder)).containsExactly("step-12", "step-8");
    }
  }

  /** What a kill leaves between taking the old one aside and giving the new one its name. */
  @Test
  void checkpointThatWasBeingReplacedIsThereAgain() throws IOException {
    CheckpointStore store = new CheckpointStore(folder);
    try (TrainingSession session = session(1)) {
      store.save(session.state(), at(4, 4));
      Files.move(folder.resolve("step-4"), folder.resolve(".old-step-4"));
      assertThat(store.resume().checkpoint().orElseThrow().progress().step()).isEqualTo(4);
      store.save(session.state(), at(4, 4));
      assertThat(Folders.names(folder)).containsExactly("step-4");
      Files.createDirectory(folder.resolve(".old-step-4"));
      store.save(session.state(), at(8, 8));
      assertThat(Folders.names(folder)).containsExactly("step-4", "step-8");
    }
  }

  @Test
  void unfinishedFoldersAndStrangersAreIgnored() throws IOException {
    CheckpointStore store = new CheckpointStore(folder);
    Files.createDirectories(folder.resolve(".unfinished-9"));
    Files.writeString(folder.resolve(".unfinished-9").resolve("tensors.bin"), "half of it");
    Files.createDirectories(folder.resolve("step-old"));
    assertThat(store.latest()).isEmpty();
    try (TrainingSession session = session(1)) {
      store.save(session.state(), at(9, 9));
    }
    assertThat(store.latestStep()).isEqualTo(9);
    assertThat(Folders.names(folder)).containsExactly("step-9", "step-old");
  }

  @Test
  void equalRunsWriteEqualBytes() throws IOException {
    for (String name : List.of("a", "b")) {
      TrainingPlan plan =
          new TrainingPlan(
              PROBLEM.rows(40, MODEL, TestSeed.random()),
              Optional.empty(),
              2,
              16,
              Optional.empty());
      try (TrainingSession session = session(3)) {
        CheckpointStore store = new CheckpointStore(folder.resolve(name));
        TrainingListener silent = new TrainingListener() {};
        new Trainer(session, plan, store, silent, Progress.start()).run();
      }
    }
    assertThat(Folders.content(folder.resolve("b")))
        .as("seed %d", TestSeed.value())
        .isEqualTo(Folders.content(folder.resolve("a")))
        .containsKeys("step-3/tensors.bin", "step-6/checkpoint.json");
  }
}
