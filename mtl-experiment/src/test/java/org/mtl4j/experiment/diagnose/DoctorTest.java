package org.mtl4j.experiment.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.testkit.Folders;

/** What a diagnosis compares, what it leaves behind, and what it refuses. */
@Tag("slow")
class DoctorTest {
  @TempDir private Path folder;

  private Planted planted;

  @BeforeEach
  void write() throws IOException {
    planted = Planted.in(folder);
  }

  private static Map<String, String> outside(Run run) throws IOException {
    Map<String, String> content = Folders.ofRun(run.files().folder());
    content.keySet().removeIf(name -> name.startsWith("diagnosis"));
    return content;
  }

  /** A model of one task is what mtl train makes of an experiment with that task alone. */
  @Test
  void figuresAreThoseOfTheRunAndOfExperimentsOfOneTaskEach() throws IOException {
    Map<String, String> rules =
        Map.of(
            "model", Planted.SHARED,
            "training.epochs", "12",
            "training.optimizer.learning_rate", "0.1",
            "training.early_stopping", "{metric: rate/auc, patience: 2}");
    Run both = planted.train("both", rules);
    Map<String, String> before = outside(both);
    Diagnosis found = planted.diagnose(both);
    Map<String, String> ofOne = new HashMap<>(rules);
    ofOne.put("tasks", "{rate: {type: binary, label: rate}}");
    Run alone = planted.train("alone", ofOne);
    List<String> epochs = Files.readAllLines(alone.files().history());
    assertThat(epochs.get(epochs.size() - 1)).as("the best is not the last").contains("false");

    Comparison.Figure figure =
        found.figures().stream()
            .filter(f -> f.output().equals("rate") && f.metric().equals("auc"))
            .findFirst()
            .orElseThrow();
    assertThat(figure.entries().get(0).value().orElseThrow())
        .isCloseTo(alone.metric("test", "rate", "auc"), within(1e-12));
    assertThat(figure.entries().get(1).value().orElseThrow())
        .isCloseTo(both.metric("test", "rate", "auc"), within(1e-12));
    assertThat(outside(both)).isEqualTo(before);
    assertThat(Folders.names(both.files().diagnosis()))
        .containsExactly("report.html", "report.json");
    assertThat(ReportFormat.read(Files.readString(both.files().diagnosis().resolve("report.json"))))
        .isEqualTo(found.report());
  }

  @Test
  void theSameRunGivesTheSameReport() throws IOException {
    Run run = planted.train("run", Map.of("model", Planted.MMOE));
    planted.diagnose(run);
    Map<String, String> first = Folders.content(run.files().diagnosis());
    planted.diagnose(run);
    assertThat(Folders.content(run.files().diagnosis())).isEqualTo(first);
  }

  /** Counts steps and takes down stages; asks to stop after so many steps in a stage. */
  private static final class Watcher implements ExperimentListener {
    private final List<String> stages = new ArrayList<>();
    private final String last;
    private int left;
    private int steps;

    Watcher(String last, int left) {
      this.last = last;
      this.left = left;
    }

    @Override
    public void onStage(String stage) {
      stages.add(stage);
    }

    @Override
    public void onStep(Step step) {
      steps++;
      left -= last.isEmpty() || stages.contains(last) ? 1 : 0;
    }

    @Override
    public boolean stopRequested() {
      return left <= 0;
    }
  }

  private static final String[] STAGES = {
    "looking into the run",
    "repeating its training",
    "training buy alone",
    "training rate alone",
    "comparing"
  };

  /** Wherever it is stopped: within the first epoch, behind one, and in another training. */
  @Test
  void aDiagnosisThatWasStoppedGoesOnWhereItWas() throws IOException {
    Run run = planted.train("run", Map.of("model", Planted.MMOE));
    Map<String, String> before = outside(run);
    Watcher whole = new Watcher("comparing", 1);
    assertThat(new Doctor(planted.service()).diagnose(run, whole)).isPresent();
    assertThat(whole.stages).containsExactly(STAGES);
    Map<String, String> report = Folders.content(run.files().diagnosis());

    Doctor doctor = new Doctor(planted.service());
    Watcher first = new Watcher("repeating its training", 5);
    assertThat(doctor.diagnose(run, first)).isEmpty();
    Watcher second = new Watcher("training rate alone", 17);
    assertThat(doctor.resume(run, second)).isEmpty();
    assertThatThrownBy(() -> doctor.diagnose(run, ExperimentListener.SILENT))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            run.files().diagnosis().resolve("trainings")
                + ": A diagnosis of the run was begun and has not ended. Go on with --resume, or"
                + " delete the folder to begin anew.");
    Watcher third = new Watcher("comparing", 1);
    assertThat(doctor.resume(run, third)).isPresent();

