package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.export.ExportRequest;
import org.mtl4j.core.export.ModelExporter;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.training.ProcessMemory;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/** What the export of a large table takes in memory, beside the session that trained it. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class LargeExportTest {
  private static final int DIM = 16;
  private static final int MANY = 2_000_000;

  @TempDir Path folder;

  /** Makes a session over one table, exports it and prints the process's peak. */
  static final class Export {
    private Export() {}

    public static void main(String[] arguments) {
      TrainerSpec small = SmallProblem.withFunnel("click").trainer(new LinearModel(), 1);
      CategoricalFeature item =
          new CategoricalFeature(
              "item",
              "item",
              Optional.empty(),
              "item",
              DIM,
              new CategoricalFeature.Hashed(Integer.parseInt(arguments[0]) - 1));
      TrainerSpec spec =
          new TrainerSpec(
              new FeaturePipeline(List.of(new FittedCategorical(item, Optional.empty()))),
              small.tasks(),
              small.model(),
              small.updates(),
              small.execution());
      RawBatch replay = SmallExport.batch(List.of(Map.of("item", "a"), Map.of("item", "b")));
      EncodedFeatures encoded = spec.pipeline().encode(replay);
      try (TrainingSession session = new TrainingSession(spec)) {
        EncodedRows rows =
            new EncodedRows(
                encoded.rowCount(), encoded.ids(), encoded.dense(), Map.of(), Optional.empty());
        ModelExporter.export(
            new ExportRequest(
                ExportRequest.Origin.of("large", Map.of()),
                spec,
                session.state(),
                new ExportRequest.Replay(replay, session.predict(rows))),
            Path.of(arguments[1]));
      }
      System.out.println(ProcessMemory.peak().orElseThrow());
    }
  }

  private long peak(int ids) {
    String target = folder.resolve(Integer.toString(ids)).toString();
    List<String> lines =
        JavaProcess.run("64m", Export.class.getName(), Integer.toString(ids), target);
    return Long.parseLong(lines.get(0));
  }

  @Test
  void exportHoldsTheTableOnceBesideTheSessions() {
    long table = (long) MANY * DIM * 4;
    long sessions = 2 * table; // with the slots of Adagrad
    assertThat(peak(MANY) - peak(1000)).isLessThan((sessions + table) * 13 / 10);
  }
}
