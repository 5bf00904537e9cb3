package org.mtl4j.experiment.diagnose;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Module;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.core.training.TrainedState;
import org.mtl4j.core.wiring.Registries;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.SharedLogit;
import org.mtl4j.testkit.TestSeed;

/**
 * A small table of two tasks, experiments on it, and faults in them: {@code buy} follows from
 * {@code x}, {@code rate} from {@code x} and {@code z}.
 */
final class Planted {
  static final String MMOE = "{type: mmoe, experts: 4, expert_layers: [8], tower_layers: []}";
  static final String SHARED = "{type: shared_bottom, bottom_layers: [8], tower_layers: [4]}";

  private static final String YAML =
      """
      name: planted
      seed: 3
      data:
        source: {type: csv, path: %s}
        split: {by: random, validation: 0.2, test: 0.3}
      features:
        x: {type: numeric}
        z: {type: numeric}
        user: {type: categorical, dim: 2}
      tasks:
        buy: {type: binary, label: buy}
        rate: {type: binary, label: rate}
      model: {type: single_task}
      training: {epochs: 3, batch_size: 128, threads: 1, optimizer: {type: adam, learning_rate: 0.01}}
      evaluation: {bootstrap: 100}
      """;

  private static final int ROWS = 3000;

  private final Path folder;
  private final ExperimentService service;

  private Planted(Path folder) {
    this.folder = folder;
    List<Module> modules = new ArrayList<>(MtlServices.modules());
    modules.add(
        new AbstractModule() {
          @Override
          protected void configure() {
            Registries.models(binder())
                .addBinding("shared_logit")
                .toInstance(ConfiguredFactory.ofRecord(SharedLogit.class));
            Registries.models(binder())
                .addBinding("merged_mmoe")
                .toInstance(ConfiguredFactory.ofRecord(MergedMmoe.class));
          }
        });
    this.service = Guice.createInjector(modules).getInstance(ExperimentService.class);
  }

  /** Writes the table. */
  static Planted in(Path folder) throws IOException {
    Random random = TestSeed.random();
    List<String> lines = new ArrayList<>(List.of("x,z,user,buy,rate"));
    for (int r = 0; r < ROWS; r++) {
      double x = random.nextGaussian();
      double z = random.nextGaussian();
      int buy = x + 0.3 * random.nextGaussian() > 0 ? 1 : 0;
      int rate = x + z + 0.3 * random.nextGaussian() > 0 ? 1 : 0;
      lines.add(
          String.format(Locale.ROOT, "%.4f,%.4f,u%d,%d,%d", x, z, random.nextInt(20), buy, rate));
    }
    Files.write(folder.resolve("rows.csv"), lines);
    return new Planted(folder);
  }

  ExperimentService service() {
    return service;
  }

  /** The experiment with other values. */
  ExperimentPlan plan(Map<String, String> overrides) {
    String yaml = YAML.formatted(folder.resolve("rows.csv"));
    ConfigFile file = ConfigFile.parse(yaml, "planted.yaml");
    for (Map.Entry<String, String> entry : overrides.entrySet()) {
      file = file.withOverride(entry.getKey(), entry.getValue());
    }
    return service.read(file);
  }

  /** Trains a model. */
  Run train(String name, Map<String, String> overrides) {
    return service.train(
        plan(overrides),
        TrainOptions.into(folder.resolve(name)).withoutLint(),
        ExperimentListener.SILENT);
  }

  Diagnosis diagnose(Run run) {
    return new Doctor(service).diagnose(run, ExperimentListener.SILENT).orElseThrow();
  }

  /** Changes variables in the run's best checkpoint: by name, the bytes of the whole tensor. */
  static void change(Run run, BiConsumer<String, ByteBuffer> change) {
    Path checkpoints = run.files().checkpoints();
    Checkpoint latest = new CheckpointStore(checkpoints).latest().orElseThrow();
    new CheckpointStore(checkpoints, latest.origin())
        .save(new Changed(latest, change), latest.progress());
  }

  private record Changed(TrainedState of, BiConsumer<String, ByteBuffer> change)
      implements TrainedState {
    @Override
    public List<StateTensor> tensors() {
      return of.tensors();
    }

    @Override
    public void read(StateTensor tensor, Pieces pieces) throws IOException {
      ByteBuffer all = ByteBuffer.allocate((int) tensor.bytes());
      of.read(tensor, piece -> all.order(piece.order()).put(piece));
      change.accept(tensor.name(), all.flip());
      pieces.accept(all.rewind());
    }
  }
}
