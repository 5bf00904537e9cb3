package org.mtl4j.experiment.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.testkit.Folders;

/** Event files, against bytes of TensorBoard's own writer and read by a parser of the format. */
class EventLogTest {
  private static final double TIME = 1700000000.25;
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(1700000000250L));
  private static final String FIRST = "events.out.tfevents.000000000000.mtl4j";

  @TempDir private Path folder;

  private void write(long from, long... steps) {
    EventLog log = EventLog.after(from, folder, CLOCK);
    for (long step : steps) {
      log.add(step, Map.of("loss/total", step / 8.0));
    }
  }

  private void assertSteps(Long... steps) throws IOException {
    Map<Long, Map<String, Float>> found = EventFiles.scalars(folder);
    assertThat(found).containsOnlyKeys(steps);
    found.forEach((step, tags) -> assertThat(tags).isEqualTo(Map.of("loss/total", step / 8f)));
  }

  /** The values of {@code golden.py}. */
  @Test
  void recordsAreThoseThatTensorBoardWrites() {
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(new EventRecord(TIME, 0).version()))
        .isEqualTo(
            "1800000000000000a37f4b220900001040fc54d9411a0d627261696e2e4576656e743a32338d2fe9");
    assertThat(hex.formatHex(new EventRecord(TIME, 301).sessionStart()))
        .isEqualTo("100000000000000095fbfe180900001040fc54d94110ad023a020801cb79b93b");
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss/total", 0.625);
    values.put("gradient_cosine/click, k\u00e4ufe", -0.1);
    assertThat(hex.formatHex(new EventRecord(TIME, 300).scalars(values)))
        .isEqualTo(
            "4700000000000000bac3fb9b0900001040fc54d94110ac022a390a110a0a6c6f73732f746f74616c1500"
                + "00203f0a240a1d6772616469656e745f636f73696e652f636c69636b2c206bc3a475666515cdcccc"
                + "bdb3feae65");
  }

  @Test
  void aFileBeginsWithItsVersionAndHasAnEventAStep() throws IOException {
    write(0, 100, 70_000);
    List<EventFiles.Event> events = EventFiles.of(Files.readAllBytes(folder.resolve(FIRST)));
    assertThat(events)
        .containsExactly(
            new EventFiles.Event(TIME, 0, "brain.Event:2", false, Map.of()),
            new EventFiles.Event(TIME, 100, "", false, Map.of("loss/total", 12.5f)),
            new EventFiles.Event(TIME, 70_000, "", false, Map.of("loss/total", 8750f)));
  }

  @Test
  void whoGoesOnTakesLaterEventsAwayAndSaysSo() throws IOException {
    write(0, 100, 200, 300, 400);
    write(250, 300, 500);
    assertSteps(100L, 200L, 300L, 500L);
    assertThat(EventFiles.ofFolder(folder).stream().filter(EventFiles.Event::start))
        .containsExactly(new EventFiles.Event(TIME, 251, "", true, Map.of()));
    // Back once more, behind the beginning of the second file.
    write(150, 200, 600);
    assertSteps(100L, 200L, 600L);
    assertThat(Folders.names(folder))
        .containsExactly(FIRST, "events.out.tfevents.000000000150.mtl4j");
  }

  @Test
  void whoGoesOnFromTheSameStepAgainReplacesHisOwn() throws IOException {
    write(0, 100, 200);
    write(200, 300);
    write(200, 300, 400);
    assertSteps(100L, 200L, 300L, 400L);
  }

  @Test
  void whoBeginsAnewHasNothingOfAnEarlierOne() throws IOException {
    write(0, 100, 200);
    write(0, 300);
    assertSteps(300L);
  }

  @Test
  void whatAKilledProcessLeftHalfWrittenGoes() throws IOException {
    write(0, 100);
    byte[] whole = Files.readAllBytes(folder.resolve(FIRST));
    byte[] next = new EventRecord(TIME, 150).scalars(Map.of("loss/total", 1.0));
    for (int length = 1; length < next.length; length++) {
      Files.write(folder.resolve(FIRST), whole);
      Files.write(folder.resolve(FIRST), Arrays.copyOf(next, length), StandardOpenOption.APPEND);
      EventLog.after(200, folder, CLOCK);
      assertThat(folder.resolve(FIRST)).as("%d bytes", length).hasBinaryContent(whole);
    }
  }

  @Test
  void withoutAnythingToAddNothingIsWrittenAndFilesOfOthersStay() throws IOException {
    write(0, 100);
    Path other = Files.writeString(folder.resolve("events.out.tfevents.1.host"), "theirs");
    Map<String, String> before = Folders.content(folder);
    EventLog.after(100, folder, CLOCK);
    assertThat(Folders.content(folder)).isEqualTo(before);
    assertThat(other).hasContent("theirs");
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    EventLog log = EventLog.after(0, file.resolve("tensorboard"), CLOCK);
    assertThatExceptionOfType(MtlException.class)
        .isThrownBy(() -> log.add(1, Map.of("loss/total", 1.0)))
        .withMessageContaining("event files for TensorBoard cannot be read or written")
        .withMessageContaining("tensorboard: {enabled: false}");
  }

  @Test
  void theParserOfThisTestSeesADamagedByte() throws IOException {
    write(0, 100);
    byte[] bytes = Files.readAllBytes(folder.resolve(FIRST));
    bytes[bytes.length - 6]++;
    assertThatThrownBy(() -> EventFiles.of(bytes)).hasMessageContaining("expected the checksum");
  }
}
