package org.mtl4j.experiment.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.simulator.SimulatedSource;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.RunComparison;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.OutputFolder;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.ranking.Recommendation;

/**
 * The main job on a simulated shop, start to end: trains MMoE, a shared bottom, ESMM and a
 * single-task model a task on the same log, measures all of them beside the truth that the
 * simulator knows, and recommends with the exported MMoE.
 */
public final class Quickstart {
  private static final int TOP = 10;
  private static final String RANK_BY = "click";
  private static final String SINGLE = "single_";

  private final ExperimentService service;

  /** A quickstart with the given service. */
  public Quickstart(ExperimentService service) {
    this.service = service;
  }

  /**
   * One model of the comparison.
   *
   * @param name what to call it
   * @param overrides keys of the experiment and their values, as {@code --set} takes them
   */
  private record Contender(String name, Map<String, String> overrides) {}

  /**
   * The experiment file that the quickstart runs.
   *
   * @throws IllegalStateException if the jar lacks it
   */
  public static String experiment() {
    try (InputStream file = Quickstart.class.getResourceAsStream("quickstart.yaml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the quickstart's own resource cannot be read", e);
    }
  }

  /**
   * Runs it. One process does so in a folder at a time.
   *
   * @param options the folder, which is empty or not there unless an earlier quickstart goes on
   * @param overrides keys of the experiment and their values, to make it smaller say
   * @param listenerOf makes a listener for the training of a model, by its name
   */
  public QuickstartResult run(
      TrainOptions options,
      Map<String, String> overrides,
      Function<String, ? extends ExperimentListener> listenerOf) {
    ConfigFile file = override(ConfigFile.parse(experiment(), "quickstart.yaml"), overrides);
    OutputFolder.check(options.output(), OutputFolder.Use.QUICKSTART);
    QuickstartFiles.checkEmpty(options);
    // Where there are no locks, each of the runs warns of its own folder.
    try (OutputFolder taken =
        OutputFolder.take(options.output(), OutputFolder.Use.QUICKSTART, warning -> {})) {
      return run(new TrainOptions(taken.path(), options.resume()), file, listenerOf);
    }
  }

  private QuickstartResult run(
      TrainOptions options,
      ConfigFile file,
      Function<String, ? extends ExperimentListener> listenerOf) {
    QuickstartFiles files = QuickstartFiles.create(options, experiment());
    Map<String, Run> runs = new LinkedHashMap<>();
    boolean interrupted = false;
    for (Contender contender : contenders(file)) {
      ExperimentPlan plan = service.read(override(file, contender.overrides()));
      Run run =
          service.train(
              plan,
              // Its log is made by rules that need no looking at, and would be looked at for each
              // model.
              new TrainOptions(options.output().resolve(contender.name()), options.resume())
                  .withoutLint(),
              listenerOf.apply(contender.name()));
      interrupted = run.status() == Run.Status.INTERRUPTED;
      if (interrupted) {
        break;
      }
      runs.put(contender.name(), run);
    }
    return interrupted
        ? QuickstartResult.interrupted(options.output())
        : finish(service.read(file), files, runs);
  }

  private QuickstartResult finish(
      ExperimentPlan plan, QuickstartFiles files, Map<String, Run> runs) {
    SplitDataset data = service.datasets().splits(plan);
    SimulatedSource shop = (SimulatedSource) service.datasets().open(plan.config().data().source());
    Map<String, Object> user = QuickstartFiles.user(shop);
    files.writeUser(user);
    files.writeItems(shop.catalogue());
    try (MtlModel model = runs.get("mmoe").model()) {
      List<Recommendation> recommendations =
          model.recommend(user, BatchSource.of(shop.catalogue()), RANK_BY, TOP);
      QuickstartResult.Comparison comparison =
          new QuickstartResult.Comparison(
              runs, new TruthReport(plan).of(data), new FunnelReport(plan).of(data, runs));
      if (plan.config().evaluation().keepPredictions()) { // Runs are compared by them.
        files.writeComparison(compared(runs));
      }
      return new QuickstartResult(files, Optional.of(comparison), user, recommendations);
    }
  }

  /** The models as one sees them in a table: those of one task each are one system. */
  private Comparison compared(Map<String, Run> runs) {
    List<Run> single = new ArrayList<>();
    List<RunComparison.Rival> rivals = new ArrayList<>();
    runs.forEach(
        (name, run) -> {
          if (name.startsWith(SINGLE)) {
            single.add(run);
          } else {
            rivals.add(new RunComparison.Rival(name, List.of(run)));
          }
        });
    rivals.add(new RunComparison.Rival("single_task", single));
    return new RunComparison(service).compare(rivals.get(0), rivals.subList(1, rivals.size()));
  }

  private static List<Contender> contenders(ConfigFile file) {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender("mmoe", Map.of()));
    contenders.add(
        new Contender(
            "shared_bottom",
            Map.of(
                "model", "{type: shared_bottom, bottom_layers: [128, 64], tower_layers: [16]}")));
    contenders.add(
        new Contender(
            "esmm",
            Map.of(
                "model",
                "{type: esmm, stages: [click, cart, purchase], tower_layers: [64, 32]}",
                "training.early_stopping.metric",
                FunnelReport.OUTPUT + "/auc")));
    ConfigNode.Mapping tasks = (ConfigNode.Mapping) file.root().entries().get("tasks");
    for (String task : tasks.entries().keySet()) {
      contenders.add(new Contender(SINGLE + task, singleTask(file, task)));
    }
    return contenders;
  }

  /** The same experiment with one task and a network for it. */
  private static Map<String, String> singleTask(ConfigFile file, String task) {
    Map<String, String> overrides = new LinkedHashMap<>();
    ConfigNode.Mapping tasks = (ConfigNode.Mapping) file.root().entries().get("tasks");
    ConfigNode.Mapping kept = (ConfigNode.Mapping) tasks.entries().get(task);
    overrides.put("tasks", "{" + task + ": {}}");
    kept.entries()
        .forEach(
            (key, value) ->
                overrides.put(
                    "tasks." + task + "." + key, "\"" + ((ConfigNode.Scalar) value).text() + "\""));
    overrides.put("model", "{type: single_task, layers: [128, 64]}");
    boolean binary = ((ConfigNode.Scalar) kept.entries().get("type")).text().equals("binary");
    overrides.put("training.early_stopping.metric", task + (binary ? "/auc" : "/rmse"));
    return overrides;
  }

  private static ConfigFile override(ConfigFile file, Map<String, String> overrides) {
    ConfigFile result = file;
    for (Map.Entry<String, String> entry : overrides.entrySet()) {
      result = result.withOverride(entry.getKey(), entry.getValue());
    }
    return result;
  }
}
