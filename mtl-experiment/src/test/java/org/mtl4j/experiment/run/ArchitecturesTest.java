package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.OverBottom;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.models.unsupervised.Unsupervised;

/** The key {@code bottom}, which every model has and none reads. */
class ArchitecturesTest {
  private final ExperimentService service = MtlServices.standard();

  @TempDir Path folder;

  private ExperimentPlan read(String bottom) {
    return service.read(
        ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml").withOverride("model.bottom", bottom));
  }

  @Test
  void bottomIsMadeAndItsDefaultsAreWritten() {
    ExperimentPlan plan = read("{type: dcn_v2, rank: 3}");

    assertThat(plan.learner().model())
        .isInstanceOfSatisfying(
            Unsupervised.class, whole -> assertThat(whole.model()).isInstanceOf(OverBottom.class));
    assertThat(plan.document().yaml())
        .contains("type: shared_bottom", "type: dcn_v2", "rank: 3", "crosses: 2");
    assertThat(
            service.read(ConfigFile.parse(plan.document().yaml(), "again.yaml")).learner().model())
        .isEqualTo(plan.learner().model());
  }

  @Test
  void nullIsNone() {
    assertThat(read("null").learner().model())
        .isEqualTo(
            service.read(ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml")).learner().model());
  }

  @Test
  void whatIsWrongWithItIsNamedByItsPath() {
    assertThat(problems("{type: dcn}"))
        .anySatisfy(
            problem -> {
              assertThat(problem.where()).startsWith("model.bottom.type");
              assertThat(problem.what()).isEqualTo("There is no bottom \"dcn\".");
              assertThat(problem.remedy()).contains("dcn_v2");
            });
    assertThat(problems("{type: dcn_v2, ranks: 3}"))
        .anySatisfy(
            problem -> {
              assertThat(problem.where()).startsWith("model.bottom.ranks");
              assertThat(problem.remedy()).contains("rank");
            });
    assertThat(problems("{type: autoint, dim: 6, heads: 4}"))
        .anySatisfy(p -> assertThat(p.what()).contains("Expected a divisor of dim, 6, found 4"));
  }

  @Test
  void modelThatTakesItsFeaturesByGroupHasNoPlaceForOne() {
    ConfigFile file =
        ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml")
            .withOverride("features.user_id.group", "user")
            .withOverride("features.price.group", "item")
            .withOverride("model", "{type: multi_input, bottom: {type: mlp}}");
    assertThat(catchThrowableOfType(MtlException.class, () -> service.read(file)).problems())
        .anySatisfy(
            p -> assertThat(p.what()).contains("below a model that takes its features by group"));
  }

  @Test
  void whatAModelWarnsOfIsSaidBeforeItTrains() {
    List<String> warnings = new ArrayList<>();
    ConfigFile file =
        ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml")
            .withOverride("tasks.cart", "{type: binary, label: cart, where: click == 1}")
            .withOverride(
                "model",
                "{type: escm2, stages: [click, cart], estimator: dr, tower_layers: [4], bottom:"
                    + " {type: mlp, layers: [8]}}");
    service.train(
        service.read(file),
        TrainOptions.into(folder.resolve("dr")).withoutLint(),
        new ExperimentListener() {
          @Override
          public void onWarning(String warning) {
            warnings.add(warning);
          }
        });
    assertThat(warnings).anyMatch(warning -> warning.startsWith("escm2 with estimator: dr"));
  }

  private List<Problem> problems(String bottom) {
    return catchThrowableOfType(MtlException.class, () -> read(bottom)).problems();
  }

  @Test
  void runOverABottomIsExportedAndMeasuredFromItsFile() throws IOException {
    Run run =
        service.train(
            read("{type: deepfm, dim: 4, deep_layers: [8]}"),
            TrainOptions.into(folder.resolve("run")).withoutLint(),
            ExperimentListener.SILENT);

    assertThat(Files.readString(run.files().experiment())).contains("type: deepfm");
    assertThat(run.metric("test", "click", "auc")).isBetween(0.3, 1.0);
  }
}
