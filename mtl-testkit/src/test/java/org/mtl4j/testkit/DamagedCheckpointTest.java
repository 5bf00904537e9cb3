package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.EpochLosses;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.TrainingSession;

/**
 * A checkpoint that is not to the byte what was written is refused with its file, what was expected
 * and what was found; the one before is gone on from, and nothing is deleted.
 */
class DamagedCheckpointTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final String ORIGIN = "this run";
  private static final List<String> FILES = List.of("tensors.bin", "checkpoint.json");
  private static final int PLACES = 50;

  @TempDir Path folder;

  private CheckpointStore store;

  @BeforeEach
  void saveTwo() {
    store = save(folder.resolve("run"), ORIGIN, 1);
  }

  /** Steps 4 and 8, each the best so far. */
  private static CheckpointStore save(Path folder, String origin, long seed) {
    CheckpointStore store = new CheckpointStore(folder, origin);
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(new LinearModel(), seed))) {
      for (long step : new long[] {4, 8}) {
        store.save(session.state(), at(step, step));
      }
    }
    return store;
  }

  private static Progress at(long step, long best) {
    return new Progress(
        step, (int) (step / 4), EpochLosses.none(), new Progress.Best(best, 0.75, 0));
  }

  private Path file(int step, String name) {
    return folder.resolve("run").resolve("step-" + step).resolve(name);
  }

  private void assertRefused(String what, Path place, String... said) {
    MtlException failure = catchThrowableOfType(MtlException.class, () -> store.latest());
    assertThat(failure).as(what).isNotNull();
    assertThat(failure.code()).as(what).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
    assertThat(failure.problems().get(0).where()).as(what).isEqualTo(place.toString());
    assertThat(failure).as(what).message().contains("expected", "found");
    assertThat(List.of(said)).as(what).allMatch(failure.getMessage()::contains);
    assertThat(failure.problems().get(0).remedy()).contains("--resume", "start a new run");
  }

  @Test
  void cutOffAtAnyOfFiftyPlaces() throws IOException {
    Random random = TestSeed.random();
    for (String name : FILES) {
      Path file = file(8, name);
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < PLACES; i++) {
        int length = i == 0 ? 0 : i == 1 ? whole.length - 1 : random.nextInt(whole.length);
        Files.write(file, Arrays.copyOf(whole, length));
        String what = "%s cut to %d, seed %d".formatted(name, length, TestSeed.value());
        if (name.equals("tensors.bin")) {
          assertRefused(what, file, "expected %d bytes".formatted(whole.length), "found " + length);
        } else {
          assertRefused(what, file);
        }
      }
      Files.write(file, whole);
    }
    assertThat(store.latest()).isPresent();
  }

  @Test
  void aBitFlippedAtAnyOfFiftyPlaces() throws IOException {
    Random random = TestSeed.random();
    for (String name : FILES) {
      Path file = file(8, name);
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < PLACES; i++) {
        int place = i == 0 ? 0 : i == 1 ? whole.length - 1 : random.nextInt(whole.length);
        int bit = random.nextInt(Byte.SIZE);
        byte[] flipped = whole.clone();
        flipped[place] ^= (byte) (1 << bit);
        Files.write(file, flipped);
        assertRefused(
            "%s: bit %d of byte %d, seed %d".formatted(name, bit, place, TestSeed.value()), file);
      }
      Files.write(file, whole);
    }
    assertThat(store.latest()).isPresent();
  }

  /** Any digit of the progress: a run would go on from the wrong place without a word. */
  @Test
  void aDigitOfTheIndexThatWasChangedByHand() throws IOException {
    Path file = file(8, "checkpoint.json");
    String whole = Files.readString(file);
    for (String digit : List.of("\"step\":8", "\"epoch\":2", "\"value\":0.75", "\"batches\":0")) {
      String changed = digit.substring(0, digit.length() - 1) + "6";
      assertThat(whole).contains(digit);
      Files.writeString(file, whole.replace(digit, changed));
      assertRefused(changed, file, "check sum");
    }
    Files.writeString(file, whole.replace("\"format\":3", "\"format\":2"));
    assertRefused("an older format", file, "another release: expected format 3, found 2");
    for (String other : List.of("null", "{}", "[]", "{\"format\":3}", whole + " ")) {
      Files.writeString(file, other);
      assertRefused(other, file);
    }
  }

  @Test
  void filesThatAreMissingLongerOrOfAnotherCheckpoint() throws IOException {
    for (String name : FILES) {
      Path file = file(8, name);
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length + 1));
      assertRefused(name + " is longer", file);
      Files.delete(file);
      assertRefused(name + " is missing", file, "expected this file, found none");
      Files.write(file, whole);
    }
    save(folder.resolve("other"), ORIGIN, 2);
    Path other = folder.resolve("other").resolve("step-8");
    Files.copy(other.resolve("tensors.bin"), replaced(file(8, "tensors.bin")));
    assertRefused("numbers of another run", file(8, "tensors.bin"), "check sum");
    Files.copy(other.resolve("checkpoint.json"), replaced(file(8, "checkpoint.json")));
    assertThat(store.latest()).as("both files of the other: whole, of the same origin").isPresent();
    for (String name : FILES) {
      Files.copy(file(4, name), replaced(file(8, name)));
    }
    assertRefused(
        "step 4 under the name of step 8",
        file(8, "x").getParent(),
        "expected the state of step 8, found that of step 4");
  }

  private static Path replaced(Path file) throws IOException {
    Files.delete(file);
    return file;
  }

  @Test
  void aCheckpointOfAnotherOriginSaysSo() {
    CheckpointStore other = new CheckpointStore(folder.resolve("run"), "another run");
    for (MtlException failure :
        List.of(
            catchThrowableOfType(MtlException.class, other::latest),
            catchThrowableOfType(MtlException.class, other::resume))) {
      assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
      assertThat(failure)
          .hasMessageContaining("belongs to another experiment or other data")
          .hasMessageContaining("expected the origin another run, found this run")
          .hasMessageContaining("start a new run with --output");
    }
    assertThat(store.resume().checkpoint()).as("nothing was moved").isPresent();
  }

  @Test
  void theOneBeforeIsGoneOnFromAndTheDamagedOneIsPutAside() throws IOException {
    Files.write(file(8, "tensors.bin"), new byte[] {1, 2, 3});
    Files.createDirectories(folder.resolve("run").resolve(".unfinished-12"));
    CheckpointStore.Resumption resumption = store.resume();
    assertThat(resumption.checkpoint().orElseThrow().progress()).isEqualTo(at(4, 4));
    assertThat(resumption.refused()).hasSize(1);
    assertThat(resumption.refused().get(0).where()).isEqualTo(file(8, "tensors.bin").toString());
    assertThat(Folders.names(folder.resolve("run"))).containsExactly("refused-step-8", "step-4");
  }

  @Test
  void aCheckpointWhoseBestOneIsDamagedIsNoPlaceToGoOnFrom() throws IOException {
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(new LinearModel(), 1))) {
      store.save(session.state(), at(12, 8));
    }
    Files.delete(file(8, "tensors.bin"));
    MtlException failure = catchThrowableOfType(MtlException.class, store::resume);
    assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID);
    assertThat(failure.problems()).as("the same problem once").hasSize(1);
    assertThat(failure).hasMessageContaining(file(8, "tensors.bin").toString());
    assertThat(Folders.names(folder.resolve("run"))).containsExactly("step-12", "step-8");
  }

  @Test
  void withNoneThatWillDoEachIsNamedAndNothingIsTouched() throws IOException {
    for (int step : new int[] {4, 8}) {
      Files.delete(file(step, "checkpoint.json"));
    }
    MtlException failure = catchThrowableOfType(MtlException.class, store::resume);
    assertThat(failure.problems())
        .extracting(problem -> problem.where())
        .containsExactly(
            file(8, "checkpoint.json").toString(), file(4, "checkpoint.json").toString());
    assertThat(Folders.names(folder.resolve("run"))).containsExactly("step-4", "step-8");
  }
}
