package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.TestSeed;

/** {@code mtl tune}, as a user calls it. */
class TuneCommandTest {
  @TempDir private Path folder;

  private TinyShop shop;
  private Path space;

  @BeforeEach
  void writeShop() throws IOException {
    shop = TinyShop.in(folder);
    space = folder.resolve("space.yaml");
    Files.writeString(
        space,
        """
        objective: {metrics: {click/auc: 1, rating/rmse: 0.1}}
        method: {type: halving, factor: 2, min_epochs: 2}
        space:
          training.optimizer.learning_rate: {from: 0.001, to: 0.1, scale: log}
          model.tower_layers: {values: [[], [4]]}
        """);
  }

  private String[] tune(Path output, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "tune",
                shop.experiment().toString(),
                "--space",
                space.toString(),
                "--set",
                "training.epochs=4",
                "--output",
                output.toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void theBestTrialIsPrintedAndWritten() throws IOException {
    Path output = folder.resolve("tuning");
    Cli.Ran ran = Cli.run(tune(output, "--trials", "2", "--parallel", "2", "--json"));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("tuning by 1 click/auc - 0.1 rating/rmse on validation rows")
        .contains("2 trials to epoch 2, 1 to epoch 4")
        .containsPattern("trial 1 to epoch 2: training.optimizer.learning_rate=0\\.\\d+");
    JsonNode json = ran.json();
    assertThat(json.at("/trials")).hasSize(2);
    assertThat(json.at("/winner/test/click/auc").isNumber()).isTrue();
    assertThat(json.at("/winner/experiment").asText()).endsWith("best.yaml");
    assertThat(Files.readString(output.resolve("best.yaml"))).contains("epochs: 4");
    assertThat(Files.readString(output.resolve("report.html"))).contains("Pareto front");
    Cli.Ran again = Cli.run(tune(output, "--resume"));
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out())
        .contains("The best of 2 trials, by validation rows:")
        .containsPattern("trial +learning_rate +tower_layers")
        .containsPattern("figure +validation +test");
  }

  @Test
  void slipsOfTheFingersAreNamed() throws IOException {
    Files.writeString(
        space, Files.readString(space).replace("optimizer.learning", "optimizer.larning"));
    Cli.Ran key = Cli.run(tune(folder.resolve("x")));
    assertThat(key.exitCode()).isEqualTo(2);
    assertThat(key.err())
        .contains("training.optimizer.larning_rate", "space.yaml:4:3")
        .contains("Did you mean \"learning_rate\"?");
    Cli.Ran size = Cli.run(tune(folder.resolve("x"), "--memory", "8 gigs"));
    assertThat(size.exitCode()).isEqualTo(2);
    assertThat(size.err()).contains("--memory", "say 8g", "8 gigs");
    Cli.Ran none = Cli.run(tune(folder.resolve("x"), "--trials", "0"));
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("--trials: expected 1 to 10000, found 0");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  private static Map<String, String> bytes(Path of) throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(of)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = of.relativize(file).toString();
        if (!name.matches(".*timing.jsonl|report.html|.*tensorboard/.*")) {
          bytes.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return bytes;
  }

  /** Killed (SIGKILL) three times at random, it leaves the bytes of a tuning that was not. */
  @Test
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void aKilledTuningGoesOn() throws Exception {
    Path killed = folder.resolve("killed");
    Random random = TestSeed.random();
    for (int i = 0; i < 3; i++) {
      try (Child child =
          Child.start(folder, tune(killed, "--trials", "6", "--parallel", "2", "--resume"))) {
        child.awaitSaid("epoch ");
        Thread.sleep(random.nextInt(1500));
        child.kill();
      }
    }
    Cli.Ran resumed = Cli.run(tune(killed, "--trials", "6", "--parallel", "2", "--resume"));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    Path whole = folder.resolve("whole");
    Cli.Ran straight = Cli.run(tune(whole, "--trials", "6"));
    assertThat(straight.exitCode()).as(straight.err()).isZero();
    assertThat(bytes(killed)).as("seed %d", TestSeed.value()).isEqualTo(bytes(whole));
  }
}
