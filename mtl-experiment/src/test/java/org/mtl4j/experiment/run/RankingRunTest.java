package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.experiment.wiring.MtlServices;

/** Tasks that compare rows of a query, on data where rows of different ones cannot be compared. */
class RankingRunTest {
  private static final int QUERIES = 900;
  private static final int ROWS_A_QUERY = 8;

  private final ExperimentService service = MtlServices.standard();

  @TempDir Path folder;

  private ConfigFile experiment() throws IOException {
    Path data = Files.write(folder.resolve("rows.csv"), rows());
    return ConfigFile.parse(
        """
        name: ranking
        seed: 3
        data:
          source: {type: csv, path: %s}
          split: {by: column, column: part}
          query_group: search
        features:
          price: {type: numeric}
          stars: {type: numeric}
        tasks:
          each: {type: binary, label: click}
          pairs: {type: binary, label: click, loss: bpr}
          lists: {type: binary, label: click, loss: listwise}
        model: {type: single_task, layers: [8]}
        training: {epochs: 5, batch_size: 60, threads: 1, optimizer: {type: adam, learning_rate: 0.01}}
        evaluation: {metrics: [auc, log_loss, gauc, ndcg], k: [3], group_by: search, bootstrap: 0}
        """
            .formatted(data),
        "ranking.yaml");
  }

  /**
   * Who wants something badly clicks on anything, and is shown what is dear: over all rows a high
   * price goes with clicks, within a search it keeps from them, as few stars do. Nothing but the
   * prices tells how badly.
   */
  private static List<String> rows() {
    Random random = new Random(11);
    List<String> lines = new ArrayList<>(List.of("search,price,stars,click,part"));
    for (int search = 0; search < QUERIES; search++) {
      double want = 2 * random.nextGaussian();
      String part = search % 6 < 4 ? "train" : search % 6 == 4 ? "validation" : "test";
      for (int row = 0; row < ROWS_A_QUERY; row++) {
        double dearer = random.nextGaussian();
        double stars = random.nextGaussian();
        double u = random.nextDouble();
        boolean click = 2 * want - 1.5 * dearer + stars + Math.log(u / (1 - u)) > 0;
        lines.add("%d,%s,%s,%d,%s".formatted(search, want + dearer, stars, click ? 1 : 0, part));
      }
    }
    return lines;
  }

  private Run train(ConfigFile file, String name) {
    return service.train(
        service.read(file),
        TrainOptions.into(folder.resolve(name)).withoutLint(),
        ExperimentListener.SILENT);
  }

  @Test
  void whatMattersWithinAQueryIsLearntWhereALossRowByRowLearnsTheContrary() throws IOException {
    Run run = train(experiment(), "run");
    assertThat(run.metric("test", "each", "auc")).isGreaterThan(0.7);
    assertThat(run.metric("test", "each", "gauc")).isLessThan(0.5);
    for (String task : List.of("pairs", "lists")) {
      assertThat(run.metric("test", task, "gauc")).as(task).isGreaterThan(0.75);
      assertThat(run.metric("test", task, "ndcg@3"))
          .as(task)
          .isGreaterThan(run.metric("test", "each", "ndcg@3") + 0.1);
    }
    assertThat(ManifestFile.read(run.export()).outputs())
        .extracting(ModelManifest.Output::meaning)
        .containsExactly("P(each)", "score(pairs)", "score(lists)");
  }

  @Test
  void whatIsLookedAtOtherwiseThanItIsLearntIsTold() throws IOException {
    ConfigFile file = experiment();
    assertThat(service.read(file).warnings()).isEmpty();
    assertThat(warnings(file, "training.early_stopping={metric: pairs/gauc}")).isEmpty();
    assertThat(warnings(file, "training.early_stopping={metric: each/auc}")).isEmpty();
    assertThat(warnings(file, "training.early_stopping={metric: pairs/auc}"))
        .singleElement()
        .asString()
        .startsWith("training.early_stopping looks at pairs/auc, which is of all rows together");
    assertThat(warnings(file, "evaluation.group_by=stars"))
        .singleElement()
        .asString()
        .startsWith("evaluation.group_by is stars: gauc, ndcg and the like are not of what pairs");
    assertThat(warnings(file, "tasks={each: {type: binary, label: click}}"))
        .containsExactly(
            "data.query_group is for tasks of loss: bpr or listwise, and there is none");
  }

  private List<String> warnings(ConfigFile file, String change) {
    String[] parts = change.split("=", 2);
    return service.read(file.withOverride(parts[0], parts[1])).warnings();
  }

  @Test
  void whatCannotBeComparedIsRefusedBeforeAnythingRuns() throws IOException {
    ConfigFile file = experiment();
    Map.ofEntries(
            Map.entry(
                "data.query_group=null", "Expected data.query_group, the column whose values"),
            Map.entry("data.query_group=serch", "serch"),
            Map.entry("tasks.pairs.class_weights=balanced", "which compares rows of both"),
            Map.entry("tasks.lists.label_smoothing=0.1", "which takes labels for an order"),
            Map.entry("tasks.pairs.focal_gamma=1", "without loss: focal, found 1.0"),
            Map.entry("data.down_sampling={task: pairs, keep: 0.5}", "task of loss: log_loss"),
            Map.entry("model={type: esmm, stages: [each, pairs]}", "tasks of loss: log_loss"))
        .forEach(
            (change, what) ->
                assertThat(problemsOf(file, change))
                    .as(change)
                    .anyMatch(p -> p.what().contains(what)));
    assertThat(problemsOf(file, "data.query_group=null"))
        .hasSize(2)
        .allMatch(p -> p.code() == ErrorCode.CONFIG_VALUE)
        .allMatch(p -> p.remedy().contains("Set data.query_group: search, the column of"))
        .anyMatch(p -> p.where().startsWith("tasks.pairs.loss"));
    assertThat(problemsOf(file, "data.query_group=serch"))
        .allMatch(p -> p.code() == ErrorCode.COLUMN_MISSING)
        .allMatch(p -> p.where().startsWith("data.query_group"));
  }

  @Test
  void aUnionOfDomainsIsRefused() throws IOException {
    ConfigFile file =
        experiment()
            .withOverride(
                "data.source",
                "{type: union, sources: {a: {type: csv, path: %1$s}, b: {type: csv, path: %1$s}}}"
                    .formatted(folder.resolve("rows.csv")));
    MtlException e = catchThrowableOfType(MtlException.class, () -> service.read(file));
    assertThat(e.problems()).anyMatch(p -> p.what().contains("found a union"));
  }

  private List<Problem> problemsOf(ConfigFile file, String change) {
    int equals = change.indexOf('=');
    MtlException e =
        catchThrowableOfType(
            MtlException.class,
            () ->
                train(
                    file.withOverride(change.substring(0, equals), change.substring(equals + 1)),
                    "refused"));
    assertThat(e).as(change).isNotNull();
    return e.problems();
  }
}
