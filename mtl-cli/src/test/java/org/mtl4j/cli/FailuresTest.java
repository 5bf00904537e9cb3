package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;

/** What a user reads, and a script gets, when something is wrong. */
class FailuresTest {
  @TempDir private Path folder;

  private TinyShop shop;

  @BeforeEach
  void writeShop() throws IOException {
    shop = TinyShop.in(folder);
  }

  private Ran train(String find, String replace) throws IOException {
    String yaml = Files.readString(shop.experiment());
    assertThat(yaml).contains(find);
    Files.writeString(shop.experiment(), yaml.replace(find, replace));
    return Cli.run(
        "train", shop.experiment().toString(), "--output", folder.resolve("run").toString());
  }

  private static void assertRefused(Ran ran, String... said) {
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains(said).doesNotContain("\tat ");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void anUnknownKeyNamesItsPlaceAndTheNearestKey() throws IOException {
    assertRefused(
        train("epochs: 2", "epoch: 2"),
        "training.epoch (" + shop.experiment() + ":17:12)",
        "There is no key \"epoch\" here.",
        "Did you mean \"epochs\"?");
  }

  @Test
  void everyProblemOfAFileIsSaidAtOnce() throws IOException {
    Ran ran = train("threads: 1", "thread: 1, batch_sise: 3");
    assertRefused(ran, "\"thread\"", "\"batch_sise\"");
    assertThat(ran.err().lines().filter(line -> line.startsWith("error: "))).hasSize(2);
  }

  @Test
  void anUnknownModelNamesTheNearest() throws IOException {
    assertRefused(
        train("type: shared_bottom", "type: shared_botom"),
        "There is no model \"shared_botom\".",
        "Did you mean \"shared_bottom\"?");
  }

  @Test
  void aMissingColumnNamesTheNearest() throws IOException {
    assertRefused(
        train("price: {type: numeric, group", "prise: {type: numeric, group"),
        "no column \"prise\"",
        "Did you mean \"price\"?");
  }

  @Test
  void aMissingFileNamesTheNearest() throws IOException {
    assertRefused(
        train("train.csv", "trian.csv"), "There is no such file", shop.train().toString());
  }

  @Test
  void aFolderThatIsNotEmptyIsLeftAlone() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("mine.txt"), "mine");
    assertRefused(train("seed: 3", "seed: 4"), "not empty", "--resume");
    assertThat(run.toFile().list()).containsExactly("mine.txt");
  }

  @Test
  void anOverrideIsPlacedAtItsOption() {
    Ran ran = Cli.run("train", shop.experiment().toString(), "--set", "training.epochs=many");
    assertRefused(ran, "--set training.epochs", "whole number", "\"many\"");
  }

  @Test
  void anUnknownCommandOrOptionNamesTheNearest() {
    assertRefused(Cli.run("trian", "x.yaml"), "\"trian\"", "Did you mean \"train\"?");
    assertRefused(Cli.run("train", "x.yaml", "--resum"), "--resum", "Did you mean \"--resume\"?");
    assertRefused(Cli.run("bench", "trian"), "mtl bench", "Did you mean \"train\"?");
    assertRefused(Cli.run("models", "extra"), "Expected no \"extra\" here.");
  }

  @Test
  void anArgumentThatIsMissingIsNamed() {
    assertRefused(Cli.run("train"), "EXPERIMENT.yaml", "mtl train --help");
    assertRefused(Cli.run("predict", "--data", "x", "--output", "y"), "--run", "--model");
    assertRefused(Cli.run(), "mtl --help");
  }

  @Test
  void aRunThatIsNotThereIsSaid() {
    assertRefused(
        Cli.run("evaluate", "--run", folder.resolve("no").toString(), "--data", "x.csv"),
        "Expected a run");
    assertRefused(
        Cli.run("recommend", "--model", folder.toString(), "--user", "{}", "--items", "x.csv"),
        "Expected an export");
  }

  @Test
  void aUserThatIsNoJsonObjectIsRefused() {
    assertRefused(Cli.run(recommend("{nonsense")), "--user", "not JSON");
    assertRefused(Cli.run(recommend("{\"a\": [1]}")), "--user", "\"a\"");
    assertRefused(Cli.run(recommend(folder.resolve("no.json").toString())), "cannot be read");
  }

  private String[] recommend(String user) {
    String model = folder.toString();
    return new String[] {"recommend", "--model", model, "--user", user, "--items", "x.csv"};
  }

  @Test
  void withJsonAFailureIsJsonToo() throws IOException {
    Ran ran = Cli.run("train", folder.resolve("no.yaml").toString(), "--json");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.json().at("/problems/0/code").asText()).isEqualTo("FILE_MISSING");
    Ran usage = Cli.run("train", "--json");
    assertThat(usage.json().at("/problems/0/code").asText()).isEqualTo("USAGE");
    assertThat(usage.json().at("/problems/0/remedy").asText()).contains("mtl train --help");
  }

  @Test
  void aStackTraceIsPrintedOnlyWhenAskedFor() {
    String missing = folder.resolve("no.yaml").toString();
    assertThat(Cli.run("train", missing).err()).doesNotContain("\tat ");
    assertThat(Cli.run("train", missing, "--debug").err()).contains("\tat org.mtl4j.");
  }

  @Test
  void sizesOutOfRangeAreTheUsersInput() {
    assertRefused(Cli.run("bench", "train", "--steps", "0"), "--steps: expected at least 1");
    assertRefused(Cli.run("bench", "train", "--threads", "-1"), "--threads");
    assertRefused(Cli.run("bench", "ingest", "--gigabytes", "0"), "--gigabytes: expected a number");
    assertRefused(Cli.run("describe", "x.csv", "--encoding", "no"), "--encoding");
  }

  @Test
  void helpAndVersionAreNoFailures() {
    assertThat(Cli.run("--version").out()).startsWith("mtl ");
    Ran help = Cli.run("train", "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Usage: mtl train", "Examples:", "--resume");
  }
}
