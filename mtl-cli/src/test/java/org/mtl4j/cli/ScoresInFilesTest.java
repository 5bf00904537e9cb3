package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.TestSeed;

/** Real processes measure more scores than their heap could hold. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class ScoresInFilesTest {
  private static final int ROWS = 2_000_000;
  private static final int SCORES = 1 << 16;
  private static final int USERS = 100;
  private static final int HEAP_MEGABYTES = 64;

  /** Of score, weight, user and order, with the space that its sort takes: 8, 4, 4, 4 and 24. */
  private static final long BYTES_A_ROW = 44;

  @TempDir private Path folder;

  private Path scores;
  private Path temporary;
  private Counted counted;

  @BeforeEach
  void writeScores() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    scores = folder.resolve("scores.csv");
    counted = write(scores, ROWS);
  }

  /** What the rows of each score weigh: of negatives and positives, by user. */
  private record Counted(int[][][] weights) {
    int[] of(int label) {
      int[] all = new int[SCORES];
      for (int[][] user : weights) {
        for (int s = 0; s < SCORES; s++) {
          all[s] += user[label][s];
        }
      }
      return all;
    }
  }

  static String[] evaluate(Path scores) {
    return new String[] {
      "evaluate",
      "--scores",
      scores.toString(),
      "--label",
      "y",
      "--score",
      "p",
      "--weight",
      "w",
      "--group",
      "u",
      "--bootstrap",
      "100",
      "--json"
    };
  }

  /** Rows of 65,536 different scores. */
  private static Counted write(Path file, int rows) throws IOException {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    Counted counted = new Counted(new int[USERS][2][SCORES]);
    try (BufferedWriter csv = Files.newBufferedWriter(file)) {
      csv.write("u,y,p,w\n");
      for (int row = 0; row < rows; row++) {
        int user = random.nextInt(USERS);
        int label = random.nextInt(10) == 0 ? 1 : 0;
        int score = random.nextInt(SCORES - 4000) + label * random.nextInt(4000);
        int weight = 1 + random.nextInt(3);
        counted.weights[user][label][score] += weight;
        csv.write(user + "," + label + "," + score / (double) SCORES + "," + weight + "\n");
      }
    }
    return counted;
  }

  /** Rows that do not fit into a heap of 64 MB. */
  static void write(Path file) throws IOException {
    write(file, ROWS);
  }

  @Test
  void figuresAreThoseOfTheirDefinitions() throws Exception {
    assertThat(ROWS * BYTES_A_ROW).isGreaterThan(HEAP_MEGABYTES << 20);
    JsonNode found;
    try (Child child = start()) {
      assertThat(child.exitCode()).as(child.said()).isZero();
      found = new ObjectMapper().readTree(child.answered());
    }
    int[] negatives = counted.of(0);
    int[] positives = counted.of(1);
    double auc = auc(negatives, positives);
    assertThat(found.get("rows").asInt()).isEqualTo(ROWS);
    assertFigure(found, "auc", auc);
    assertFigure(found, "gauc", gauc());
    assertFigure(found, "pr_auc", averagePrecision(negatives, positives));
    assertFigure(found, "ks", ks(negatives, positives));
    double brier = 0;
    double loss = 0;
    for (int s = 0; s < SCORES; s++) {
      double p = s / (double) SCORES;
      double clipped = Math.max(p, Math.ulp(1.0));
      brier += negatives[s] * p * p + positives[s] * (1 - p) * (1 - p);
      loss -= negatives[s] * Math.log1p(-clipped) + positives[s] * Math.log(clipped);
    }
    double all = sum(negatives) + sum(positives);
    assertFigure(found, "brier", brier / all);
    assertFigure(found, "log_loss", loss / all);
    assertThat(found.at("/intervals/auc/0").asDouble()).isBetween(auc - .01, auc);
    assertThat(found.at("/intervals/pr_auc").size()).isEqualTo(2);
    assertThat(temporary).isEmptyDirectory();
  }

  private Child start() throws IOException {
    return Child.startWith(
        List.of("-Xmx" + HEAP_MEGABYTES + "m", "-Djava.io.tmpdir=" + temporary),
        folder,
        evaluate(scores));
  }

  private static void assertFigure(JsonNode found, String key, double expected) {
    assertThat(found.get(key).asDouble())
        .as("%s, seed %d", key, TestSeed.value())
        .isCloseTo(expected, within(1e-10));
  }

  private static double sum(int... weights) {
    double sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    return sum;
  }

  private static double auc(int[] negatives, int[] positives) {
    double below = 0;
    double inOrder = 0;
    for (int s = 0; s < SCORES; s++) {
      inOrder += positives[s] * (below + negatives[s] / 2.0);
      below += negatives[s];
    }
    return inOrder / (below * sum(positives));
  }

  private double gauc() {
    double total = 0;
    double weight = 0;
    for (int[][] user : counted.weights) {
      double all = sum(user[0]) + sum(user[1]);
      total += all * auc(user[0], user[1]);
      weight += all;
    }
    return total / weight;
  }

  private static double averagePrecision(int[] negatives, int[] positives) {
    double hits = 0;
    double predicted = 0;
    double precisions = 0;
    for (int s = SCORES - 1; s >= 0; s--) {
      hits += positives[s];
      predicted += positives[s] + negatives[s];
      precisions += predicted == 0 ? 0 : positives[s] * hits / predicted;
    }
    return precisions / hits;
  }

  private static double ks(int[] negatives, int[] positives) {
    double allPositives = sum(positives);
    double allNegatives = sum(negatives);
    double hits = 0;
    double misses = 0;
    double largest = 0;
    for (int s = SCORES - 1; s >= 0; s--) {
      hits += positives[s] / allPositives;
      misses += negatives[s] / allNegatives;
      largest = Math.max(largest, hits - misses);
    }
    return largest;
  }

  @Test
  void ctrlCLeavesNothing() throws Exception {
    try (Child child = start()) {
      assertThat(child.await(() -> child.hasOpen("mtl4j-rows-"))).as(child.said()).isTrue();
      assertThat(temporary).isEmptyDirectory();
      child.interrupt();
      assertThat(child.exitCode()).as(child.said()).isEqualTo(130);
      assertThat(child.answered()).isEmpty();
    }
    assertThat(temporary).isEmptyDirectory();
  }
}
