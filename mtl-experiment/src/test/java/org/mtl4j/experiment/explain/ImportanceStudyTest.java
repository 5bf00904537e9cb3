package org.mtl4j.experiment.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.eval.importance.Importance;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;

/**
 * On the simulated shop, whose formulas say what matters: a click depends on price and position
 * most; a cart on price and stock, and not on position or device; the dwell time on item, device
 * and price, and not on position, slot or stock; nothing on the request's number.
 */
@Tag("slow")
class ImportanceStudyTest {
  private static final String YAML =
      """
      name: shop
      seed: 3
      data:
        source: {type: simulated, users: 200, items: 100, impressions: 40000}
        columns: {same: "1"}
        split: {by: random, validation: 0.1, test: 0.3}
      features:
        position: {type: numeric, transform: log1p, group: context}
        price: {type: numeric, transform: log1p, group: item}
        stock: {type: numeric, transform: log1p, group: item}
        item_id: {type: categorical, dim: 4, group: item}
        request_id: {type: categorical, hash_buckets: 20, dim: 2}
        same: {type: numeric}
        place: {type: cross, features: [device, slot], dim: 2}
        device: {type: categorical, dim: 2, group: context}
        slot: {type: categorical, dim: 2, group: context}
      tasks:
        click: {type: binary, label: click}
        cart: {type: binary, label: cart, where: "click == 1"}
        dwell: {type: regression, label: "log1p(dwell_seconds)", where: "click == 1"}
      model: {type: shared_bottom, bottom_layers: [16], tower_layers: [8]}
      training: {epochs: 4, batch_size: 256, threads: 1}
      """;

  @TempDir private static Path folder;

  private static final ExperimentService SERVICE = MtlServices.standard();
  private static Run run;

  @BeforeAll
  static void trainOnce() {
    run =
        SERVICE.train(
            SERVICE.read(ConfigFile.parse(YAML, "shop.yaml")),
            TrainOptions.into(folder.resolve("run")).withoutLint(),
            ExperimentListener.SILENT);
  }

  private static RunImportance study(ImportanceRequest request) {
    return new ImportanceStudy(SERVICE).of(run, request, column -> {});
  }

  /** The columns, the most important first. */
  private static List<String> order(RunImportance found, String output) {
    return found.importances().stream()
        .filter(i -> i.of().output().equals(output))
        .map(i -> i.of().columns())
        .filter(columns -> !columns.startsWith("group: "))
        .toList();
  }

  private static Importance of(RunImportance found, String output, String columns) {
    return found.importances().stream()
        .filter(i -> i.of().output().equals(output) && i.of().columns().equals(columns))
        .findFirst()
        .orElseThrow();
  }

  private static double drop(RunImportance found, String output, String columns) {
    return of(found, output, columns).mean();
  }

  @Test
  void whatTheTruthDependsOnComesFirst() {
    RunImportance found = study(new ImportanceRequest(List.of(), List.of(), 50_000, 5, 1));
    String table = ImportanceReport.table(found).rows().toString();
    List<String> click = order(found, "click");
    assertThat(click.subList(0, 2)).as(table).containsExactly("price", "position");
    assertThat(click.subList(6, 8)).as(table).containsExactlyInAnyOrder("request_id", "same");
    for (String of : List.of("price", "stock")) {
      assertThat(order(found, "cart"))
          .as(table)
          .containsSubsequence(of, "position")
          .containsSubsequence(of, "device")
          .containsSubsequence(of, "request_id");
    }
    for (String of : List.of("item_id", "device", "price")) {
      assertThat(order(found, "dwell"))
          .as(table)
          .containsSubsequence(of, "position")
          .containsSubsequence(of, "slot")
          .containsSubsequence(of, "stock")
          .containsSubsequence(of, "request_id");
    }
    for (String output : List.of("click", "cart", "dwell")) {
      double largest =
          found.importances().stream()
              .filter(i -> i.of().output().equals(output))
              .mapToDouble(Importance::mean)
              .max()
              .orElseThrow();
      assertThat(Math.abs(drop(found, output, "request_id"))).as(table).isLessThan(largest / 10);
    }
  }

