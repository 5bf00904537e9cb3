package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mtl train --continue}, as somebody types it. */
class ContinueCommandTest {
  @TempDir private Path folder;

  private Path run;
  private Path rows;
  private Path train;

  @BeforeEach
  void train() throws IOException {
    TinyShop shop = TinyShop.in(folder);
    run = folder.resolve("run");
    rows = shop.test();
    train = shop.train();
    Cli.Ran ran =
        Cli.run("train", shop.experiment().toString(), "--output", run.toString(), "--no-cache");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }

  private Cli.Ran goOn(String... more) {
    return Cli.run(
        Stream.concat(Stream.of("train", "--continue", run.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void rowsThatDoNotDecideAreNotExportedAndThoseThatNeedNotAre() {
    Cli.Ran few = goOn("--data", rows.toString(), "--json");
    assertThat(few.exitCode()).as(few.err()).isEqualTo(3);
    assertThat(few.json().get("status").asText()).isEqualTo("undecided");
    assertThat(few.json().get("export").asText()).endsWith("/export/1");
    Cli.Ran ungated = goOn("--data", rows.toString(), "--gate", "off", "--allow-drift", "all");
    assertThat(ungated.exitCode()).as(ungated.err()).isZero();
    assertThat(ungated.out()).contains("accepted (90 rows, 10 held out), exported as version 2");
    Cli.Ran twice = goOn("--data", rows.toString(), "--gate", "off");
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.err()).contains("update 2", "rows that came since");
  }

  /** A column that broke upstream: nothing is trained. */
  @Test
  void rowsThatAreNotLikeThoseBeforeExitWith3AndTheEvidence() throws IOException {
    Path broken = folder.resolve("broken.csv");
    Files.writeString(broken, Files.readString(rows).replaceAll(",\\d+\\.5,", ",,"));
    Cli.Ran held = goOn("--data", broken.toString(), "--gate", "5%", "--json");
    assertThat(held.exitCode()).as(held.err()).isEqualTo(3);
    assertThat(held.json().get("status").asText()).isEqualTo("held");
    assertThat(held.json().get("reasons").toString())
        .contains("price: its values, most of all missing", "found in 100.0 % of 100");
    assertNothingNew();
    Cli.Ran said = goOn("--data", broken.toString(), "--gate", "5%");
    assertThat(said.exitCode()).isEqualTo(3);
    assertThat(said.out()).contains("held", "price: its values, most of all missing");
  }

  /** A learning rate of 3 leaves nothing of the model; which task shows it first is the seed's. */
  @Test
  void aModelThatIsWorseExitsWith3AndTheFigures() throws IOException {
    Cli.Ran refused =
        goOn(
            "--data",
            train.toString(),
            "--holdout",
            "0.4",
            "--gate",
            "5%",
            "--set",
            "training.optimizer.learning_rate=3",
            "--json");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(refused.json().get("status").asText()).isEqualTo("refused");
    assertThat(refused.json().get("reasons").toString())
        .containsPattern(
            "(click/log_loss|rating/rmse|mood/log_loss) [0-9.]+, before [0-9.]+: worse by")
        .contains("95 % interval");
    assertNothingNew();
    assertThat(run.resolve("updates/0001/checkpoints")).doesNotExist();
  }

  private void assertNothingNew() throws IOException {
    assertThat(run.resolve("export/1")).exists();
    assertThat(run.resolve("export/2")).doesNotExist();
  }

  @Test
  void aFileIsFollowedForSoManyUpdates() throws IOException {
    Cli.Ran ran =
        goOn("--follow", rows.toString(), "--max-updates", "1", "--gate", "off", "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.json().get(0).get("rows").asInt()).isEqualTo(90);
    assertThat(Files.readString(run.resolve("updates/0001/update.json")))
        .contains("\"file\" : \"test.csv\"", "\"ends\" : [ {");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    for (List<String> words :
        List.of(
            List.of("--data", "a.csv", "--output", "x"),
            List.of("--data", "a.csv", "--resume"),
            List.of("--data", "a.csv", "--follow", "b"),
            List.<String>of(),
            List.of("--data", "a.csv", "--gate", "much"),
            List.of("--data", "a.csv", "--forget-after", "0d"),
            List.of("--follow", "b", "--every", "soon"),
            List.of("--data", "a.csv", "--holdout", "1.5"))) {
      Cli.Ran ran = goOn(words.toArray(String[]::new));
      assertThat(ran.exitCode()).as(words + ran.err()).isEqualTo(2);
      assertThat(ran.err()).as(words.toString()).contains("mtl train").doesNotContain("at org.");
    }
    assertThat(Cli.run("train", "--data", "a.csv").exitCode()).isEqualTo(2);
  }
}
