package org.mtl4j.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.version.VersionPolicy;
import org.mtl4j.server.version.VersionStatus;
import org.mtl4j.serving.model.SavedModel;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.HalfPlusTwo;

/** Versions that come and go on the disk, with TensorFlow loading them. */
class ModelsTest {
  @TempDir private Path folder;

  private final List<String> loads = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private Path base;
  private Models models;

  @BeforeEach
  void start() throws IOException {
    base = Files.createDirectory(folder.resolve("half"));
    models =
        new Models(
            (model, version) -> {
              loads.add(model + " " + version.version());
              return new SavedModelServable(
                  SavedModel.load(version.folder()), Optional.empty(), true);
            },
            new Models.Options(Duration.ZERO, BackOff.DEFAULT, () -> now),
            new ModelEvents() {
              @Override
              public void failed(String model, long version, RuntimeException e, boolean again) {
                events.add("failed " + version + (again ? ", tried again" : ", given up"));
              }

              @Override
              public void unloaded(String model, long version) {
                events.add("unloaded " + version);
              }

              @Override
              public void warned(String model, String warning) {
                events.add(warning);
              }
            });
  }

  @AfterEach
  void close() {
    models.close();
  }

  /** Another look: what is configured again is looked at. */
  private void look() {
    look(ServedModel.latest("half", base));
  }

  private void look(ServedModel... served) {
    models.configure(List.of(served));
  }

  private void write(long version) {
    HalfPlusTwo.write(base.resolve(String.valueOf(version)), (float) version);
  }

  /** The version that answers is the sum's second part. */
  private float answer(ModelAddress address) {
    try (Lease lease = models.lease(address)) {
      float y = answer(lease);
      assertThat(y).isEqualTo((float) lease.version());
      return y;
    }
  }

  private static float answer(Lease lease) {
    return lease
        .servable()
        .computation("serving_default")
        .run(new TreeMap<>(Map.of("x", TensorValue.floats(0))), Set.of("y"))
        .get("y")
        .numbers()
        .getFloat();
  }

