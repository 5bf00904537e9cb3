package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.kept.KeptRows;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;

/** What a run keeps of its test rows, against the rows themselves and the run's own export. */
class KeptPredictionsTest extends TinyRunTest {
  @Test
  void rowsAreThoseOfTheTestSplitWithTheirLabelsAndTheExportsPredictions() {
    Run run = train(false);
    KeptRows kept = KeptRows.open(run.files().testPredictions());
    List<Long> records = new ArrayList<>();
    List<Float> labels = new ArrayList<>();
    List<Float> scores = new ArrayList<>();
    kept.forEach(
        block -> {
          for (int r = 0; r < block.records().length; r++) {
            records.add(block.records()[r]);
            labels.add(block.labels().get("click").labels()[r]);
            scores.add(block.predictions().values().get("click")[r]);
            assertThat(block.labels().get("click").mask()[r]).isTrue();
            assertThat(block.labels().get("click").weights()[r]).isEqualTo(1);
          }
        });
    List<Long> expected = new ArrayList<>();
    List<Float> clicks = new ArrayList<>();
    List<Float> served = new ArrayList<>();
    ExperimentService service = MtlServices.standard();
    ExperimentPlan plan = service.read(ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml"));
    try (MtlModel model = run.model()) {
      service
          .datasets()
          .splits(plan)
          .forEach(
              Split.TEST, 512, rows -> add(rows, model.predict(rows), expected, clicks, served));
    }
    assertThat(records).isEqualTo(expected).hasSizeGreaterThan(200);
    assertThat(labels).isEqualTo(clicks).contains(0f, 1f);
    for (int r = 0; r < served.size(); r++) {
      assertThat(scores.get(r))
          .isCloseTo(served.get(r), org.assertj.core.data.Offset.offset(1e-5f));
    }
    assertThat(kept.rows()).isEqualTo(expected.size());
  }

  private static void add(
      RawBatch rows,
      Predictions predictions,
      List<Long> records,
      List<Float> clicks,
      List<Float> scores) {
    int click = rows.columns().indexOf("click");
    for (int r = 0; r < rows.rowCount(); r++) {
      records.add(rows.record(r));
      clicks.add((float) rows.number(click, r));
      scores.add(predictions.values().get("click")[r]);
    }
  }

  @Test
  void aDamagedFileIsWrittenAnewByResumingAndTheRunStaysWhatItWas() throws IOException {
    train(false);
    Map<String, String> before = content();
    Path file = new RunFiles(folder).testPredictions();
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(train(true).status()).isEqualTo(Run.Status.FINISHED);
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void nothingIsKeptThatIsNotWanted() {
    Run run =
        train(false, Map.of("evaluation.keep_predictions", "false"), noting(new ArrayList<>()));
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(run.files().testPredictions().getParent()).doesNotExist();
  }
}
