package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.kept.KeptRows;

/** The intervals beside a run's metrics, against the rows that the run keeps. */
class IntervalsRunTest extends TinyRunTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void everyFigureHasAnIntervalAroundItInTheShapeOfTheMetrics() throws IOException {
    Run run = train(false);
    JsonNode metrics = JSON.readTree(run.files().metrics().toFile());
    JsonNode intervals = JSON.readTree(run.files().intervals().toFile());
    assertThat(names(intervals)).isEqualTo(names(metrics)).hasSizeGreaterThan(4);
    for (String name : names(metrics)) {
      double figure = metrics.at(name).asDouble();
      JsonNode bounds = intervals.at(name);
      assertThat(bounds).as(name).hasSize(2);
      assertThat(figure).as(name).isBetween(bounds.get(0).asDouble(), bounds.get(1).asDouble());
      assertThat(run.intervals().get("test").get("click")).containsKey("auc");
    }
  }

  private static List<String> names(JsonNode splits) {
    List<String> names = new ArrayList<>();
    splits
        .properties()
        .forEach(
            split ->
                split
                    .getValue()
                    .properties()
                    .forEach(
                        output ->
                            output
                                .getValue()
                                .fieldNames()
                                .forEachRemaining(
                                    metric ->
                                        names.add(
                                            "/"
                                                + String.join(
                                                    "/",
                                                    split.getKey(),
                                                    output.getKey(),
                                                    metric)))));
    return names;
  }

  /** Accuracy is a mean of zeros and ones: its error is that of a share. */
  @Test
  void anAccuracysIntervalIsThatOfAShare() {
    Run run = train(false);
    double[] right = new double[2];
    KeptRows.open(run.files().testPredictions())
        .forEach(
            block -> {
              float[] scores = block.predictions().values().get("click");
              float[] labels = block.labels().get("click").labels();
              for (int r = 0; r < scores.length; r++) {
                right[0] += (scores[r] >= 0.5) == (labels[r] == 1) ? 1 : 0;
                right[1]++;
              }
            });
    double share = right[0] / right[1];
    double error = Math.sqrt(share * (1 - share) / right[1]);
    assertThat(run.metric("test", "click", "accuracy")).isCloseTo(share, within(1e-12));
    List<Double> bounds = run.intervals().get("test").get("click").get("accuracy");
    assertThat((bounds.get(0) - share) / error).isCloseTo(-1.96, within(0.3));
    assertThat((bounds.get(1) - share) / error).isCloseTo(1.96, within(0.3));
  }

  @Test
  void withoutDrawsTheAucAloneHasAnInterval() {
    Run run = train(false, Map.of("evaluation.bootstrap", "0"), noting(new ArrayList<>()));
    Map<String, List<Double>> intervals = run.intervals().get("test").get("click");
    assertThat(intervals.get("auc")).hasSize(2);
    assertThat(intervals).containsKey("log_loss").doesNotContainEntry("log_loss", List.of());
    assertThat(intervals.get("log_loss")).isNull();
  }

  @Test
  void tooFewDrawsAreRefused() {
    MtlException failure = refused(false, Map.of("evaluation.bootstrap", "20"));
    assertThat(failure)
        .hasMessage(
            "evaluation.bootstrap (--set evaluation.bootstrap): Expected 0, or 100 to 1000000,"
                + " found 20.");
  }
}
