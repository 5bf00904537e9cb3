package org.mtl4j.experiment.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

class FollowerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private static Path folder;

  private static Shop shop;
  private static Run trained;

  @BeforeAll
  static void train() {
    shop = new Shop(folder);
    trained = shop.train("trained");
  }

  private static void append(Path log, List<String> rows) throws IOException {
    if (!Files.exists(log)) {
      Files.writeString(log, Files.readAllLines(Path.of(shop.day(9, 1))).get(0) + "\n");
    }
    Files.write(log, rows, StandardOpenOption.APPEND);
  }

  private static List<Decision> follow(Run run, Path log, List<List<String>> added)
      throws IOException {
    List<Decision> decisions = new ArrayList<>();
    List<Instant> looks = new ArrayList<>();
    append(log, added.get(0));
    new Follower(
            new Updater(MtlServices.standard(), CLOCK, ExperimentListener.SILENT),
            CLOCK,
            moment -> {
              looks.add(moment);
              if (looks.size() < added.size()) {
                add(log, added.get(looks.size()));
              }
              return looks.size() < added.size();
            })
        .follow(
            run,
            new Follower.Source(log, Shop.OPTIONS),
            new Follower.Rhythm(Duration.ofMinutes(10), Integer.MAX_VALUE),
            () -> false,
            decisions::add);
    for (int i = 0; i < looks.size(); i++) {
      assertThat(looks.get(i)).isEqualTo(CLOCK.instant().plus(Duration.ofMinutes(10L * (i + 1))));
    }
    return decisions;
  }

  private static void add(Path log, List<String> rows) {
    try {
      append(log, rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anUpdateALookIfThereAreNewRowsAndEachRowOnce() throws IOException {
    Run run = shop.copy(trained, "followed");
    Path log = folder.resolve("log.csv");
    List<String> rows = Shop.rows(2, 6000);
    List<Decision> decisions =
        follow(run, log, List.of(rows.subList(0, 3000), List.of(), rows.subList(3000, 6000)));
    assertThat(decisions).extracting(Decision::verdict).containsOnly(Verdict.ACCEPTED);
    assertThat(decisions).extracting(d -> d.evidence().rows()).containsExactly(2700L, 2970L);
    assertThat(decisions).extracting(d -> d.evidence().holdout()).containsExactly(300L, 330L);
    assertThat(run.export()).isEqualTo(run.files().export(3));
    // 43 steps of 64 rows, and 47.
    Updates updates = Updates.of(run);
    assertThat(updates.base(run, 2).checkpoint().progress().step())
        .isEqualTo(updates.base(run, 0).checkpoint().progress().step() + 43 + 47);
    assertThat(Files.exists(updates.update(1).run().checkpoints())).isFalse();
    assertThat(Files.exists(updates.update(2).rows())).isFalse();
  }

  /** A hundred rows decide nothing; with those that come they are judged together. */
  @Test
  void rowsThatDecideNothingComeAgainWithMore() throws IOException {
    Run run = shop.copy(trained, "few");
    List<String> rows = Shop.rows(2, 3000);
    List<Decision> decisions =
        follow(
            run,
            folder.resolve("few.csv"),
            List.of(rows.subList(0, 100), List.of(), rows.subList(100, 3000)));
    assertThat(decisions)
        .extracting(Decision::verdict)
        .containsExactly(Verdict.UNDECIDED, Verdict.ACCEPTED);
    assertThat(decisions.get(1).evidence().rows()).isEqualTo(2700);
  }

  /** Its rows stay for a look, and are not taken again. */
  @Test
  @Tag("slow")
  void poisonedRowsAreHeldBackAndTheNextAreTaken() throws IOException {
    Run run = shop.copy(trained, "poisoned");
    List<String> rows = Shop.rows(2, 7000);
    List<String> poisoned =
        rows.subList(0, 3000).stream()
            .map(row -> row.replaceAll(",[^,]*,[^,]*,\\d$", ",,3,1"))
            .toList();
    Map<String, String> served = Folders.content(run.files().exports());
    List<Decision> decisions =
        follow(run, folder.resolve("poisoned.csv"), List.of(poisoned, rows.subList(3000, 7000)));
    assertThat(decisions.get(0).verdict()).isEqualTo(Verdict.HELD);
    Path kept = Updates.of(run).update(1).rows().resolve("train/000001-poisoned.csv");
    assertThat(Files.readAllLines(kept)).hasSize(2701);
    assertThat(Folders.content(run.files().exports())).containsAllEntriesOf(served);
  }
}
