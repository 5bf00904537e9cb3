package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;

/** A model that saw one negative in ten, against the probabilities that labels were drawn from. */
class DownSamplingRunTest {
  private static final String FUNNEL = "{type: esmm, stages: [click, cart], tower_layers: [16]}";
  private static final String SHARED =
      "{type: shared_bottom, bottom_layers: [16], tower_layers: [8]}";

  @TempDir Path folder;

  private final ExperimentService service = MtlServices.standard();

  private static ConfigFile experiment(String model) {
    return ConfigFile.parse(
        """
        name: rare
        seed: 3
        data:
          source: {type: simulated, users: 60, items: 40, impressions: 60000}
          down_sampling: {task: click, keep: 0.1}
          split: {by: random, test: 0.3}
        features:
          user_id: {type: categorical, dim: 4}
          item_id: {type: categorical, dim: 4}
        tasks:
          click: {type: binary, label: click}
          cart: {type: binary, label: cart, where: "click == 1"}
          even: {type: binary, label: "click == 0"}
        model: %s
        training:
          epochs: 4
          batch_size: 256
          threads: 1
          optimizer: {type: adam, learning_rate: 0.003}
        """
            .formatted(model),
        "rare.yaml");
  }

  /** Means over the test rows of what the export predicts, and of the columns. */
  private Map<String, Double> means(ConfigFile file) {
    TrainOptions options = TrainOptions.into(folder.resolve("run")).withoutLint();
    Run run = Experiment.of(file).train(options, ExperimentListener.SILENT);
    Map<String, Double> sums = new HashMap<>();
    ExperimentPlan plan = service.read(file);
    try (MtlModel model = MtlModel.load(run.export())) {
      service
          .datasets()
          .splits(plan)
          .forEach(Split.TEST, 4096, rows -> add(rows, model.predict(rows), sums));
    }
    double rows = sums.remove("rows");
    sums.replaceAll((name, sum) -> sum / rows);
    return sums;
  }

  private static void add(RawBatch rows, Predictions predictions, Map<String, Double> sums) {
    sums.merge("rows", (double) rows.rowCount(), Double::sum);
    for (int row = 0; row < rows.rowCount(); row++) {
      for (String column : new String[] {"true_click", "true_through_cart"}) {
        sums.merge(column, rows.number(rows.columns().indexOf(column), row), Double::sum);
      }
      for (Map.Entry<String, float[]> output : predictions.values().entrySet()) {
        sums.merge(output.getKey(), (double) output.getValue()[row], Double::sum);
      }
    }
  }

  /** Uncorrected, p would be near p / (p + (1 - p) / 10), several times too high. */
  @Test
  void predictionsAreCalibratedAndThoseOfOtherTasksToo() {
    Map<String, Double> means = means(experiment(SHARED));
    double rate = means.get("true_click");
    assertThat(means.get("click")).isCloseTo(rate, within(0.1 * rate));
    assertThat(means.get("even")).isCloseTo(1 - rate, within(0.1 * rate));
  }

  @Test
  void productsOfAFunnelAreCalibratedToo() {
    Map<String, Double> means = means(experiment(FUNNEL));
    double click = means.get("true_click");
    double through = means.get("true_through_cart");
    assertThat(means.get("click")).isCloseTo(click, within(0.1 * click));
    assertThat(means.get("through_cart")).isCloseTo(through, within(0.15 * through));
  }

  @Test
  void taskThatCannotBeSampledIsRefused() {
    assertRefused(
        experiment(SHARED).withOverride("data.down_sampling.task", "clik"),
        "data.down_sampling.task (--set data.down_sampling.task): Expected the name of a binary"
            + " task, found \"clik\". Did you mean \"click\"?");
    assertRefused(
        experiment(FUNNEL).withOverride("data.down_sampling.task", "cart"),
        "data.down_sampling.task (--set data.down_sampling.task): Expected the funnel's first"
            + " stage, click, found \"cart\". Leave negatives of the first stage out: those are"
            + " the many.");
    assertRefused(
        experiment(SHARED).withOverride("data.down_sampling.keep", "0"),
        "data.down_sampling.keep (--set data.down_sampling.keep): Expected a share above 0, at"
            + " most 1, found 0.0.");
  }

  private void assertRefused(ConfigFile file, String message) {
    assertThat(catchThrowableOfType(MtlException.class, () -> service.read(file)))
        .hasMessage(message);
  }
}
