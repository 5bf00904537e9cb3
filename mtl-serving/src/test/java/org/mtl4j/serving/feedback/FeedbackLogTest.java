package org.mtl4j.serving.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.testkit.TestSeed;

class FeedbackLogTest {
  private static final FeedbackSettings SETTINGS = FeedbackSettings.DEFAULT;
  private static final FeedbackSettings ALWAYS =
      new FeedbackSettings(
          1 << 20,
          Duration.ofHours(1),
          new FeedbackSettings.Sync.Always(),
          1_000,
          Optional.empty());

  @TempDir Path folder;

  private final HandClock clock = new HandClock();

  private static FeedbackEvent outcome(String request, String item) {
    return new FeedbackEvent.Outcome(
        request, Instant.parse("2026-03-01T10:00:00Z"), item, "click", 1);
  }

  private static FeedbackEvent impression(String request, String user, String... items) {
    return new FeedbackEvent.Impression(
        request,
        Instant.parse("2026-03-01T09:59:59.5Z"),
        new FeedbackEvent.Server("shop", OptionalLong.of(7), Optional.of("b")),
        new FeedbackEvent.Viewer(
            Optional.of(user), Map.of("hour", 9, "city", "K\u00f6ln\n", "vip", true)),
        IntStream.range(0, items.length)
            .mapToObj(
                i ->
                    new FeedbackEvent.Shown(
                        items[i], i + 1, Map.of("click", 0.25), Map.of("price", "2.5")))
            .toList());
  }

  private List<FeedbackEvent> read() throws IOException {
    List<FeedbackEvent> events = new ArrayList<>();
    for (int number : FeedbackFolder.numbers(folder)) {
      FeedbackFolder.read(
          FeedbackFolder.file(folder, number), (text, line) -> events.add(line.event()));
    }
    return events;
  }

  @Test
  void eventsComeBackAsTheyWere() throws IOException {
    List<FeedbackEvent> events =
        List.of(impression("r1", "u1", "a", "b"), outcome("r1", "a"), impression("r2", "u2"));
    try (FeedbackLog log = FeedbackLog.open(folder, SETTINGS, clock)) {
      assertThat(log.append(events).join()).isEqualTo(Receipt.WRITTEN);
    }
    assertThat(read()).isEqualTo(events);
    assertThat(Files.readString(FeedbackFolder.file(folder, 1)).lines()).hasSize(3);
  }

