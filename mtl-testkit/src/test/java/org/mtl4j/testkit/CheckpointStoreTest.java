package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
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
    return new Progress(step, 1, 2, bestStep, 0.75, 1);
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
    Progress progress = new Progress(4, 1, 0, 4, Double.NaN, 0);
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

  /** Saves step 1 and gives the path of one of its files. */
  private Path saved(String file) {
    try (TrainingSession session = session(1)) {
      new CheckpointStore(folder).save(session.state(), at(1, 1));
    }
    return folder.resolve("step-1").resolve(file);
  }

  private void assertInvalid(String what) {
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> new CheckpointStore(folder).latest());
    assertThat(failure).as(what).isNotNull();
    assertThat(failure.code()).as(what).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
    assertThat(failure).as(what).hasMessageContaining("step-1");
  }

  @Test
  void flippedBitAnywhereIsFound() throws IOException {
    Path file = saved("tensors.bin");
    byte[] whole = Files.readAllBytes(file);
    for (int position : List.of(0, 1, whole.length / 3, whole.length / 2, whole.length - 1)) {
      for (int bit : List.of(0, 7)) {
        byte[] flipped = whole.clone();
        flipped[position] ^= (byte) (1 << bit);
        Files.write(file, flipped);
        assertInvalid("bit " + bit + " of byte " + position);
      }
    }
    Files.write(file, whole);
    assertThat(new CheckpointStore(folder).latest()).isPresent();
  }

  @Test
  void missingOrAddedBytesAreFound() throws IOException {
    Path file = saved("tensors.bin");
    byte[] whole = Files.readAllBytes(file);
    for (int length : List.of(0, 1, whole.length / 2, whole.length - 1, whole.length + 1)) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertInvalid(length + " of " + whole.length + " bytes");
    }
    Files.delete(file);
    assertInvalid("no numbers");
  }

  @Test
  void damagedIndexIsFound() throws IOException {
    Path file = saved("checkpoint.json");
    String whole = Files.readString(file);
    List<String> damaged =
        List.of(
            "",
            "null",
            "{}",
            "{\"format\": 1}",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"format\":1", "\"format\":2"));
    for (String text : damaged) {
      Files.writeString(file, text);
      assertInvalid("the index " + text);
    }
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
