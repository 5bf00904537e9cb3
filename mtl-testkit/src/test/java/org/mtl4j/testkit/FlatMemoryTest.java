package org.mtl4j.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.ProcessMemory;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;

/**
 * Resident memory of a process that trains, and of one that predicts, stays where it was after a
 * warm-up. Batches are large, so that a tensor which is not closed would show.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class FlatMemoryTest {
  @TempDir Path folder;

  /** 2,000 steps after 300 of warm-up, ten an epoch, each with validation and a checkpoint. */
  static final class Training {
    private static final int BATCH = 2048;
    private static final int EPOCHS = 230;
    private static final int WARM_UP_EPOCHS = 30;

    private Training() {}

    public static void main(String[] arguments) throws IOException {
      SmallProblem problem = SmallProblem.withFunnel("click");
      LinearModel model = new LinearModel();
      EncodedRows rows = problem.rows(10 * BATCH, model, TestSeed.random());
      TrainingListener printer =
          new TrainingListener() {
            @Override
            public void onEpoch(Epoch epoch) {
              if (epoch.epoch() >= WARM_UP_EPOCHS) {
                System.out.println(ProcessMemory.resident().orElseThrow());
              }
            }
          };
      Path checkpoints = Files.createDirectories(Path.of(arguments[0]));
      try (TrainingSession session = new TrainingSession(problem.trainer(model, 1))) {
        Supplier<MetricReport> judge =
            () -> {
              session.predict(rows);
              return new MetricReport(Map.of());
            };
        TrainingPlan plan =
            new TrainingPlan(rows, Optional.of(judge), EPOCHS, BATCH, Optional.empty());
        new Trainer(session, plan, new CheckpointStore(checkpoints), printer, Progress.start())
            .run();
      }
    }
  }

  /** 10,000 predictions of 256 rows by one session, after 1,000 of warm-up. */
  static final class Prediction {
    private static final int ROWS = 256;

    private Prediction() {}

    public static void main(String[] arguments) {
      SmallProblem problem = SmallProblem.withFunnel("click");
      LinearModel model = new LinearModel();
      EncodedRows rows = problem.rows(ROWS, model, TestSeed.random());
      try (TrainingSession session = new TrainingSession(problem.trainer(model, 1))) {
        for (int i = 0; i <= 11_000; i++) {
          session.predict(rows);
          if (i >= 1000 && i % 100 == 0) {
            System.out.println(ProcessMemory.resident().orElseThrow());
          }
        }
      }
    }
  }

  @Test
  void trainingForTwoThousandStepsLeavesItFlat() {
    ResidentMemory.assertFlat(Training.class, folder.resolve("checkpoints").toString());
  }

  @Test
  void tenThousandPredictionsLeaveItFlat() {
    ResidentMemory.assertFlat(Prediction.class);
  }
}
