package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;

/** Every loss of a head on data whose distribution is known, from the file to the export. */
class HeadsRunTest {
  private static final int ROWS = 6_000;
  private static final List<String> STARS = List.of("bad", "fair", "good", "great");

  private final ExperimentService service = MtlServices.standard();

  @TempDir Path folder;

  private ConfigFile experiment(Path data) {
    return ConfigFile.parse(
        """
        name: heads
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: column, column: part}
        features:
          x: {type: numeric}
        tasks:
          stars: {type: ordinal, label: stars, classes: [bad, fair, good, great]}
          visits: {type: regression, label: visits, loss: poisson}
          value: {type: regression, label: value, loss: ziln}
          late: {type: regression, label: delay, loss: quantile, quantile: 0.9}
          median: {type: regression, label: delay, loss: mae}
          liked: {type: binary, label: liked, loss: focal, focal_gamma: 1, calibration: platt}
          margin: {type: binary, label: liked, loss: hinge}
        model: {type: shared_bottom, bottom_layers: [16], tower_layers: [8]}
        training: {epochs: 12, batch_size: 64, threads: 1, optimizer: {type: adam, learning_rate: 0.005}}
        """
            .formatted(data),
        "heads.yaml");
  }

  /**
   * x uniform in [-1, 1]; stars by a logistic score 3 x; visits Poisson of rate exp(1 + x); a value
   * in half of the rows, log-normal around x with sigma 0.5; delays exponential with mean exp(x),
   * whose quantiles are known: log 10 times it, and log 2 times it; liked with log odds 3 x.
   */
  private static List<String> rows() {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>(List.of("x,stars,visits,value,delay,liked,part"));
    for (int row = 0; row < ROWS; row++) {
      double x = 2 * random.nextDouble() - 1;
      double score = 3 * x + logistic(random);
      String stars = STARS.get(score < -2 ? 0 : score < 0 ? 1 : score < 2 ? 2 : 3);
      double value = random.nextBoolean() ? Math.exp(x + 0.5 * random.nextGaussian()) : 0;
      double delay = -Math.log(1 - random.nextDouble()) * Math.exp(x);
      int liked = 3 * x + logistic(random) > 0 ? 1 : 0;
      String part = row % 6 < 4 ? "train" : row % 6 == 4 ? "validation" : "test";
      lines.add(
          String.join(
              ",",
              "" + x,
              stars,
              "" + poisson(Math.exp(1 + x), random),
              "" + value,
              "" + delay,
              "" + liked,
              part));
    }
    return lines;
  }

  private static double logistic(Random random) {
    double u = random.nextDouble();
    return Math.log(u / (1 - u));
  }

  /** Knuth: products of uniform numbers until they fall below exp(-rate). */
  private static int poisson(double rate, Random random) {
    int count = -1;
    for (double left = 1; left > Math.exp(-rate); left *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  @Test
  void everyLossLearnsWhatItIsMinimisedBy() throws IOException {
    Path data = Files.write(folder.resolve("rows.csv"), rows());
    Run run =
        service.train(
            service.read(experiment(data)),
            TrainOptions.into(folder.resolve("run")).withoutLint(),
            ExperimentListener.SILENT);

    assertThat(run.metric("test", "stars", "quadratic_kappa")).isGreaterThan(0.5);
    assertThat(run.metric("test", "stars", "class_mae")).isLessThan(0.65);
    assertThat(run.metric("test", "liked", "auc")).isGreaterThan(0.83);
    assertThat(run.metric("test", "margin", "auc")).isGreaterThan(0.83);
    assertThat(ManifestFile.read(run.export()).outputs())
        .contains(
            new ModelManifest.Output("stars", "ordinal", "P(stars)", STARS),
            new ModelManifest.Output("late", "regression", "Q0.9[late]", List.of()));
    try (MtlModel model = run.model()) {
      for (double x : new double[] {-0.8, 0, 0.8}) {
        assertKnown(model.predict(List.of(Map.of("x", x))).get(0), x);
      }
    }
  }

  /** Within what 4,000 rows and a network of 16 units tell. */
  private static void assertKnown(Map<String, float[]> served, double x) {
    double[] cuts = {-2, 0, 2};
    double below = 0;
    for (int k = 0; k < STARS.size(); k++) {
      double upTo = k < cuts.length ? 1 / (1 + Math.exp(3 * x - cuts[k])) : 1;
      assertThat((double) served.get("stars")[k])
          .as("%s at %s", STARS.get(k), x)
          .isCloseTo(upTo - below, within(0.08));
      below = upTo;
    }
    double scale = Math.exp(x);
    assertNear(served, "visits", Math.E * scale, x);
    assertNear(served, "value", 0.5 * scale * Math.exp(0.125), x);
    assertNear(served, "late", Math.log(10) * scale, x);
    assertNear(served, "median", Math.log(2) * scale, x);
  }

  private static void assertNear(Map<String, float[]> served, String task, double known, double x) {
    assertThat(served.get(task)[0] / known).as("%s at %s", task, x).isBetween(0.75, 1.33);
  }

  @Test
  void whatALossCannotTakeIsRefused() throws IOException {
    Path data = Files.write(folder.resolve("rows.csv"), rows());
    Map.ofEntries(
            Map.entry("tasks.late.quantile=1.5", "above 0 and below 1, found 1.5"),
            Map.entry("tasks.late.loss=mse", "without loss: quantile, found 0.9"),
            Map.entry("tasks.liked.focal_gamma=-1", "0 to 10, found -1.0"),
            Map.entry("tasks.margin.focal_gamma=2", "without loss: focal, found 2.0"),
            Map.entry("tasks.stars.classes=[bad]", "two different ones"),
            Map.entry("data.down_sampling={task: margin, keep: 0.5}", "task of loss: log_loss"),
            Map.entry(
                "model={type: esmm, stages: [liked, margin]}", "binary tasks of loss: log_loss"))
        .forEach(
            (change, what) ->
                assertThat(problemsOf(data, change)).as(change).anyMatch(p -> p.contains(what)));
  }

  @Test
  void labelsThatALossHasNoSenseOfAreRefusedWithTheirRow() throws IOException {
    Path data = Files.write(folder.resolve("rows.csv"), rows());
    assertThat(problemsOf(data, "tasks.visits.label=x"))
        .anyMatch(p -> p.contains("a number of at least 0, as its loss asks"));
    assertThat(problemsOf(data, "tasks.stars.classes=[bad, fair, good]"))
        .anyMatch(p -> p.contains("Expected one of [bad, fair, good], found \"great\"."));
    assertThat(problemsOf(data, "tasks.stars.classes=[]"))
        .anyMatch(p -> p.contains("Expected a number, as no order of classes is given"));
  }

  private List<String> problemsOf(Path data, String change) {
    int equals = change.indexOf('=');
    MtlException e =
        catchThrowableOfType(
            MtlException.class,
            () ->
                service.train(
                    service.read(
                        experiment(data)
                            .withOverride(
                                change.substring(0, equals), change.substring(equals + 1))),
                    TrainOptions.into(folder.resolve("refused")).withoutLint(),
                    ExperimentListener.SILENT));
    assertThat(e).as(change).isNotNull();
    return e.problems().stream().map(Problem::what).toList();
  }
}
