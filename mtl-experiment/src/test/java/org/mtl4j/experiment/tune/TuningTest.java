package org.mtl4j.experiment.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.tune.TrialOutcome.Status;

/** Whole tunings of an experiment that trains in a moment: four epochs of four steps. */
class TuningTest {
  private static final String EXPERIMENT =
      """
      name: tiny
      seed: 3
      data:
        source: {type: simulated, users: 50, items: 30, impressions: 1500}
        split: {by: random, validation: 0.2, test: 0.2}
      features:
        user_id: {type: categorical, dim: 4}
        price: {type: numeric, transform: log1p}
      tasks:
        click: {type: binary, label: click}
        dwell: {type: regression, label: dwell_seconds, where: "click == 1"}
      model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
      training: {epochs: 4, batch_size: 256, threads: 1}
      evaluation: {bootstrap: 0}
      """;

  private static final String HALVING = "{type: halving, factor: 2}";

  @TempDir private Path folder;

  private final Experiment experiment = Experiment.of(ConfigFile.parse(EXPERIMENT, "tiny.yaml"));

  private static Space space(String objective, String method, String... keys) {
    return Space.of(
        ConfigFile.parse(
            "objective: %s\nmethod: %s\nspace:\n  %s\n"
                .formatted(objective, method, String.join("\n  ", keys)),
            "space.yaml"));
  }

  private static Space halving() {
    return space(
        "click/log_loss",
        HALVING,
        "training.optimizer.learning_rate: {from: 0.001, to: 0.1, scale: log}",
        "model.bottom_layers: {values: [[4], [8, 4]]}");
  }

  private TuneOptions into(String name, int trials) {
    return TuneOptions.into(folder.resolve(name), trials);
  }

  /** All files but those with times in them, and the page that shows them. */
  private static Map<String, String> bytes(Path of) throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(of)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = of.relativize(file).toString();
        if (!name.matches(".*(timing.jsonl|report.html|tensorboard/.*)")) {
          bytes.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return bytes;
  }

  /** Asks to stop at a step of all trials, and at no later one. */
  private static TuningListener stoppingAt(int step) {
    AtomicInteger steps = new AtomicInteger();
    return new TuningListener() {
      @Override
      public ExperimentListener begin(Trial trial, int until) {
        return new ExperimentListener() {
          @Override
          public void onStep(Step taken) {
            steps.incrementAndGet();
          }
        };
      }

      @Override
      public boolean stopRequested() {
        return steps.get() >= step;
      }
    };
  }

  @Test
  void anInterruptedTuningGoesOnToTheBytesOfOneThatWasNot() throws IOException {
    Tuning whole = experiment.tune(halving(), into("whole", 4), TuningListener.SILENT);
    assertThat(whole.isFinished()).isTrue();
    assertThat(whole.rungs().words()).isEqualTo("4 trials to epoch 1, 2 to epoch 2, 1 to epoch 4");
    // In the middle of the first rung, behind it, in the middle of an epoch of the second, the
    // last.
    TuneOptions options = into("parts", 4).with(new TuneOptions.Resources(2, OptionalLong.empty()));
    for (int stop : List.of(6, 8, 3, 5)) {
      Tuning part = experiment.tune(halving(), options, stoppingAt(stop));
      assertThat(part.winner()).as("stopped at %d", stop).isEmpty();
      options = options.resumed();
    }
    Tuning resumed = experiment.tune(halving(), options, TuningListener.SILENT);
    assertThat(resumed.winner()).isEqualTo(whole.winner());
    assertThat(bytes(folder.resolve("parts"))).isEqualTo(bytes(folder.resolve("whole")));
    assertThat(experiment.tune(halving(), options, TuningListener.SILENT).entries())
        .isEqualTo(whole.entries());
    checkWinner(whole);
  }

  /** The winner was paused at each rung; a training that was not gives the same. */
  private void checkWinner(Tuning tuning) throws IOException {
    Run run =
        Experiment.load(tuning.files().best())
            .train(TrainOptions.into(folder.resolve("again")), ExperimentListener.SILENT);
    assertThat(bytes(run.files().folder())).isEqualTo(bytes(tuning.best().files().folder()));
    assertThat(run.metrics().get("test")).isEqualTo(tuning.test());
    Tuning.Entry best = tuning.ranked().get(0);
    assertThat(best.trial().number()).isEqualTo(tuning.winner().orElseThrow());
    assertThat(best.value().orElseThrow()).isEqualTo(run.metric("validation", "click", "log_loss"));
    assertThat(best.outcome().orElseThrow().epochs()).isEqualTo(4);
    assertThat(tuning.entries())
        .filteredOn(e -> e.outcome().orElseThrow().status() == Status.STOPPED)
        .hasSize(3);
    assertThat(Files.readString(tuning.files().report()))
        .contains("Tuning of tiny", "Pareto front", "learning_rate", "bottom_layers", "stopped");
  }