  private List<String> states() {
    return models.status(ModelAddress.latest("half")).stream()
        .map(status -> status.version() + " " + status.state() + " " + status.code())
        .toList();
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aNewVersionTakesTheOldOnesPlaceWhenItIsWholeAndRequestsUnderWayKeepTheOldOne() {
    write(1);
    look();
    assertThat(answer(ModelAddress.latest("half"))).isEqualTo(1);
    Lease old = models.lease(ModelAddress.latest("half"));
    write(2);
    look();
    assertThat(answer(ModelAddress.latest("half"))).isEqualTo(1); // it may still be being copied
    look();
    assertThat(answer(ModelAddress.latest("half"))).isEqualTo(2);
    assertThat(states()).containsExactly("2 AVAILABLE OK", "1 UNLOADING OK");
    assertThat(answer(old)).isEqualTo(1);
    old.close();
    old.close();
    look();
    assertThat(states()).containsExactly("2 AVAILABLE OK", "1 END OK");
    assertThat(events).containsExactly("unloaded 1");
    assertThatThrownBy(() -> models.lease(ModelAddress.of("half", 1)))
        .isInstanceOf(RequestException.class)
        .hasMessage("Servable not found for request: Specific(half, 1)");
  }

  @Test
  void oneThatFailsTakesNothingAwayAndIsTriedAgainLaterAndLaterAndWithOtherFiles()
      throws IOException {
    write(1);
    look();
    Files.createDirectory(base.resolve("2"));
    Files.writeString(base.resolve("2/saved_model.pb"), "no model");
    look();
    look();
    assertThat(answer(ModelAddress.latest("half"))).isEqualTo(1);
    VersionStatus failed = models.status(ModelAddress.of("half", 2)).get(0);
    assertThat(failed.state()).isEqualTo(VersionStatus.State.END);
    assertThat(failed.code()).isEqualTo(StatusCode.UNKNOWN);
    assertThat(failed.message()).contains("TensorFlow cannot load the export");
    look();
    assertThat(loads).hasSize(2);
    for (int i = 0; i < 10; i++) {
      now = now.plusSeconds(60);
      look();
    }
    assertThat(loads.stream().filter("half 2"::equals)).hasSize(6);
    assertThat(events.get(4)).isEqualTo("failed 2, tried again");
    assertThat(events.get(5)).isEqualTo("failed 2, given up");
    delete(base.resolve("2"));
    write(2);
    look();
    look();
    assertThat(answer(ModelAddress.latest("half"))).isEqualTo(2);
  }

  @Test
  void aFolderThatIsAwayKeepsTheModelAndAnEmptyOneDoesNot() throws IOException {
    write(1);
    look();
    Files.move(base, folder.resolve("away"));
    look();
    assertThat(answer(ModelAddress.latest("half"))).isEqualTo(1);
    assertThat(events)
        .containsExactly("The folder " + base + " cannot be read, so that nothing changes.");
    Files.createDirectory(base);
    look();
    assertThat(models.isReady()).isFalse();
    assertThatThrownBy(() -> models.lease(ModelAddress.latest("half")))
        .hasMessage("Servable not found for request: Latest(half)");
    assertThatThrownBy(() -> models.status(ModelAddress.latest("none")))
        .hasMessage("Could not find any versions of model none");
  }

  @Test
  void filesThatChangeUnderAVersionDoNotDisturbIt() throws IOException {
    write(1);
    look();
    Files.writeString(base.resolve("1/saved_model.pb"), "gone");
    look();
    look();
    assertThat(answer(ModelAddress.latest("half"))).isEqualTo(1);
    assertThat(events).hasSize(1);
    assertThat(events.get(0)).contains("The files of version 1 have changed");
  }

  @Test
  void labelsAndPolicies() {
    write(1);
    write(2);
    VersionPolicy both = new VersionPolicy.Specific(new TreeSet<>(Set.of(1L, 2L)));
    look(new ServedModel("half", base, both, Map.of("stable", 1L)));
    assertThat(answer(ModelAddress.labelled("half", "stable"))).isEqualTo(1);
    assertThat(answer(ModelAddress.latest("half"))).isEqualTo(2);
    assertThatThrownBy(() -> models.lease(ModelAddress.labelled("half", "canary")))
        .hasMessage("Unrecognized servable version label: canary");
    assertThatThrownBy(() -> look(new ServedModel("half", base, both, Map.of("stable", 3L))))
        .hasMessage(
            "The label \"stable\" of the model \"half\" is for version 3, which is not available.");
    assertThat(answer(ModelAddress.labelled("half", "stable"))).isEqualTo(1);
    look(new ServedModel("half", base, both, Map.of("stable", 2L)));
    assertThat(answer(ModelAddress.labelled("half", "stable"))).isEqualTo(2);
    look(new ServedModel("half", base, VersionPolicy.DEFAULT, Map.of()));
    assertThat(states()).containsExactly("2 AVAILABLE OK", "1 END OK");
    look(new ServedModel("half", base, both, Map.of()));
    assertThat(answer(ModelAddress.of("half", 1))).isEqualTo(1);
  }

  @Test
  void allModelsHaveToAnswerForTheServerToBeReady() throws IOException {
    assertThat(models.isReady()).isFalse();
    write(1);
    look();
    assertThat(models.isReady()).isTrue();
    Path other = Files.createDirectory(folder.resolve("other"));
    look(ServedModel.latest("half", base), ServedModel.latest("other", other));
    assertThat(models.isReady()).isFalse();
    assertThat(models.isReady("half")).isTrue();
    assertThat(models.isReady("other")).isFalse();
    look(ServedModel.latest("other", other));
    assertThatThrownBy(() -> models.lease(ModelAddress.latest("half")))
        .isInstanceOf(RequestException.class);
    assertThat(models.served()).containsOnlyKeys("other");
  }
}
