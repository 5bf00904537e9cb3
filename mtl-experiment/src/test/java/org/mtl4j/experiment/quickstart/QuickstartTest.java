package org.mtl4j.experiment.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.ranking.Recommendation;
import org.mtl4j.testkit.Folders;

@Tag("slow")
class QuickstartTest {
  private static final Map<String, String> SMALL =
      Map.of(
          "data.source.impressions", "4000",
          "data.source.users", "100",
          "data.source.items", "50",
          "training.epochs", "1");

  @TempDir Path temporary;

  private final Quickstart quickstart = new Quickstart(MtlServices.standard());

  @Test
  void smallShopRunsFromItsLogToRecommendations() throws IOException {
    Path folder = temporary.resolve("quickstart");
    List<String> trained = new ArrayList<>();
    QuickstartResult result =
        quickstart.run(
            TrainOptions.into(folder),
            SMALL,
            name -> {
              trained.add(name);
              return ExperimentListener.SILENT;
            });
    assertThat(trained)
        .containsExactly(
            "mmoe",
            "shared_bottom",
            "esmm",
            "single_click",
            "single_cart",
            "single_purchase",
            "single_rating",
            "single_dwell");
    assertFiles(result.files(), trained);
    assertComparison(result.comparison().orElseThrow(), trained);
    assertRecommendations(result.recommendations());
  }

  private static void assertFiles(QuickstartFiles files, List<String> runs) throws IOException {
    assertThat(files.experiment()).hasContent(Quickstart.experiment());
    assertThat(Files.readString(files.user())).contains("\"user_id\"").contains("\"hour\" : 20");
    assertThat(Files.readAllLines(files.items())).hasSize(1 + 50);
    assertPage(files, runs);
    for (String run : runs) {
      assertThat(files.folder().resolve(run).resolve("export/1/saved_model.pb")).isRegularFile();
      assertThat(files.folder().resolve(run).resolve("metrics.json")).isRegularFile();
    }
  }

  /** The models of one task each are one system beside the others, and cost what each costs. */
  private static void assertPage(QuickstartFiles files, List<String> runs) throws IOException {
    String page = Files.readString(files.comparison());
    assertThat(page).contains("<title>Comparison with mmoe</title>");
    for (String output : List.of("click", "cart", "purchase", "rating", "dwell")) {
      for (String system : List.of("mmoe", "shared_bottom", "esmm", "single_task")) {
        assertThat(page)
            .containsPattern(
                ">"
                    + output
                    + "</th><td class=\"none\">\\w+</td><td class=\"none\">"
                    + system
                    + "<");
      }
    }
    for (String run : runs) {
      String name = run.startsWith("single_") ? "single_task: " + run : run;
      assertThat(page).contains("<th scope=\"row\" class=\"none\">" + name + "</th>");
    }
  }

  private static void assertComparison(
      QuickstartResult.Comparison comparison, List<String> trained) {
    assertThat(comparison.runs().keySet()).containsExactlyElementsOf(trained);
    for (Run run : comparison.runs().values()) {
      assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    }
    assertThat(comparison.truth().outputs().keySet())
        .containsExactly("click", "cart", "purchase", "rating", "dwell");
    assertThat(comparison.truth().get("click/auc").orElseThrow()).isBetween(0.6, 1.0);
    assertThat(comparison.funnel().keySet())
        .containsExactly("esmm", "single_task product", "truth");
    for (MetricReport report : comparison.funnel().values()) {
      assertThat(report.outputs().keySet()).containsExactly("through_purchase");
      assertThat(report.outputs().get("through_purchase").rowCount()).isBetween(600, 1000);
    }
  }

