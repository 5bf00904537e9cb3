package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mtl4j.core.balancing.Famo;
import org.mtl4j.core.balancing.GradNorm;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.MetaBalance;
import org.mtl4j.core.balancing.MetaWeights;
import org.mtl4j.core.balancing.NashMtl;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.testkit.JavaProcess;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallProblem;

/**
 * Steps over a table of 10,000,000 ids, of 160 MB and as much again for its slot: whatever a method
 * made of the table's size, a gradient say, would show in the peak of memory.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class VocabularyMemoryTest {
  private static final int IDS = 10_000_000;
  private static final int DIM = 4;
  private static final int ROWS = 512;
  private static final long KILOBYTES_ALLOWED = 60_000;

  /** Prints, a method a line, by how many kB memory rises at most during its steps. */
  static final class Steps {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Steps() {}

    public static void main(String[] arguments) throws IOException {
      for (LossBalancing method :
          List.of(
              new NashMtl(),
              new GradNorm(1.5, 0.025),
              new MetaBalance("click", 0.7, 0.9, MetaBalance.Adjust.BOTH),
              new Famo(0.025, 0.001),
              new MetaWeights(0.25, 0.01, 0.001))) {
        try (TrainingSession session = new TrainingSession(spec(method))) {
          Batch batch = new Batch(session.batchLayout(ROWS));
          batch.fill(rows(), IntStream.range(0, ROWS).toArray(), 0, ROWS);
          take(session, batch, 1, 3);
          Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // the peak counts from now on
          long before = kilobytes("VmRSS");
          take(session, batch, 4, 20);
          System.out.println(kilobytes("VmHWM") - before);
        }
      }
    }

    private static void take(TrainingSession session, Batch batch, int from, int to) {
      for (int step = from; step <= to; step++) {
        session.step(batch, step);
      }
    }

    private static long kilobytes(String key) throws IOException {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(key + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }

    private static TrainerSpec spec(LossBalancing method) {
      CategoricalFeature item =
          new CategoricalFeature(
              "item", "item", Optional.empty(), "item", DIM, new CategoricalFeature.Hashed(IDS));
      return new TrainerSpec(
          new FeaturePipeline(List.of(new FittedCategorical(item, Optional.empty()))),
          SmallProblem.withFunnel("click").tasks(),
          new LinearModel(),
          SmallProblem.updates(method),
          new TrainerSpec.Execution(new Seed(1), FloatType.FLOAT32, 2, MatrixProducts.SEPARATE));
    }

    private static EncodedRows rows() {
      Random random = new Random(1);
      EncodedRows small = SmallProblem.withFunnel("click").rows(ROWS, new LinearModel(), random);
      int[] ids = random.ints(ROWS, 0, IDS).toArray();
      return new EncodedRows(ROWS, List.of(ids), List.of(), small.labels(), Optional.empty());
    }
  }

  @Test
  void stepTakesNoMemoryThatGrowsWithTheVocabulary() {
    List<String> lines = JavaProcess.run("512m", Steps.class.getName());
    assertThat(lines).hasSize(5);
    assertThat(lines)
        .as("kB above what was there before")
        .allSatisfy(line -> assertThat(Long.parseLong(line)).isLessThan(KILOBYTES_ALLOWED));
    System.out.println("kB a method: " + lines);
  }
}
