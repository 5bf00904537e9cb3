package org.mtl4j.experiment.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.testkit.TestSeed;

/** What the file says is what the model says. */
class PredictionFileTest {
  private static final long SEED = TestSeed.value();

  @TempDir private Path folder;

  private final ExperimentService service = MtlServices.standard();

  @Test
  void theNumbersReadBackAreTheModelsOwn() throws IOException {
    Path data = writeData();
    Run run = train(data);
    Path output = folder.resolve("predictions.csv");
    ServedModel served = ServedModel.of(run, service);
    long rows =
        new PredictionFile(served, List.of()).write(List.of(data.toString()), output).rows();

    List<String> lines = Files.readAllLines(output);
    assertThat(lines.get(0)).isEqualTo("row,liked,kind:a,kind:b,kind:c");
    assertThat(rows).isEqualTo(200);
    try (MtlModel model = run.model()) {
      List<Map<String, float[]>> expected = model.predict(rows(data));
      for (int r = 0; r < expected.size(); r++) {
        String[] cells = lines.get(r + 1).split(",", -1);
        float[] kind = expected.get(r).get("kind");
        assertThat(
                new float[] {
                  Float.parseFloat(cells[1]),
                  Float.parseFloat(cells[2]),
                  Float.parseFloat(cells[3]),
                  Float.parseFloat(cells[4])
                })
            .as("seed " + SEED + ", row " + cells[0])
            .containsExactly(expected.get(r).get("liked")[0], kind[0], kind[1], kind[2]);
      }
    }
  }

  private Run train(Path data) {
    String yaml =
        """
        name: predict
        data:
          source: {type: csv, path: %s}
          where: "size > 0.5"
          drop_duplicates: true
        features:
          word: {type: categorical, dim: 4}
          size: {type: numeric}
        tasks:
          liked: {type: binary, label: "size > 1"}
          kind: {type: multiclass, label: kind}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: []}
        training: {epochs: 1, batch_size: 64, threads: 1}
        """
            .formatted(data);
    return service.train(
        service.read(ConfigFile.parse(yaml, "predict.yaml")),
        TrainOptions.into(folder.resolve("run")).withoutLint(),
        ExperimentListener.SILENT);
  }

  private Path writeData() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> lines = new ArrayList<>(List.of("word,size,kind"));
    for (int r = 0; r < 200; r++) {
      lines.add(
          "w%d,%s,%s".formatted(random.nextInt(9), 2 * random.nextDouble(), "abc".charAt(r % 3)));
    }
    return Files.write(folder.resolve("data.csv"), lines);
  }

  private static List<Map<String, Object>> rows(Path data) throws IOException {
    return Files.readAllLines(data).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> Map.<String, Object>of("word", cells[0], "size", Double.valueOf(cells[1])))
        .toList();
  }
}