  private static void assertRecommendations(List<Recommendation> recommendations) {
    assertThat(recommendations).hasSize(10);
    for (int i = 0; i < 10; i++) {
      Recommendation recommendation = recommendations.get(i);
      assertThat(recommendation.rank()).isEqualTo(i + 1);
      assertThat(recommendation.item()).containsKey("item_id");
      assertThat(recommendation.score()).isBetween(0.0, 1.0);
      assertThat(recommendation.scores())
          .containsOnlyKeys("click", "cart", "purchase", "rating", "dwell");
      if (i > 0) {
        assertThat(recommendation.score()).isLessThanOrEqualTo(recommendations.get(i - 1).score());
      }
    }
    assertThat(recommendations).extracting(r -> r.item().get("item_id")).doesNotHaveDuplicates();
  }

  @Test
  void runsThatKeepNothingAreComparedByTheirMetricsAlone() {
    Map<String, String> nothing = new HashMap<>(SMALL);
    nothing.put("evaluation.keep_predictions", "false");
    QuickstartResult result =
        quickstart.run(
            TrainOptions.into(temporary.resolve("quickstart")),
            nothing,
            name -> ExperimentListener.SILENT);
    assertThat(result.comparison().orElseThrow().runs()).hasSize(8);
    assertThat(result.files().comparison()).doesNotExist();
  }

  @Test
  void interruptionEndsItWithoutAComparison() {
    QuickstartResult result =
        quickstart.run(
            TrainOptions.into(temporary.resolve("quickstart")), SMALL, name -> new Counting(1));
    assertThat(result.comparison()).isEmpty();
    assertThat(result.recommendations()).isEmpty();
    assertThat(result.files().folder().resolve("mmoe/checkpoints/step-1")).isDirectory();
    assertThat(result.files().folder().resolve("shared_bottom")).doesNotExist();
  }

  /**
   * Stopped in the second model: the first is not trained again, and what the user changed stays.
   */
  @Test
  void anInterruptedQuickstartGoesOnWithTheModelThatWasBeingTrained() throws IOException {
    Path folder = temporary.resolve("quickstart");
    QuickstartResult stopped =
        quickstart.run(
            TrainOptions.into(folder),
            SMALL,
            name -> new Counting(name.equals("shared_bottom") ? 1 : Integer.MAX_VALUE));
    assertThat(stopped.comparison()).isEmpty();
    assertThat(stopped.recommendations()).isEmpty();
    assertThat(folder.resolve("shared_bottom/checkpoints/step-1")).isDirectory();
    assertThat(folder.resolve("esmm")).doesNotExist();
    Files.writeString(stopped.files().experiment(), "changed: true");
    Map<String, String> mmoe = Folders.content(folder.resolve("mmoe"));

    Map<String, Counting> listeners = new HashMap<>();
    QuickstartResult result =
        quickstart.run(
            new TrainOptions(folder, true),
            SMALL,
            name -> listeners.computeIfAbsent(name, any -> new Counting(Integer.MAX_VALUE)));
    assertThat(listeners.get("mmoe").steps).isZero();
    assertThat(listeners.get("shared_bottom").steps).isPositive();
    assertThat(Folders.content(folder.resolve("mmoe"))).isEqualTo(mmoe);
    assertThat(stopped.files().experiment()).hasContent("changed: true");
    assertComparison(
        result.comparison().orElseThrow(), List.copyOf(result.comparison().get().runs().keySet()));
    assertRecommendations(result.recommendations());
  }

  /** Asks to stop after so many steps. */
  private static final class Counting implements ExperimentListener {
    private final int most;
    private int steps;

    private Counting(int most) {
      this.most = most;
    }

    @Override
    public void onStep(Step step) {
      steps++;
    }

    @Override
    public boolean stopRequested() {
      return steps >= most;
    }
  }

  @Test
  void folderThatIsNotEmptyIsRefused() throws IOException {
    Files.writeString(temporary.resolve("notes.txt"), "mine");
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () ->
                quickstart.run(
                    TrainOptions.into(temporary), SMALL, name -> ExperimentListener.SILENT));
    assertThat(failure.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER);
    assertThat(failure).hasMessageContaining("--resume");
    assertThat(temporary.resolve("quickstart.yaml")).doesNotExist();
  }
}
