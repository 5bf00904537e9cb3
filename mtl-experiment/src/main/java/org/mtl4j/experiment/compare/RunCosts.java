package org.mtl4j.experiment.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;

/** What a run costs: the numbers in its model, the time of its training and that of a request. */
final class RunCosts {
  private static final String SLOTS = "optimizer/";
  private static final int ROWS = 100;
  private static final int WARM_UPS = 20;
  private static final int REQUESTS = 50;

  private RunCosts() {}

  static Comparison.Cost of(String name, Run run, ExperimentService service) {
    ModelManifest manifest = ManifestFile.read(run.served());
    try (Predictor model = service.predictor(run)) {
      return new Comparison.Cost(
          name, parameters(run, manifest), run.timing(), latency(model, manifest));
    }
  }

  private static OptionalLong parameters(Run run, ModelManifest manifest) {
    Path best = run.files().checkpoints().resolve("step-" + manifest.provenance().get("step"));
    if (!Files.isDirectory(best)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        Checkpoint.open(best).tensors().stream()
            .filter(tensor -> !tensor.name().startsWith(SLOTS))
            .mapToLong(RunCosts::size)
            .sum());
  }

  private static long size(StateTensor tensor) {
    return tensor.shape().stream().reduce(1L, Math::multiplyExact);
  }

  /** Rows without values go the same way through the model, and no data have to be there. */
  private static double latency(Predictor model, ModelManifest manifest) {
    List<String> columns =
        manifest.inputs().stream().map(ModelManifest.Input::column).distinct().toList();
    List<Object> values = new ArrayList<>();
    columns.forEach(column -> values.add(new String[ROWS]));
    RawBatch rows =
        new RawBatch(Columns.of(ColumnType.UNTYPED, columns), ROWS, 0, values, row -> "row " + row);
    for (int i = 0; i < WARM_UPS; i++) {
      model.predict(rows);
    }
    double[] millis = new double[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      long start = System.nanoTime();
      model.predict(rows);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return (millis[REQUESTS / 2 - 1] + millis[REQUESTS / 2]) / 2;
  }
}
