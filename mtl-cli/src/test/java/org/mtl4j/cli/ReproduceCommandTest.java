package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mtl reproduce}, as a user calls it. */
class ReproduceCommandTest {
  @TempDir private Path folder;

  @Test
  void withoutANameItListsWhatCanBeLookedFor() {
    Cli.Ran ran = Cli.run("reproduce");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("mmoe-synthetic", "KDD 2018", "mtl reproduce NAME");
    JsonNode json = Cli.run("reproduce", "--json").json();
    assertThat(json).hasSize(5);
    assertThat(json.get(0).get("source").asText()).contains("mixture-of-experts");
  }

  @Test
  void figuresAndClaimsArePrintedAndWritten() throws IOException {
    Path output = folder.resolve("relations");
    Cli.Ran ran =
        Cli.run(
            "reproduce",
            "task-relationship",
            "--short",
            "--seeds",
            "1",
            "--arms",
            "task_relationship,single_task",
            "--set",
            "data.cache.enabled=false",
            "--output",
            output.toString(),
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("2 of 2: single_task, seed 1");
    assertThat(ran.json().at("/arms/single_task/loss/values")).hasSize(1);
    assertThat(ran.json().get("claims")).hasSize(5);
    assertThat(ran.json().at("/claims/0/outcome").asText()).isEqualTo("open");
    assertThat(Files.readString(output.resolve("reproduction.html")))
        .contains("Zhang and Yeung", "Made small for a look");
    assertThat(output.resolve("single_task/seed-1/metrics.json")).exists();
  }

  @Test
  void whatIsNotThereIsRefused() {
    Cli.Ran name = Cli.run("reproduce", "funel");
    assertThat(name.exitCode()).isEqualTo(2);
    assertThat(name.err()).contains("found funel", "Did you mean \"funnel\"?");
    Cli.Ran arm = Cli.run("reproduce", "funnel", "--arms", "naiv");
    assertThat(arm.exitCode()).isEqualTo(2);
    assertThat(arm.err()).contains("--arms", "Did you mean \"naive\"?");
    Cli.Ran seeds = Cli.run("reproduce", "funnel", "--seeds", "0");
    assertThat(seeds.exitCode()).isEqualTo(2);
    assertThat(seeds.err()).contains("--seeds: Expected at least 1, found 0.");
  }
}