  @Test
  void aConstantColumnHasNoImportanceAtAll() {
    List<String> begun = new ArrayList<>();
    RunImportance found =
        new ImportanceStudy(SERVICE)
            .of(run, new ImportanceRequest(List.of(), List.of(), 2000, 3, 1), begun::add);
    assertThat(begun).doesNotHaveDuplicates().hasSize(10); // Of two kinds of rows.
    for (String output : List.of("click", "cart", "dwell")) {
      assertThat(of(found, output, "same").drops()).hasSize(3).containsOnly(0.0);
    }
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void columnsHaveTheirFeaturesAndGroupsTheirColumns() {
    RunImportance found = study(new ImportanceRequest(List.of(), List.of(), 500, 2, 1));
    assertThat(found.features())
        .containsOnlyKeys(
            "position",
            "price",
            "stock",
            "item_id",
            "request_id",
            "same",
            "device",
            "slot",
            "group: item",
            "group: context")
        .containsEntry("device", List.of("place", "device"))
        .containsEntry("group: item", List.of("price", "stock", "item_id"))
        .containsEntry("group: context", List.of("position", "place", "device", "slot"));
    assertThat(found.rows()).isEqualTo(500);
    assertThat(found.total()).isBetween(11_000L, 13_000L);
  }

  /** All test rows as they are: what the run itself reported of them. */
  @Test
  void figuresOfAllRowsAreThoseOfTheRun() {
    ImportanceRequest all = new ImportanceRequest(List.of(), List.of("auc", "rmse"), 50_000, 1, 1);
    RunImportance found = study(all);
    assertThat(found.rows()).isEqualTo(found.total());
    assertThat(found.warnings()).isEmpty();
    for (String output : List.of("click", "cart", "dwell")) {
      String metric = output.equals("dwell") ? "rmse" : "auc";
      assertThat(of(found, output, "price").figure())
          .isCloseTo(run.metric("test", output, metric), within(1e-6));
    }
  }

  @Test
  void equalSeedsGiveEqualImportances() {
    List<List<Importance>> found = new ArrayList<>();
    for (long seed : new long[] {1, 1, 2}) {
      found.add(study(new ImportanceRequest(List.of(), List.of(), 1000, 2, seed)).importances());
    }
    assertThat(found.get(0)).isEqualTo(found.get(1)).isNotEqualTo(found.get(2));
  }

  /** Somebody trains on a log that grows. */
  @Test
  void dataThatChangedSinceAreNoticed() throws IOException {
    Path other = folder.resolve("other");
    Run grown =
        SERVICE.train(
            SERVICE.read(
                ConfigFile.parse(
                    YAML.replace("40000", "4000").replace("epochs: 4", "epochs: 1"), "shop.yaml")),
            TrainOptions.into(other).withoutLint(),
            ExperimentListener.SILENT);
    Path yaml = other.resolve("experiment.yaml");
    Files.writeString(yaml, Files.readString(yaml).replace("4000", "5000"));
    RunImportance found =
        new ImportanceStudy(SERVICE)
            .of(grown, new ImportanceRequest(List.of(), List.of("auc"), 100, 1, 1), c -> {});
    assertThat(found.warnings())
        .containsExactly(
            "the run's data have changed since it was trained: they are not those of the"
                + " data_sha256 in its provenance.json");
  }

  private static String refused(ImportanceRequest request) {
    return catchThrowableOfType(MtlException.class, () -> study(request)).getMessage();
  }

  @Test
  void metricsThatSayNothingAreRefused() {
    assertThat(refused(new ImportanceRequest(List.of(), List.of("acu"), 10, 1, 1)))
        .startsWith("--metrics: There is no metric \"acu\". Did you mean \"auc\"?");
    assertThat(refused(new ImportanceRequest(List.of(), List.of("pcoc"), 10, 1, 1)))
        .isEqualTo(
            "--metrics: Expected metrics that judge an output of [click, cart, dwell], found"
                + " [pcoc]. Take for instance auc for binary outputs, rmse for regressions.");
  }

  @Test
  void aRunWithoutTestRowsSaysSo() {
    String whole = YAML.replace("test: 0.3", "test: 0").replace("40000", "2000");
    Run bare =
        SERVICE.train(
            SERVICE.read(ConfigFile.parse(whole, "shop.yaml")),
            TrainOptions.into(folder.resolve("bare")).withoutLint(),
            ExperimentListener.SILENT);
    assertThatThrownBy(
            () -> new ImportanceStudy(SERVICE).of(bare, ImportanceRequest.DEFAULTS, c -> {}))
        .hasMessageEndingWith(
            "Expected test rows to permute, found none: the run's split leaves none. Give files"
                + " with rows by --data.");
  }
}
