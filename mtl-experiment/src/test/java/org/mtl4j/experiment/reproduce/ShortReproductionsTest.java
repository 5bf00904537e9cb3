package org.mtl4j.experiment.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.wiring.MtlServices;

/** Every reproduction in its short form: all arms train, and all claims can be asked. */
@Tag("slow")
class ShortReproductionsTest {
  private static final Path CENSUS =
      Path.of("../../shared/data/census-income/census-income.test.gz");
  private static final List<String> FUNNEL =
      List.of(
          "cvr_auc_clicked",
          "cvr_auc_all",
          "cvr_bias_clicked",
          "cvr_bias_all",
          "cvr_error_all",
          "ctcvr_auc_all");

  @TempDir private Path folder;

  private Reproduced brief(String name, Map<String, String> keys) {
    return brief(new Reproductions().named(name), keys);
  }

  private Reproduced brief(Reproduction reproduction, Map<String, String> keys) {
    Reproduced reproduced =
        new ReproductionStudy(
                MtlServices.standard(), (arm, seed, n, of) -> ExperimentListener.SILENT)
            .run(reproduction, new ReproductionStudy.Options(folder, false, 1, true, keys))
            .orElseThrow();
    assertThat(reproduced.arms().keySet())
        .containsExactlyElementsOf(reproduction.arms().stream().map(Arm::name).toList());
    assertThat(reproduced.verdicts())
        .extracting(Reproduced.Verdict::claim)
        .containsExactlyElementsOf(reproduction.claims());
    assertThat(ReportFormat.HTML.write(ReproductionReport.of(reproduced)))
        .contains("Made small for a look", reproduction.claims().get(0).says());
    return reproduced;
  }

  @Test
  void mixturesOnSyntheticTasks() {
    Reproduced reproduced = brief("mmoe-synthetic", Map.of());
    reproduced
        .arms()
        .forEach(
            (arm, figures) -> assertThat(figures.get("loss").mean()).as(arm).isBetween(0.01, 9.0));
  }

  @Test
  void relationsOfSyntheticTasks() {
    Reproduced reproduced = brief("task-relationship", Map.of());
    assertThat(reproduced.arms().get("task_relationship")).hasSize(7);
    assertThat(reproduced.arms().get("single_task")).containsOnlyKeys("loss");
  }

  @Test
  void funnelsAgainstTheTruth() {
    Reproduced reproduced = brief("funnel", Map.of());
    assertThat(reproduced.arms().get("esmm")).containsOnlyKeys(FUNNEL);
    assertThat(reproduced.arms().get("naive")).containsOnlyKeys(FUNNEL.subList(0, 5));
  }

  @Test
  void shopOfRareEvents() {
    assertThat(brief("shop", Map.of()).arms().get("ple")).containsKey("purchase_auc");
  }

  @Test
  void censusOfManyModels() {
    assumeTrue(Files.exists(CENSUS), "needs the data beside the checkout: " + CENSUS);
    Reproduction some =
        new Reproductions()
            .named("census-income")
            .only(List.of("single_task", "shared_bottom", "mmoe", "ple"));
    Reproduced reproduced = brief(some, Map.of("data.source.path", CENSUS.toString()));
    assertThat(reproduced.arms().get("mmoe").get("income_auc").mean()).isGreaterThan(0.6);
  }
}