    assertThat(first.stages).containsExactly(Arrays.copyOf(STAGES, 2));
    assertThat(second.stages).containsExactly(Arrays.copyOf(STAGES, 4));
    assertThat(third.stages).containsExactly(STAGES);
    assertThat(first.steps).isEqualTo(5);
    assertThat(first.steps + second.steps + third.steps).as("no step twice").isEqualTo(whole.steps);
    assertThat(Folders.content(run.files().diagnosis())).isEqualTo(report);
    assertThat(outside(run)).isEqualTo(before);
  }

  /** What was taken down is worth nothing if it is not whole. */
  @Test
  void aTrainingWithoutItsEpochsBeginsAnew() throws IOException {
    Run run = planted.train("run", Map.of("model", Planted.SHARED));
    Doctor doctor = new Doctor(planted.service());
    Watcher whole = new Watcher("comparing", 1);
    assertThat(doctor.diagnose(run, whole)).isPresent();
    Map<String, String> report = Folders.content(run.files().diagnosis());

    assertThat(doctor.diagnose(run, new Watcher("training buy alone", 3))).isEmpty();
    Files.writeString(
        run.files().diagnosis().resolve("trainings/repetition/epochs.jsonl"), "{\"epoch\": 1");
    Watcher rest = new Watcher("comparing", 1);
    assertThat(doctor.resume(run, rest)).isPresent();
    assertThat(rest.steps).isEqualTo(whole.steps - 3);
    assertThat(Folders.content(run.files().diagnosis())).isEqualTo(report);
  }

  /** A run that is trained to be diagnosed is what any training makes, and is trained once. */
  @Test
  void anExperimentIsTrainedOnceEvenIfItIsStopped() throws IOException {
    Map<String, String> rules = Map.of("model", Planted.MMOE);
    Run trained = planted.train("run", rules);
    Watcher repeating = new Watcher("comparing", 1);
    Diagnosis ofRun = new Doctor(planted.service()).diagnose(trained, repeating).orElseThrow();

    Doctor doctor = new Doctor(planted.service());
    TrainOptions options = TrainOptions.into(folder.resolve("watched")).withoutLint();
    TrainOptions again = new TrainOptions(options.output(), true, false);
    assertThat(doctor.train(planted.plan(rules), options, new Watcher("", 16)).status())
        .isEqualTo(Run.Status.INTERRUPTED);
    Run run = doctor.train(planted.plan(rules), again, ExperimentListener.SILENT);
    Watcher second = new Watcher("training rate alone", 2);
    assertThat(doctor.resume(run, second)).isEmpty();
    Watcher third = new Watcher("comparing", 1);
    Diagnosis found = doctor.resume(run, third).orElseThrow();

    assertThat(outside(run)).isEqualTo(outside(trained));
    assertThat(second.stages).doesNotContain("repeating its training");
    assertThat(second.steps + third.steps).isEqualTo(repeating.steps * 2 / 3);
    assertThat(found.findings()).isEqualTo(ofRun.findings());
    assertThat(section(found, "Gradients")).isEqualTo(section(ofRun, "Gradients"));
    assertThat(section(found, "Epochs")).isEqualTo(section(ofRun, "Epochs"));
    assertThat(ReportFormat.MARKDOWN.write(found.report()))
        .contains("The gradients are those of the run's own training.");
    assertThat(Folders.names(run.files().diagnosis()))
        .containsExactly("report.html", "report.json");
  }

  private static Report.Section section(Diagnosis found, String title) {
    return found.report().sections().stream()
        .filter(section -> section.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  /** Its loss needs both stages; what remains for one of them is a tower. */
  @Test
  void aFunnelIsComparedStageByStage() {
    Run run =
        planted.train(
            "funnel",
            Map.of(
                "model", "{type: esmm, stages: [buy, rate], tower_layers: [8]}",
                "tasks.rate.where", "buy == 1",
                "training.early_stopping", "{metric: through_rate/auc, patience: 3}"));
    Diagnosis found = planted.diagnose(run);
    assertThat(found.figures())
        .extracting(Comparison.Figure::output)
        .containsOnly("buy", "rate")
        .contains("buy", "rate");
    String page = ReportFormat.JSON.write(found.report());
    assertThat(page)
        .contains("Training loss of rate", "embedding/user")
        .doesNotContain("Gate weights", "How alike experts are", "NaN");
  }

  @Test
  void oneTaskHasNobodyToLearnWith() {
    Run run =
        planted.train(
            "one", Map.of("model", Planted.SHARED, "tasks", "{buy: {type: binary, label: buy}}"));
    assertThatThrownBy(() -> planted.diagnose(run))
        .isInstanceOf(MtlException.class)
        .hasMessageStartingWith("tasks (" + run.files().experiment() + ":")
        .hasMessageEndingWith(
            "): Expected two tasks or more to diagnose what they do to each other, found buy alone."
                + " Look at mtl report --run RUN, which shows what there is to see of one task.");
  }

  @Test
  void withoutRowsToCompareOnThereIsNothingToSay() {
    Run run =
        planted.train(
            "all", Map.of("model", Planted.SHARED, "data.split", "{by: random, test: 0}"));
    assertThatThrownBy(() -> planted.diagnose(run))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining(
            "): Expected test or validation rows to compare models on, found none. Give data.split a"
                + " test share and train the run again.");
  }

  @Test
  void otherDataAreRefused() throws IOException {
    Run run = planted.train("run", Map.of("model", Planted.SHARED));
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, Files.readString(rows) + "0.1,0.2,u1,1,0\n");
    assertThatThrownBy(() -> planted.diagnose(run))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("The checkpoint belongs to another experiment or other data");
  }
}
