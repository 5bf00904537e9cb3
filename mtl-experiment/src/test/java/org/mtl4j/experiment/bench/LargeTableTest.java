package org.mtl4j.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.testkit.JavaProcess;

/**
 * What tables take in memory while they are initialised, trained, saved, restored and trained
 * again, in a process of its own.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class LargeTableTest {
  private static final int FIELDS = 2;
  private static final int DIM = 16;
  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;
  private static final long MEGABYTE = 1_000_000;

  @TempDir private Path folder;

  /** Runs the benchmark with a checkpoint; prints the bytes of the state and of the peak. */
  static final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws InterruptedException {
      TrainBenchConfig config =
          new TrainBenchConfig(
              FIELDS,
              Integer.parseInt(arguments[0]),
              DIM,
              64,
              new TrainBenchConfig.Model(
                  2,
                  List.of(8),
                  List.of(4),
                  1,
                  new TrainBenchConfig.Step(MatrixProducts.SEPARATE, new StaticWeights())),
              5);
      TrainBench.Memory memory =
          new TrainBench(config, () -> false).run(2, Optional.of(Path.of(arguments[1]))).memory();
      System.out.println(memory.stateBytes());
      System.out.println(memory.peakBytes().orElseThrow());
    }
  }

  private record Bytes(long state, long peak) {}

  private Bytes bench(int vocabulary) {
    List<String> lines =
        JavaProcess.run(
            "64m", Bench.class.getName(), Integer.toString(vocabulary), folder.toString());
    return new Bytes(Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)));
  }

  @Test
  void peakIsBelowOnePointThreeTimesTablesAndSlotsWhateverElseTheProcessNeeds() {
    Bytes few = bench(FEW);
    Bytes many = bench(MANY);
    // Weights and their Adagrad slots, 4 bytes each.
    assertThat(many.state() - few.state()).isEqualTo((long) FIELDS * (MANY - FEW) * DIM * 2 * 4);
    assertThat(many.peak()).isLessThan(many.state() * 13 / 10 + 500 * MEGABYTE);
    // What the tables add to a process that does the same with small ones.
    assertThat(many.peak() - few.peak()).isLessThan(many.state() * 13 / 10);
    assertThat(folder).isEmptyDirectory();
  }
}
