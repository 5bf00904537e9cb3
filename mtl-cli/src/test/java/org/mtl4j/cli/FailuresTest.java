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
    return Cli.run(
        "train",
        shop.with(find, replace).experiment().toString(),
        "--output",
        folder.resolve("run").toString());
  }

  private static void assertRefused(Ran ran, String... said) {
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains(said).doesNotContain("\tat ");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void aFolderThatIsNotEmptyIsLeftAlone() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("mine.txt"), "mine");
    assertRefused(train("seed: 3", "seed: 4"), "not empty", "--resume");
    assertThat(run.toFile().list()).containsExactly("mine.txt");
  }

  @Test
  void tablesLargerThanMemoryAreRefusedWithTheArithmeticAndLeaveNoRun() throws IOException {
    assertRefused(
        train(
            "user: {type: categorical, dim: 4, group: user}",
            "user: {type: categorical, dim: 1024, group: user, hash_buckets: 2000000000}"),
        "embedding/user: Expected tables, optimiser slots and variables that fit into memory",
        "2,000,000,001 rows x (1024 + 1024 adagrad) x 4 bytes = 16,384.00 GB",
        "lower its features' dim or hash_buckets",
        "rowwise_adagrad");
    assertThat(folder.resolve("run")).doesNotExist();
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
