package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.explain.RowExplanation;
import org.mtl4j.experiment.explain.RowRequest;
import org.mtl4j.experiment.explain.RowStudy;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;

/** Tasks without a label, from the file to the export, on data of which the answers are known. */
class UnsupervisedRunTest {
  private static final int CLUSTERS = 4;
  private static final int ROWS = 800;

  private final ExperimentService service = MtlServices.standard();

  @TempDir Path folder;

  /** Each row once in every split, so that what is learnt of one holds of the others. */
  private Path write(List<String> rows, String header) throws IOException {
    List<String> lines = new ArrayList<>(List.of(header + ",part"));
    for (String part : List.of("train", "validation", "test")) {
      rows.forEach(row -> lines.add(row + "," + part));
    }
    return Files.write(folder.resolve("rows.csv"), lines);
  }

  private Run train(String tasks, String features, Path data, String name) {
    return service.train(
        service.read(file(tasks, features, data)),
        TrainOptions.into(folder.resolve(name)),
        ExperimentListener.SILENT);
  }

  private static ConfigFile file(String tasks, String features, Path data) {
    return ConfigFile.parse(
        """
        name: unsupervised
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: column, column: part}
          cache: {enabled: false}
        features: {%s}
        tasks:
        %s
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
        lint: {allow: [SPLIT_OVERLAP]}
        training: {epochs: 25, batch_size: 64, threads: 1, optimizer: {type: adam, learning_rate: 0.01}}
        """
            .formatted(data, features, tasks.indent(2)),
        "unsupervised.yaml");
  }

