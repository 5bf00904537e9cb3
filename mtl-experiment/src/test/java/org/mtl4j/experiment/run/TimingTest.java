package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** {@code timing.jsonl} has each step once, however a run was stopped, killed and gone on with. */
class TimingTest extends TinyRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD =
      "{\"from\":1,\"to\":4,\"examples\":900,\"seconds\":0.5,\"processors\":2,\"gpu\":false}\n";

  /** Rows of each step, as it was taken last. */
  private final SortedMap<Long, Integer> rows = new TreeMap<>();

  private Path timing;

  @BeforeEach
  void name() {
    timing = folder.resolve("timing.jsonl");
  }

  /** The process dies, as far as one test can. */
  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Takes steps down, and asks to stop at one of them, or dies before its checkpoint is saved. */
  private final class Counting implements ExperimentListener {
    private final long stop;
    private final long death;
    private long taken;

    Counting(long stop, long death) {
      this.stop = stop;
      this.death = death;
    }

    @Override
    public void onStep(Step step) {
      taken = step.step();
      rows.put(taken, step.rows());
    }

    @Override
    public void onStretch(Stretch stretch) {
      if (stretch.to() == death) {
        throw new Died();
      }
    }

    @Override
    public boolean stopRequested() {
      return taken == stop;
    }
  }

  private Run trainOn(boolean resume, Map<String, String> overrides) {
    return train(resume, overrides, new Counting(-1, -1));
  }

  private void stopAfter(long step) {
    assertThat(train(false, Map.of(), new Counting(step, -1)).status())
        .isEqualTo(Run.Status.INTERRUPTED);
  }

  private void dieAt(long step) {
    assertThat(
            catchThrowableOfType(Died.class, () -> train(false, Map.of(), new Counting(-1, step))))
        .isNotNull();
  }

  /** First and last steps as they stand in the file; its other numbers are those of the steps. */
  private List<String> stretches() throws IOException {
    List<String> stretches = new ArrayList<>();
    for (String text : Files.readAllLines(timing)) {
      JsonNode line = JSON.readTree(text);
      long from = line.get("from").asLong();
      long to = line.get("to").asLong();
      assertThat(line.get("examples").asLong())
          .as(text)
          .isEqualTo(
              rows.subMap(from, to + 1).values().stream().mapToLong(Integer::longValue).sum());
      assertThat(line.get("seconds").asDouble()).as(text).isPositive();
      assertThat(line.get("processors").asInt())
          .isEqualTo(Runtime.getRuntime().availableProcessors());
      stretches.add(from + "-" + to);
    }
    return stretches;
  }

  @Test
  void anEpochIsAStretch() throws IOException {
    long begun = System.nanoTime();
    Run run = trainOn(false, Map.of());
    double whole = (System.nanoTime() - begun) / 1e9;
    assertThat(stretches()).containsExactly("1-4", "5-8");
    double seconds = run.timing().lines().stream().mapToDouble(Timing.Line::seconds).sum();
    assertThat(seconds).isLessThan(whole);
    assertThat(run.timing().examplesPerSecond().orElseThrow())
        .isCloseTo(
            rows.values().stream().mapToInt(Integer::intValue).sum() / seconds, within(1e-6));
    assertThat(run.timing().machines()).hasSize(1);
  }

  @Test
  void aRunThatWasStoppedGoesOnSumming() throws IOException {
    stopAfter(2);
    assertThat(stretches()).containsExactly("1-2");
    trainOn(true, Map.of());
    assertThat(stretches()).containsExactly("1-2", "3-4", "5-8");
  }

  /** Nothing is left of the first epoch but its end. */
  @Test
  void aRunThatWasStoppedAtTheEndOfAnEpochHasNoEmptyStretch() throws IOException {
    stopAfter(4);
    trainOn(true, Map.of());
    assertThat(stretches()).containsExactly("1-4", "5-8");
  }

  /** Its line is there and its checkpoint is not. */
  @Test
  void stepsThatAreTakenAgainAfterAKillAreCountedOnce() throws IOException {
    dieAt(8);
    assertThat(stretches()).containsExactly("1-4", "5-8");
    assertThat(folder.resolve("checkpoints/step-8")).doesNotExist();
    trainOn(true, Map.of());
    assertThat(stretches()).containsExactly("1-4", "5-8");
  }

  @Test
  void stepsThatAreNeverTakenAgainAreNotCounted() throws IOException {
    dieAt(8);
    trainOn(true, Map.of("training.epochs", "1"));
    assertThat(stretches()).containsExactly("1-4");
  }

  @Test
  void stepsThatAreTakenAgainForADamagedCheckpointAreCountedOnce() throws IOException {
    trainOn(false, Map.of());
    Files.write(folder.resolve("checkpoints/step-8/tensors.bin"), new byte[100]);
    trainOn(true, Map.of("training.epochs", "3"));
    assertThat(stretches()).containsExactly("1-4", "5-8", "9-12");
  }

  @Test
  void whoTakesOverARunWithoutCheckpointDoesNotTakeOverItsTimes() throws IOException {
    dieAt(4);
    rows.clear();
    trainOn(false, Map.of("training.batch_size", "128", "training.epochs", "1"));
    assertThat(stretches()).containsExactly("1-" + rows.lastKey());
    assertThat(rows.lastKey()).isGreaterThan(4);
  }

  @Test
  void aFinishedRunIsTimedNoFurther() throws IOException {
    trainOn(false, Map.of());
    byte[] before = Files.readAllBytes(timing);
    trainOn(true, Map.of());
    assertThat(timing).hasBinaryContent(before);
  }

  @Test
  void ofARunOfAnEarlierReleaseTheStepsToComeAreTimed() throws IOException {
    trainOn(false, Map.of());
    Files.delete(timing);
    assertThat(Run.open(folder).timing()).isEqualTo(new Timing(List.of()));
    assertThat(Run.open(folder).timing().examplesPerSecond()).isEmpty();
    Run longer = trainOn(true, Map.of("training.epochs", "3"));
    assertThat(stretches()).containsExactly("9-12");
    assertThat(longer.timing().examplesPerSecond().orElseThrow()).isPositive();
  }

  @Test
  void machinesAreNamedOnceEach() {
    Timing timing =
        new Timing(
            List.of(
                new Timing.Line(1, 4, 100, 2, 1, false),
                new Timing.Line(5, 8, 100, 2, 16, true),
                new Timing.Line(9, 12, 200, 1, 16, true)));
    assertThat(timing.machines()).containsExactly("1 processor", "16 processors, GPU");
    assertThat(timing.examplesPerSecond()).hasValue(80);
  }

  private static String refusal(String found) {
    return "Expected lines of JSON, a stretch of steps each, found that " + found + ".";
  }

  private void assertRefused(String text, String found) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(timing, text, StandardCharsets.ISO_8859_1);
    assertThat(
            catchThrowableOfType(MtlException.class, () -> Timing.read(new RunFiles(folder)))
                .problems())
        .as(text)
        .containsExactly(
            new Problem(
                ErrorCode.DATA_FORMAT,
                timing.toString(),
                refusal(found),
                "Move the file away: nothing but the run's speed is in it."));
  }

  @Test
  void whatIsNoStretchIsRefusedByItsLine() throws IOException {
    String again = GOOD.replace("\"from\":1", "\"from\":4").replace("\"to\":4", "\"to\":8");
    assertRefused("\u00ff\u00fe", "line 1 is none");
    assertRefused(GOOD + "null", "line 2 is none");
    assertRefused(GOOD + "\n", "line 2 is none");
    assertRefused(GOOD.replace(",\"gpu\":false", ""), "line 1 is none");
    assertRefused(GOOD.replace("900", "0"), "line 1 is none");
    assertRefused(GOOD.replace("0.5", "-0.5"), "line 1 is none");
    assertRefused(GOOD.replace("\"to\":4", "\"to\":0"), "line 1 is none");
    assertRefused(GOOD + again, "line 2 does not go on behind the one before");
  }

  @Test
  void aDamagedFileIsKeptAsideAndSaid() throws IOException {
    trainOn(false, Map.of());
    Files.writeString(timing, GOOD + "garbage");
    List<String> warnings = new ArrayList<>();
    train(true, Map.of(), noting(warnings));
    Path aside = folder.resolve("refused-timing.jsonl");
    assertThat(warnings)
        .containsExactly(
            "%s: %s The file is kept as %s; the run's speed will be that of the steps to come."
                .formatted(timing, refusal("line 2 is none"), aside));
    assertThat(aside).hasContent(GOOD + "garbage");
    assertThat(timing).doesNotExist();
  }
}
