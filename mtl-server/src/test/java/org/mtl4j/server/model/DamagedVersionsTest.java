package org.mtl4j.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.version.VersionFolder;
import org.mtl4j.serving.model.SavedModel;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.HalfPlusTwo;

/**
 * Version folders deleted, truncated and replaced at the very moment at which they are loaded: what
 * was served goes on, and what is whole in the end is served.
 */
class DamagedVersionsTest {
  @TempDir private Path base;

  private final List<Long> failed = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private Damage damage = version -> {};
  private Models models;

  /** What somebody does to a folder between the server's look and its loading. */
  @FunctionalInterface
  private interface Damage {
    void to(VersionFolder version) throws IOException;
  }

  @BeforeEach
  void start() {
    models =
        new Models(
            (model, version) -> load(version),
            new Models.Options(Duration.ZERO, BackOff.DEFAULT, () -> now),
            new ModelEvents() {
              @Override
              public void failed(String model, long version, RuntimeException e, boolean again) {
                failed.add(version);
              }
            });
    write(1);
    look();
    assertThat(answer()).isEqualTo(1);
  }

  @AfterEach
  void stop() {
    models.close();
  }

  private Servable load(VersionFolder version) {
    try {
      damage.to(version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SavedModelServable(SavedModel.load(version.folder()), Optional.empty(), true);
  }

  private void write(long version) {
    HalfPlusTwo.write(base.resolve(String.valueOf(version)), (float) version);
  }

  private void look() {
    now = now.plusSeconds(100);
    models.configure(List.of(ServedModel.latest("half", base)));
  }

  private float answer() {
    try (Lease lease = models.lease(ModelAddress.latest("half"))) {
      return lease
          .servable()
          .computation("serving_default")
          .run(new TreeMap<>(Map.of("x", TensorValue.floats(0))), Set.of("y"))
          .get("y")
          .numbers()
          .getFloat();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void truncate(Path file, long length) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
    }
  }

  @Test
  void aFolderThatGoesWhileItIsLoadedTakesNothingAway() throws IOException {
    damage = version -> delete(version.folder());
    write(2);
    look();
    look();
    assertThat(answer()).isEqualTo(1);
    assertThat(failed).containsExactly(2L);
    damage = version -> {};
    look();
    assertThat(models.status(ModelAddress.latest("half")))
        .extracting(status -> status.version())
        .containsExactly(1L);
    write(2);
    look();
    look();
    assertThat(answer()).isEqualTo(2);
  }

  @Test
  void aModelCutOffAnywhereIsNotServed() throws IOException {
    write(2);
    long length = Files.size(base.resolve("2/saved_model.pb"));
    byte[] whole = Files.readAllBytes(base.resolve("2/saved_model.pb"));
    for (long cut : new long[] {0, 1, length / 3, length / 2, length - 1}) {
      Files.write(base.resolve("2/saved_model.pb"), whole);
      damage = version -> truncate(version.folder().resolve("saved_model.pb"), cut);
      failed.clear();
      for (int i = 0; i < 4 && failed.isEmpty(); i++) {
        look();
      }
      assertThat(failed).as("cut at %d of %d", cut, length).containsExactly(2L);
      assertThat(answer()).isEqualTo(1);
    }
    damage = version -> {};
    Files.write(base.resolve("2/saved_model.pb"), whole);
    look();
    look();
    assertThat(answer()).isEqualTo(2);
  }

  @Test
  void aModelReplacedWhileItIsLoadedIsServedAsItWasLoaded() throws IOException {
    Path other = base.resolve("other");
    HalfPlusTwo.write(other, 77);
    damage =
        version -> {
          delete(version.folder());
          Files.move(other, version.folder());
        };
    write(2);
    look();
    look();
    assertThat(answer()).isEqualTo(77);
    damage = version -> {};
    look();
    look();
    assertThat(answer()).isEqualTo(77);
    write(3);
    look();
    look();
    assertThat(answer()).isEqualTo(3);
  }
}