  /**
   * a = u + s / 2 and b = u - s / 2, c = v + t / 3 and d = v - t / 3 over all signs of u, s, v, t:
   * standardised, a and b have the correlation 0.6, c and d 0.8. Of the eigenvalues 1.6, 0.4, 1.8
   * and 0.2 the best code of two numbers keeps 3.4 of 4.
   */
  @Test
  void linearCodeIsThatOfThePrincipalComponents() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 640; row++) {
      double u = sign(row, 1);
      double s = sign(row, 2) / 2.0;
      double v = sign(row, 4);
      double t = sign(row, 8) / 3.0;
      rows.add("%s,%s,%s,%s".formatted(u + s, u - s, v + t, v - t));
    }
    ConfigFile file =
        file(
                "code: {type: reconstruction, dims: 2, layers: []}",
                "a: {type: numeric}, b: {type: numeric}, c: {type: numeric}, d: {type: numeric}",
                write(rows, "a,b,c,d"))
            .withOverride("training.batch_size", "16")
            .withOverride("training.epochs", "40");
    Run run =
        service.train(
            service.read(file),
            TrainOptions.into(folder.resolve("pca")),
            ExperimentListener.SILENT);
    assertThat(run.metric("test", "code", "reconstruction_mse")).isCloseTo(0.15, within(2e-3));
    assertThat(run.metric("test", "code", "explained_variance")).isCloseTo(0.85, within(2e-3));
  }

  private static int sign(int row, int bit) {
    return (row & bit) == 0 ? -1 : 1;
  }

  /** Four clusters in five numbers; liked in two of them; a text that says which, and noise. */
  private List<String> planted() {
    Random random = new Random(11);
    double[][] middles = new double[CLUSTERS][5];
    for (double[] middle : middles) {
      for (int d = 0; d < middle.length; d++) {
        middle[d] = 4 * random.nextGaussian();
      }
    }
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int kind = random.nextInt(CLUSTERS);
      StringBuilder line = new StringBuilder();
      for (double middle : middles[kind]) {
        line.append(middle + random.nextGaussian()).append(',');
      }
      line.append("kind").append(kind).append(',').append(kind % 2).append(',').append(row % 7);
      rows.add(line.toString());
    }
    return rows;
  }

  private static final String PLANTED = "a,b,c,d,e,kind,liked,colour";
  private static final String FEATURES =
      "a: {type: numeric, group: user}, b: {type: numeric, group: user}, c: {type: numeric, group:"
          + " user}, d: {type: numeric, group: user}, e: {type: numeric, group: user}, colour:"
          + " {type: categorical, dim: 3, group: item}";
  private static final String ALONE =
      """
      segments: {type: clustering, of: user, clusters: 4, dims: 3, layers: [16], warmup_steps: 100, compared_with: kind}
      likeness: {type: reconstruction, dims: 4, where: "colour != 3"}
      """;

  @Test
  void tasksWithoutALabelAloneFindPlantedClusters() throws IOException {
    Path data = write(planted(), PLANTED);
    Run run = train(ALONE, FEATURES, data, "alone");

    assertThat(run.metric("test", "segments", "nmi")).isGreaterThan(0.9);
    assertThat(run.metric("test", "segments", "silhouette")).isGreaterThan(0.5);
    assertThat(run.metric("test", "likeness", "explained_variance")).isGreaterThan(0.5);
    assertThat(ManifestFile.read(run.export()).outputs())
        .containsExactly(
            new ModelManifest.Output(
                "segments",
                "clustering",
                "P(cluster of segments)",
                List.of("0", "1", "2", "3", "silhouette")),
            new ModelManifest.Output(
                "likeness",
                "reconstruction",
                "code[likeness | colour != 3]",
                List.of("0", "1", "2", "3", "error", "mean_error")));
    assertThat(adjustedRand(run)).isGreaterThan(0.9);
    List<RowExplanation.Explained> explained =
        new RowStudy(service).of(run, RowRequest.of(0)).outputs();
    assertThat(explained.get(0).className().orElseThrow()).isIn("0", "1", "2", "3");
    assertThat(explained.get(1).className()).contains("error");
    assertThat(explained).allMatch(of -> of.attribution().isComplete());
  }

  @Test
  @Tag("slow")
  void sameSeedGivesTheSameNumbers() throws IOException {
    Path data = write(planted(), PLANTED);
    Run run = train(ALONE, FEATURES, data, "once");
    Run again = train(ALONE, FEATURES, data, "again");
    assertThat(again.metric("test", "segments", "silhouette"))
        .isEqualTo(run.metric("test", "segments", "silhouette"));
    assertThat(again.metric("test", "likeness", "reconstruction_mse"))
        .isEqualTo(run.metric("test", "likeness", "reconstruction_mse"));
  }

  @Test
  void columnOfALabelToCompareWithIsAskedForByItsKey() throws IOException {
    Path data = write(planted(), PLANTED);
    assertThatThrownBy(() -> train(ALONE.replace("kind", "knid"), FEATURES, data, "mistyped"))
        .hasMessageContaining("tasks.segments.compared_with");
  }

  /** By the export, from raw values: Hubert and Arabie, "Comparing partitions", 1985. */
  private double adjustedRand(Run run) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    for (String line : planted()) {
      String[] fields = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < 5; i++) {
        row.put("" + "abcde".charAt(i), fields[i]);
      }
      row.put("colour", fields[7]);
      rows.add(row);
      kinds.add(fields[5]);
    }
    Map<String, Integer> both = new HashMap<>();
    Map<String, Integer> ofKind = new HashMap<>();
    Map<String, Integer> ofCluster = new HashMap<>();
    try (MtlModel model = run.model();
        RawCursor cursor = BatchSource.of(rows).open()) {
      float[] values = model.predict(cursor.next(ROWS).orElseThrow()).values().get("segments");
      for (int row = 0; row < ROWS; row++) {
        int best = 0;
        float sum = 0;
        for (int k = 0; k < CLUSTERS; k++) {
          sum += values[row * (CLUSTERS + 1) + k];
          best = values[row * (CLUSTERS + 1) + k] > values[row * (CLUSTERS + 1) + best] ? k : best;
        }
        assertThat(sum).isCloseTo(1, within(1e-5f));
        both.merge(kinds.get(row) + "/" + best, 1, Integer::sum);
        ofKind.merge(kinds.get(row), 1, Integer::sum);
        ofCluster.merge("" + best, 1, Integer::sum);
      }
    }
    double expected = pairs(ofKind) * pairs(ofCluster) / (ROWS * (ROWS - 1) / 2.0);
    double most = (pairs(ofKind) + pairs(ofCluster)) / 2;
    return (pairs(both) - expected) / (most - expected);
  }

  private static double pairs(Map<String, Integer> counts) {
    return counts.values().stream().mapToDouble(n -> n * (n - 1) / 2.0).sum();
  }

  @Test
  @Tag("slow")
  void tasksWithoutALabelStandBesideOthersOfAnyModel() throws IOException {
    Path data = write(planted(), PLANTED);
    for (String model :
        List.of(
            "{type: shared_bottom, bottom_layers: [8], tower_layers: [4], bottom: {type: mlp, layers: [8]}}",
            "{type: mmoe, experts: 2, expert_layers: [8], tower_layers: [4]}")) {
      ConfigFile file =
          file("liked: {type: binary, label: liked}\n" + ALONE, FEATURES, data)
              .withOverride("model", model)
              .withOverride("training.epochs", "8")
              .withOverride("training.balancing", "{type: uncertainty}")
              .withOverride(
                  "training.early_stopping", "{metric: likeness/reconstruction_mse, patience: 5}");
      Run run =
          service.train(
              service.read(file),
              TrainOptions.into(folder.resolve("beside" + model.substring(7, 11))),
              ExperimentListener.SILENT);
      assertThat(run.metric("test", "liked", "auc")).as(model).isGreaterThan(0.95);
      assertThat(run.metric("test", "segments", "nmi")).as(model).isGreaterThan(0.7);
      assertThat(run.metric("test", "likeness", "explained_variance")).as(model).isGreaterThan(0.4);
    }
  }

  @Test
  void whatHasNoSenseIsRefusedBeforeAnythingRuns() throws IOException {
    Path data = write(planted(), PLANTED);
    Map.of(
            "tasks.segments.of=context",
                "expected a number or an id of the group context to rebuild",
            "tasks.segments.clusters=1", "2 to 1000, found 1",
            "tasks.likeness.dims=0", "1 to 10000, found 0",
            "tasks.likeness.layers=[0]", "widths of at least 1",
            "tasks.likeness.label=liked", "label",
            "tasks.likeness.calibration=platt", "calibration",
            "model={type: esmm, stages: [liked, likeness]}", "found \"likeness\"",
            "model={type: decision_trees}", "expected a task with a label",
            "training.early_stopping={metric: likeness/auc}", "likeness/auc")
        .forEach(
            (change, what) -> {
              int equals = change.indexOf('=');
              ConfigFile file =
                  file("liked: {type: binary, label: liked}\n" + ALONE, FEATURES, data)
                      .withOverride(change.substring(0, equals), change.substring(equals + 1));
              MtlException e = catchThrowableOfType(MtlException.class, () -> service.read(file));
              assertThat(e).as(change).isNotNull();
              assertThat(e.problems())
                  .extracting(Problem::what)
                  .as(change)
                  .anyMatch(problem -> problem.contains(what));
            });
  }
}
