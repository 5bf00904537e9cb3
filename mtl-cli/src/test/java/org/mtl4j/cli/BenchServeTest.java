package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.experiment.bench.ServeBenchModel;

/** A server in its own process under load: nothing is lost, whatever is done to it. No times. */
@Tag("slow")
class BenchServeTest {
  private static final ServeBenchModel SMALL = new ServeBenchModel(4, 500, 16);

  @TempDir private static Path models;
  @TempDir private Path folder;
  private static ServeBenchModel.Made model;

  @BeforeAll
  static void make() {
    model = SMALL.make(models);
  }

  @AfterAll
  static void remove() {
    model.close();
  }

  private JsonNode bench(String... more) {
    return run("--model", model.version().toString(), more);
  }

  private JsonNode run(String option, String value, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("bench", "serve", "--json", "--folder", folder.toString()));
    arguments.addAll(List.of("--time", "1s", option, value));
    arguments.addAll(List.of(more));
    Cli.Ran ran = Cli.run(arguments.toArray(String[]::new));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran.json();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void swapsAndASigtermLoseNothing() throws Exception {
    JsonNode swap = bench("swap", "--swaps", "5").path("swap");
    assertThat(swap.path("lost").asLong(-1)).isZero();
    assertThat(swap.path("during").path("answered").asLong()).isPositive();
    assertThat(swap.path("stopping").path("answered").asLong()).isPositive();
    assertThat(swap.path("resident_bytes")).hasSize(5);
    assertThat(swap.path("exit_code").asInt(-1)).isZero();
    assertNothingLeft();
  }

  @Test
  void requestsBeyondTheCapacityAreAnsweredOrRefused() throws Exception {
    JsonNode rounds = bench("overload", "--rounds", "1").path("overload").path("rounds");
    assertThat(rounds).hasSize(1);
    JsonNode load = rounds.get(0).path("overloaded");
    assertThat(load.path("failed").asLong(-1)).isZero();
    assertThat(load.path("unsent").asLong(-1)).isZero();
    assertThat(load.path("answered").asLong()).isPositive();
    assertNothingLeft();
  }

  @Test
  void everySideHasItsTurn() throws Exception {
    JsonNode all = bench("row", "clients", "--rounds", "1", "--clients", "8");
    assertThat(all.path("row").path("failed").asLong(-1)).isZero();
    for (String side : new String[] {"in-process", "gRPC", "REST"}) {
      assertThat(all.path("row").path(side)).hasSize(1);
      assertThat(all.path("row").path(side).get(0).path("answered").asLong()).isPositive();
    }
    assertThat(all.path("clients").path("failed").asLong(-1)).isZero();
    assertThat(all.path("clients").path("gain").asDouble()).isPositive();
    assertNothingLeft();
  }

  @Test
  void withoutAModelOneIsMade() throws Exception {
    JsonNode start = run("--vocabulary", "500", "start", "--rounds", "1").path("start");
    assertThat(start.path("seconds")).hasSize(1);
    assertNothingLeft();
  }
}