  @Test
  void aTrialThatDivergesIsOneThatFailed() {
    Space space =
        space(
            "{metrics: {click/auc: 1, dwell/rmse: 0.01}}",
            "{type: grid}",
            "training.optimizer.learning_rate: {values: [0.01, 1e30]}");
    Tuning tuning =
        experiment.tune(space, TuneOptions.into(folder.resolve("x"), 2), TuningListener.SILENT);
    assertThat(tuning.winner()).contains(1);
    Run run = tuning.best();
    assertThat(tuning.entry(1).value().orElseThrow())
        .isEqualTo(
            run.metric("validation", "click", "auc")
                - 0.01 * run.metric("validation", "dwell", "rmse"));
    assertThat(tuning.entry(2).outcome().orElseThrow().status()).isEqualTo(Status.FAILED);
    assertThat(tuning.entry(2).outcome().orElseThrow().reason().orElseThrow())
        .startsWith("DIVERGED");
    assertThat(tuning.objective().words()).isEqualTo("1 click/auc - 0.01 dwell/rmse");
  }

  /** Of models with other variables. */
  @Test
  void aTrialWhoseGroupsMatchNothingIsOneThatFailed() {
    Experiment grouped =
        Experiment.of(
            ConfigFile.parse(
                EXPERIMENT.replace(
                    "threads: 1}", "threads: 1, groups: [{match: ['mmoe/*'], freeze: true}]}"),
                "tiny.yaml"));
    Space space =
        space(
            "click/auc",
            "{type: grid}",
            "model: {values: [{type: shared_bottom}, {type: mmoe, experts: 2, expert_layers: [4]}]}");
    Tuning tuning =
        grouped.tune(space, TuneOptions.into(folder.resolve("x"), 2), TuningListener.SILENT);
    assertThat(tuning.winner()).contains(2);
    assertThat(tuning.entry(1).outcome().orElseThrow().reason().orElseThrow())
        .startsWith("UNKNOWN_NAME: Expected a pattern");
  }

  @Test
  void memoryThatNoTrialFitsIntoIsSaidOfEach() {
    TuneOptions tight = into("tight", 2).with(new TuneOptions.Resources(2, OptionalLong.of(1000)));
    assertThatThrownBy(() -> experiment.tune(halving(), tight, TuningListener.SILENT))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("found none of 2")
        .hasMessageContaining("MEMORY");
  }

  /** All at once, before there is a folder. */
  @Test
  void keysThatAreUnknownAreSaidBeforeTheFirstTrial() {
    Space space =
        space(
            "click/acu",
            "{type: random}",
            "training.optimzer.learning_rate: {from: 0.1, to: 1}",
            "training.batch_size: {from: -5, to: 100000, integer: true}",
            "model.bottom_layers: {values: [[8], [x]]}");
    assertThatThrownBy(() -> experiment.tune(space, into("none", 3), TuningListener.SILENT))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("objective (space.yaml:1:1)")
        .hasMessageContaining("Did you mean \"click/auc\"?")
        .hasMessageContaining("training.optimzer")
        .hasMessageContaining("Did you mean \"optimizer\"?")
        .hasMessageContaining("training.batch_size (space.yaml:5:3)")
        .hasMessageContaining("found -5")
        .hasMessageContaining("model.bottom_layers.0 (space.yaml:6");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void anotherSpaceOrAnotherFolderIsRefused() {
    Space one =
        space("click/auc", "{type: random}", "training.batch_size: {values: [128, 256, 512]}");
    experiment.tune(one, into("x", 1), TuningListener.SILENT);
    assertThatThrownBy(() -> experiment.tune(one, into("x", 1), TuningListener.SILENT))
        .hasMessageContaining("not empty");
    Space other =
        space("click/auc", "{type: random}", "training.batch_size: {values: [64, 256, 512]}");
    assertThatThrownBy(() -> experiment.tune(other, into("x", 1).resumed(), TuningListener.SILENT))
        .hasMessageContaining("space.training.batch_size.values")
        .hasMessageContaining(
            "begun with [128, 256, 512], the one to go on with has [64, 256, 512]");
    Tuning more = experiment.tune(one, into("x", 2).resumed(), TuningListener.SILENT);
    assertThat(more.entries()).hasSize(2);
    assertThatThrownBy(() -> experiment.tune(one, into("x", 1).resumed(), TuningListener.SILENT))
        .hasMessageContaining("begun with 2 trials");
  }
}
