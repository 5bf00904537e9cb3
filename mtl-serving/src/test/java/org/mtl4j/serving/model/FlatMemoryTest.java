package org.mtl4j.serving.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.training.ProcessMemory;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.ResidentMemory;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

/** Resident memory of a process that predicts from an export stays where it was. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class FlatMemoryTest {
  @TempDir Path folder;

  /** 10,000 predictions of 256 rows from an export, after 1,000 of warm-up. */
  static final class Prediction {
    private Prediction() {}

    public static void main(String[] arguments) {
      List<Map<String, Object>> rows = SmallExport.rows(256, TestSeed.random());
      try (MtlModel model = MtlModel.load(Path.of(arguments[0]))) {
        for (int i = 0; i < 11_000; i++) {
          model.predict(rows);
          if (i >= 1000 && i % 100 == 0) {
            System.out.println(ProcessMemory.resident().orElseThrow());
          }
        }
      }
    }
  }

  @Test
  void tenThousandPredictionsOfAnExportLeaveItFlat() {
    Path export = folder.resolve("export");
    SmallExport.write(SmallProblem.withFunnel("click"), new LinearModel(), export);
    ResidentMemory.assertFlat(Prediction.class, export.toString());
  }
}