  @Test
  void allThatWasAcceptedByManyThreadsIsThereOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    TreeSet<String> accepted = new TreeSet<>();
    FeedbackSettings small =
        new FeedbackSettings(
            2_000, Duration.ofHours(1), new FeedbackSettings.Sync.Never(), 4, Optional.empty());
    try (FeedbackLog log = FeedbackLog.open(folder, small, clock)) {
      List<Future<List<String>>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        String thread = "t" + t + "-";
        all.add(
            threads.submit(
                () -> {
                  List<String> own = new ArrayList<>();
                  for (int i = 0; i < 200; i++) {
                    Receipt receipt = log.append(List.of(outcome(thread + i, "a"))).join();
                    if (receipt == Receipt.WRITTEN) {
                      own.add(thread + i);
                    }
                  }
                  return own;
                }));
      }
      for (Future<List<String>> own : all) {
        accepted.addAll(own.get());
      }
    } finally {
      threads.shutdown();
    }
    List<String> found = read().stream().map(FeedbackEvent::requestId).toList();
    assertThat(found).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(found)).isEqualTo(accepted);
    assertThat(FeedbackFolder.numbers(folder).size()).isGreaterThan(10);
  }

  /** A disk that stands still: the writer waits in it, and the queue fills. */
  @Test
  void fullQueueRefusesAtOnceAndClosingWritesWhatWaits() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    SmallDisk disk = new SmallDisk(1 << 20);
    AppendFile.Opener slow =
        file -> {
          AppendFile real = disk.open(file);
          return new ForwardingFile(real) {
            @Override
            public void append(byte[] bytes) throws IOException {
              reached.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              super.append(bytes);
            }
          };
        };
    FeedbackSettings two =
        new FeedbackSettings(
            1 << 20, Duration.ofHours(1), new FeedbackSettings.Sync.Always(), 2, Optional.empty());
    FeedbackLog log = FeedbackLog.open(folder, two, clock, slow);
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    receipts.add(log.append(List.of(outcome("r0", "a"))));
    reached.await();
    for (int i = 1; i <= 4; i++) {
      receipts.add(log.append(List.of(outcome("r" + i, "a"))));
    }
    assertThat(receipts.get(3)).isCompletedWithValue(Receipt.QUEUE_FULL);
    assertThat(receipts.get(4)).isCompletedWithValue(Receipt.QUEUE_FULL);
    assertThat(receipts.get(1)).isNotDone();
    goOn.countDown();
    log.close();
    assertThat(receipts.subList(0, 3)).allMatch(r -> r.join() == Receipt.WRITTEN);
    assertThat(read()).extracting(FeedbackEvent::requestId).containsExactly("r0", "r1", "r2");
    assertThat(log.append(List.of(outcome("r9", "a"))).join()).isEqualTo(Receipt.CLOSED);
    log.close();
  }

  /** The same with few calls that are large. */
  @Test
  void bytesThatWaitAreBoundedToo() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    SmallDisk disk = new SmallDisk(1 << 20);
    AppendFile.Opener slow =
        file ->
            new ForwardingFile(disk.open(file)) {
              @Override
              public void append(byte[] bytes) throws IOException {
                reached.countDown();
                try {
                  goOn.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                super.append(bytes);
              }
            };
    int line = FeedbackLines.of(outcome("r0", "a"), clock.instant()).length;
    FeedbackLog log =
        FeedbackLog.open(folder, FeedbackSettings.DEFAULT, clock, slow, 3L * line - 1);
    CompletableFuture<Receipt> first = log.append(List.of(outcome("r0", "a")));
    reached.await();
    CompletableFuture<Receipt> second = log.append(List.of(outcome("r1", "a")));
    assertThat(log.append(List.of(outcome("r2", "a")))).isCompletedWithValue(Receipt.QUEUE_FULL);
    goOn.countDown();
    assertThat(first.join()).isEqualTo(Receipt.WRITTEN);
    assertThat(second.join()).isEqualTo(Receipt.WRITTEN);
    // A call larger than all of the room, where nothing waits.
    List<FeedbackEvent> large =
        List.of(outcome("r3", "a"), outcome("r4", "a"), outcome("r5", "a"), outcome("r6", "a"));
    assertThat(log.append(large).join()).isEqualTo(Receipt.WRITTEN);
    log.close();
    assertThat(read()).hasSize(6);
  }

  @Test
  void fullDiskRefusesWholeCallsAndGoesOnWhenThereIsRoom() throws IOException {
    int line = FeedbackLines.of(outcome("r0", "a"), clock.instant()).length;
    SmallDisk disk = new SmallDisk(3L * line + line / 2);
    try (FeedbackLog log = FeedbackLog.open(folder, SETTINGS, clock, disk)) {
      for (int i = 0; i < 3; i++) {
        assertThat(log.append(List.of(outcome("r" + i, "a"))).join()).isEqualTo(Receipt.WRITTEN);
      }
      assertThat(log.append(List.of(outcome("r3", "a"))).join()).isEqualTo(Receipt.NO_ROOM);
      assertThat(log.append(List.of(outcome("r4", "a"), outcome("r5", "a"))).join())
          .isEqualTo(Receipt.NO_ROOM);
      assertThat(Files.readString(FeedbackFolder.file(folder, 1))).endsWith("\n");
      disk.setRoom(100L * line);
      assertThat(log.append(List.of(outcome("r6", "a"))).join()).isEqualTo(Receipt.WRITTEN);
    }
    assertThat(read()).extracting(FeedbackEvent::requestId).containsExactly("r0", "r1", "r2", "r6");
  }

  /** Nothing is written behind half a line, even where that cannot be cut off for a while. */
  @Test
  void halfALineIsNeverLeftInTheMiddle() throws IOException {
    int line = FeedbackLines.of(outcome("r0", "a"), clock.instant()).length;
    SmallDisk disk = new SmallDisk(line + line / 2);
    try (FeedbackLog log = FeedbackLog.open(folder, SETTINGS, clock, disk)) {
      assertThat(log.append(List.of(outcome("r0", "a"))).join()).isEqualTo(Receipt.WRITTEN);
      disk.setTruncates(false);
      assertThat(log.append(List.of(outcome("r1", "a"))).join()).isEqualTo(Receipt.NO_ROOM);
      disk.setRoom(100L * line);
      assertThat(log.append(List.of(outcome("r2", "a"))).join()).isEqualTo(Receipt.NO_ROOM);
      disk.setTruncates(true);
      assertThat(log.append(List.of(outcome("r3", "a"))).join()).isEqualTo(Receipt.WRITTEN);
    }
    assertThat(read()).extracting(FeedbackEvent::requestId).containsExactly("r0", "r3");
  }

  @Test
  void lineThatAProcessDidNotFinishIsCutOff() throws IOException {
    try (FeedbackLog log = FeedbackLog.open(folder, SETTINGS, clock)) {
      log.append(List.of(impression("r1", "u", "a"), outcome("r1", "a"))).join();
    }
    byte[] line = FeedbackLines.of(impression("torn", "u", "a"), clock.instant());
    Random random = TestSeed.random();
    for (int length : new int[] {1, 1 + random.nextInt(line.length - 2), line.length - 1}) {
      Files.write(
          FeedbackFolder.file(folder, 1),
          java.util.Arrays.copyOf(line, length),
          StandardOpenOption.APPEND);
      assertThat(read()).hasSize(2);
      FeedbackLog.open(folder, SETTINGS, clock).close();
      assertThat(Files.readString(FeedbackFolder.file(folder, 1)))
          .as("%d bytes", length)
          .endsWith("}\n");
      assertThat(read()).hasSize(2);
    }
  }

  @Test
  void filesEndBySizeAndByTime() throws IOException {
    int line = FeedbackLines.of(outcome("r0", "a"), clock.instant()).length;
    FeedbackSettings settings =
        new FeedbackSettings(
            2L * line,
            Duration.ofMinutes(10),
            new FeedbackSettings.Sync.Never(),
            10,
            Optional.empty());
    try (FeedbackLog log = FeedbackLog.open(folder, settings, clock)) {
      for (int i = 0; i < 5; i++) {
        log.append(List.of(outcome("r" + i, "a"))).join();
      }
      clock.move(Duration.ofMinutes(11));
      log.append(List.of(outcome("r5", "a"))).join();
    }
    List<Integer> sizes = new ArrayList<>();
    for (int number : FeedbackFolder.numbers(folder)) {
      sizes.add((int) Files.readString(FeedbackFolder.file(folder, number)).lines().count());
    }
    assertThat(sizes).startsWith(2, 2, 1, 1);
    assertThat(read()).hasSize(6);
  }

  @Test
  void syncIsDoneWhenItIsDue() throws IOException {
    SmallDisk disk = new SmallDisk(1 << 20);
    try (FeedbackFiles files = new FeedbackFiles(folder, ALWAYS, disk, clock.instant())) {
      files.write(List.of(new byte[] {'\n'}), clock.instant());
      assertThat(disk.syncs()).isEqualTo(1);
    }
    SmallDisk lazy = new SmallDisk(1 << 20);
    Path other = Files.createDirectory(folder.resolve("other"));
    try (FeedbackFiles files = new FeedbackFiles(other, SETTINGS, lazy, clock.instant())) {
      files.write(List.of(new byte[] {'\n'}), clock.instant());
      files.tick(clock.instant());
      assertThat(lazy.syncs()).isZero();
      clock.move(Duration.ofSeconds(1));
      files.tick(clock.instant());
      assertThat(lazy.syncs()).isEqualTo(1);
      files.tick(clock.instant());
      assertThat(lazy.syncs()).isEqualTo(1);
    }
  }

  private FeedbackSettings everyMinute(Optional<Duration> keep) {
    return new FeedbackSettings(
        1 << 20, Duration.ofMinutes(1), new FeedbackSettings.Sync.Never(), 10, keep);
  }

  @Test
  void oldFilesAreRemoved() throws IOException {
    try (FeedbackLog log =
        FeedbackLog.open(folder, everyMinute(Optional.of(Duration.ofDays(2))), clock)) {
      for (int day = 0; day < 6; day++) {
        log.append(List.of(outcome("r" + day, "a"))).join();
        clock.move(Duration.ofDays(1));
      }
      log.append(List.of(outcome("r6", "a"))).join();
    }
    assertThat(read()).extracting(FeedbackEvent::requestId).containsExactly("r4", "r5", "r6");
  }

  @Test
  void forgottenUserIsInNoFileAndOthersAre() throws IOException {
    try (FeedbackLog log = FeedbackLog.open(folder, everyMinute(Optional.empty()), clock)) {
      for (int i = 0; i < 4; i++) {
        log.append(
                List.of(impression("r" + i, i % 2 == 0 ? "u1" : "u2", "a"), outcome("r" + i, "a")))
            .join();
        clock.move(Duration.ofMinutes(2));
      }
      // Of a request in another file.
      log.append(List.of(outcome("r0", "a"), outcome("r1", "a"))).join();
      assertThat(log.forget("u1").join()).isEqualTo(5);
      assertThat(log.forget("u1").join()).isZero();
      log.append(List.of(impression("r9", "u2", "a"))).join();
    }
    assertThat(read())
        .extracting(FeedbackEvent::requestId)
        .containsExactly("r1", "r1", "r3", "r3", "r1", "r9");
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.UTF_8)).doesNotContain("\"u1\"");
      }
    }
  }

  @Test
  void aFolderIsOfOneLog() {
    try (FeedbackLog log = FeedbackLog.open(folder, SETTINGS, clock)) {
      assertThat(log).isNotNull();
      assertThatThrownBy(() -> FeedbackLog.open(folder, SETTINGS, clock).close())
          .isInstanceOf(MtlException.class)
          .hasMessageContaining("Another process writes feedback there.");
    }
    FeedbackLog.open(folder, SETTINGS, clock).close();
  }
}
