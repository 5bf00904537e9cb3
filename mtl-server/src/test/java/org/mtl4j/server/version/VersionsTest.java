package org.mtl4j.server.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions on the disk, those that are wanted, and which way leads from one to the other. */
class VersionsTest {
  @TempDir private Path base;

  private Path write(String version) throws IOException {
    Path folder = Files.createDirectories(base.resolve(version));
    Files.writeString(folder.resolve("saved_model.pb"), "graph");
    return folder;
  }

  private static SortedSet<Long> numbers(long... numbers) {
    SortedSet<Long> set = new TreeSet<>();
    for (long number : numbers) {
      set.add(number);
    }
    return set;
  }

  @Test
  void foldersWhoseNamesAreNumbersAreVersions() throws IOException {
    Path one = write("1");
    write("00000123");
    write("latest");
    write("-5");
    write("1.5");
    write("99999999999999999999");
    Files.createDirectories(base.resolve("7"));
    Files.writeString(base.resolve("8"), "a file");
    BaseFolder.Look look = new BaseFolder(base).look();
    assertThat(look.versions().keySet()).containsExactly(1L, 123L);
    assertThat(look.versions().get(1L).folder()).isEqualTo(one);
    assertThat(look.warnings()).singleElement().asString().contains("99999999999999999999");
  }

  @Test
  void theSameNumberTwiceIsSaid() throws IOException {
    write("01");
    write("1");
    BaseFolder.Look look = new BaseFolder(base).look();
    assertThat(look.versions().keySet()).containsExactly(1L);
    assertThat(look.warnings())
        .containsExactly("01 and 1 are the same version; the first is taken.");
  }

  @Test
  void noFolderIsNotTheSameAsNoVersions() throws IOException {
    assertThat(new BaseFolder(base).look().versions()).isEmpty();
    BaseFolder none = new BaseFolder(base.resolve("none"));
    assertThatThrownBy(none::look).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aVersionIsWholeWhenItStaysAsItWas() throws IOException {
    BaseFolder folder = new BaseFolder(base);
    SettledVersions settled = new SettledVersions();
    write("1");
    assertThat(settled.of(folder.look().versions())).as("at the start").containsOnlyKeys(1L);
    Path two = write("2");
    assertThat(settled.of(folder.look().versions())).as("new").containsOnlyKeys(1L);
    Files.createDirectories(two.resolve("variables"));
    Files.writeString(two.resolve("variables/variables.index"), "half");
    assertThat(settled.of(folder.look().versions())).as("grows").containsOnlyKeys(1L);
    Files.setLastModifiedTime(
        Files.writeString(two.resolve("variables/variables.index"), "full"),
        FileTime.fromMillis(5));
    assertThat(settled.of(folder.look().versions())).as("same length").containsOnlyKeys(1L);
    assertThat(settled.of(folder.look().versions())).as("as it was").containsOnlyKeys(1L, 2L);
    Files.delete(base.resolve("1/saved_model.pb"));
    assertThat(settled.of(folder.look().versions())).as("gone").containsOnlyKeys(2L);
  }

  @Test
  void policies() {
    SortedSet<Long> there = numbers(1, 2, 5);
    assertThat(VersionPolicy.DEFAULT.aspired(there)).containsExactly(5L);
    assertThat(new VersionPolicy.Latest(2).aspired(there)).containsExactly(2L, 5L);
    assertThat(new VersionPolicy.Latest(9).aspired(there)).containsExactly(1L, 2L, 5L);
    assertThat(new VersionPolicy.All().aspired(there)).containsExactly(1L, 2L, 5L);
    assertThat(new VersionPolicy.Specific(numbers(2, 3)).aspired(there)).containsExactly(2L);
    assertThat(VersionPolicy.DEFAULT.aspired(numbers())).isEmpty();
    assertThatThrownBy(() -> new VersionPolicy.Latest(0)).hasMessageContaining("found 0");
    assertThatThrownBy(() -> new VersionPolicy.Specific(numbers()))
        .hasMessageContaining("found none");
  }

  /** Versions as NUMBER STATE, in capitals where they are wanted. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 NEW                        | LOAD 1",
        "1 NEW, 2 NEW                 | LOAD 2",
        "1 LOADING                    | -",
        "1 READY                      | -",
        "1 ready                      | UNLOAD 1",
        "1 ready, 2 ready             | UNLOAD 1",
        "1 ready, 2 NEW               | LOAD 2",
        "1 ready, 2 LOADING           | -",
        "1 ready, 2 FAILED            | -",
        "1 ready, 2 FAILED, 3 NEW     | LOAD 3",
        "1 ready, 2 READY             | UNLOAD 1",
        "1 ready, 2 READY, 3 NEW      | UNLOAD 1",
        "1 READY, 2 NEW               | LOAD 2",
        "1 unloading, 2 READY         | -",
        "1 new, 2 READY               | -",
        "1 ended, 2 ended             | -",
        "1 failed                     | -",
        "2 ready, 1 NEW               | LOAD 1"
      })
  void oneIsAvailableWheneverItCanBe(String versions, String expected) {
    List<Transition.Known> known =
        Arrays.stream(versions.split(", ", -1))
            .map(
                version -> {
                  String[] parts = version.trim().split(" ", -1);
                  String state = parts[1].toUpperCase(Locale.ROOT);
                  return new Transition.Known(
                      Long.parseLong(parts[0]),
                      Transition.State.valueOf(state),
                      state.equals(parts[1]));
                })
            .toList();
    assertThat(Transition.next(known).map(next -> next.kind() + " " + next.version()).orElse("-"))
        .isEqualTo(expected);
  }
}
