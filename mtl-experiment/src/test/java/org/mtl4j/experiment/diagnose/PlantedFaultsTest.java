package org.mtl4j.experiment.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.run.Run;

/** Faults in models that were really trained are found, and not where there are none. */
@Tag("slow")
class PlantedFaultsTest {
  @TempDir private static Path folder;

  private static Planted planted;
  private static Run mmoe;
  private static Diagnosis healthyMmoe;
  private static Diagnosis healthyShared;

  @BeforeAll
  static void train() throws IOException {
    planted = Planted.in(folder);
    mmoe = planted.train("mmoe", Map.of("model", Planted.MMOE));
    healthyMmoe = planted.diagnose(mmoe);
    healthyShared = planted.diagnose(planted.train("shared", Map.of("model", Planted.SHARED)));
  }

  private static Optional<Finding> find(Diagnosis diagnosis, String code) {
    List<Finding> found = diagnosis.findings().stream().filter(f -> f.code().equals(code)).toList();
    assertThat(found).hasSizeLessThan(2);
    return found.stream().findFirst();
  }

  private static List<String> codes(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::code).toList();
  }

  @Test
  void nothingIsFoundInHealthyModels() {
    assertThat(codes(healthyMmoe))
        .doesNotContain("OPPOSED_TASKS", "LOSS_SCALE", "DEAD_EXPERT", "EQUAL_EXPERTS");
    assertThat(codes(healthyShared))
        .doesNotContain("OPPOSED_TASKS", "LOSS_SCALE", "DEAD_EXPERT", "EQUAL_EXPERTS");
  }

  @Test
  void tasksThatWantTheOppositeOfOneTrunkAreOpposed() {
    Diagnosis found =
        planted.diagnose(
            planted.train(
                "opposed",
                Map.of(
                    "model",
                    "{type: shared_logit}",
                    "tasks.rate.label",
                    "buy == 0",
                    "training.epochs",
                    "6")));
    Finding opposed = find(found, "OPPOSED_TASKS").orElseThrow();
    assertThat(opposed.about()).containsExactly("buy", "rate");
    assertThat(opposed.severity()).isEqualTo(Severity.WARNING);
    assertThat(opposed.seen())
        .matches(
            "The gradients of buy and rate have a cosine of -(0\\.9\\d|1\\.00) in all shared layers"
                + " together, the mean over 6 epochs; the lowest is -(0\\.9\\d|1\\.00) in"
                + " (trunk|embedding/user)\\. At least one of the two is shown to be better off"
                + " alone\\.");
    // The logit stays near 0, and yet ranks rows: to one task's liking, and so to the other's harm.
    assertThat(codes(found)).contains("NEGATIVE_TRANSFER", "STOPPED_LEARNING");
    assertThat(found.gain().orElseThrow()).isBetween(-0.6, -0.3);
  }

  @Test
  void tasksThatWantTheSameOfOneTrunkAreNot() {
    Diagnosis found =
        planted.diagnose(
            planted.train(
                "agreeing",
                Map.of("model", "{type: shared_logit}", "tasks.rate.label", "buy == 1")));
    assertThat(codes(found))
        .doesNotContain("OPPOSED_TASKS", "NEGATIVE_TRANSFER", "STOPPED_LEARNING", "LOSS_SCALE");
  }

  /** The gates' bias takes an expert out. */
  @Test
  void anExpertThatNoGateUsesIsDead() throws IOException {
    Run run = copy("dead");
    Planted.change(
        run,
        (name, bytes) -> {
          if (name.matches("mmoe/gate_(buy|rate)/bias")) {
            bytes.putFloat(2 * Float.BYTES, -30);
          }
        });
    Diagnosis found = planted.diagnose(run);
    Finding dead = find(found, "DEAD_EXPERT").orElseThrow();
    assertThat(dead.about()).containsExactly("expert/3");
    assertThat(dead.seen())
        .isEqualTo(
            "No gate uses expert/3: its mean weights are buy 0.0000, rate 0.0000, where an even"
                + " share is 0.2500.");
    assertThat(codes(found)).doesNotContain("EQUAL_EXPERTS");
    assertThat(ReportFormat.MARKDOWN.write(found.report()))
        .contains("The repeated training did not give the run's very predictions");
    assertThat(ReportFormat.MARKDOWN.write(healthyMmoe.report()))
        .contains("The repeated training gave the run's very predictions");
  }

  @Test
  void anExpertThatOneGateUsesIsNotDead() throws IOException {
    Run run = copy("half-dead");
    Planted.change(
        run,
        (name, bytes) -> {
          if (name.equals("mmoe/gate_buy/bias")) {
            bytes.putFloat(2 * Float.BYTES, -30);
          }
        });
    assertThat(codes(planted.diagnose(run))).doesNotContain("DEAD_EXPERT");
  }

  /** All of its units are off, whatever the row. */
  @Test
  void anExpertThatSaysTheSameOfEveryRowIsDead() throws IOException {
    Run run = copy("silent");
    Planted.change(
        run,
        (name, bytes) -> {
          if (name.equals("mmoe/experts/dense_1/bias")) {
            int units = bytes.remaining() / Float.BYTES / 4;
            for (int u = 0; u < units; u++) {
              bytes.putFloat(u * Float.BYTES, -1000);
            }
          }
        });
    Finding dead = find(planted.diagnose(run), "DEAD_EXPERT").orElseThrow();
    assertThat(dead.about()).containsExactly("expert/1");
    assertThat(dead.seen()).startsWith("expert/1 puts out the same for every row");
  }

  /** One expert's weights are written over another's. */
  @Test
  void copiesOfAnExpertAreEqual() throws IOException {
    Run run = copy("equal");
    Planted.change(
        run,
        (name, bytes) -> {
          if (name.startsWith("mmoe/experts/dense_1/")) {
            copyFirstToLast(bytes, 4);
          }
        });
    Diagnosis found = planted.diagnose(run);
    Finding equal = find(found, "EQUAL_EXPERTS").orElseThrow();
    assertThat(equal.about()).containsExactly("expert/1", "expert/4");
    assertThat(equal.seen()).endsWith("the correlation of their units' outputs is 1.0000.");
    assertThat(codes(found)).doesNotContain("DEAD_EXPERT");
  }

  private static void copyFirstToLast(ByteBuffer bytes, int experts) {
    int size = bytes.remaining() / experts;
    for (int i = 0; i < size; i++) {
      bytes.put((experts - 1) * size + i, bytes.get(i));
    }
  }

  @Test
  void aLossOfAThousandTimesTheWeightIsOutOfScale() {
    Map<String, String> fault = Map.of("model", Planted.SHARED, "tasks.rate.loss_weight", "1000");
    Diagnosis found = planted.diagnose(planted.train("scale", fault));
    Finding scale = find(found, "LOSS_SCALE").orElseThrow();
    assertThat(scale.about()).containsExactly("rate");
    assertThat(scale.seen())
        .matches(
            "In the shared layers the gradient of rate, loss weight included, is [0-9,.]+ times as"
                + " long as that of buy, the next: steps go where rate wants them to\\.");
    assertThat(scale.remedy()).startsWith("Set tasks.rate.loss_weight to about ");
  }

  private static Run copy(String name) throws IOException {
    Path from = mmoe.files().folder();
    Path to = folder.resolve(name);
    try (var entries = Files.walk(from)) {
      for (Path entry : entries.toList()) {
        Path target = to.resolve(from.relativize(entry).toString());
        if (Files.isDirectory(entry)) {
          Files.createDirectories(target);
        } else {
          Files.copy(entry, target);
        }
      }
    }
    return Run.open(to);
  }
}
