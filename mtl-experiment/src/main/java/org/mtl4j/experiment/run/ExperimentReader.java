package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;
import org.mtl4j.core.config.Registry.Resolved;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.config.ExperimentConfig;
import org.mtl4j.experiment.config.TrainingConfig;

/**
 * Turns an experiment file into parts that fit together, or into the list of everything that is
 * wrong with it. No data is touched.
 */
public final class ExperimentReader {
  private final Parts parts;

  /** A reader that knows the given parts. */
  public ExperimentReader(Parts parts) {
    this.parts = parts;
  }

  /** The choices of a file, resolved. */
  private record Chosen(
      Choice source,
      Resolved<MultiTaskModel> model,
      Resolved<Optimizer> dense,
      Resolved<Optimizer> embedding,
      Resolved<LossBalancing> balancing) {}

  /**
   * Reads a file.
   *
   * @throws MtlException with all problems of the file
   */
  public ExperimentPlan read(ConfigFile file) {
    Problems problems = new Problems();
    problems.addAll(file.problems().list());
    Optional<ExperimentConfig> bound =
        RecordBinder.bind(file.root(), ExperimentConfig.class, problems);
    problems.throwIfAny();
    ExperimentConfig config = bound.orElseThrow();
    List<Task> tasks = tasks(config, problems);
    Optional<Chosen> chosen = choose(config, problems);
    problems.throwIfAny();
    return plan(config, tasks, chosen.orElseThrow(), problems);
  }

  private Optional<Chosen> choose(ExperimentConfig config, Problems problems) {
    TrainingConfig training = config.training();
    var source = parts.sources().bind(sourceOf(config.data()), problems);
    var model = parts.models().resolve(config.model(), problems);
    var dense = parts.optimizers().resolve(training.optimizer(), problems);
    var embedding = parts.optimizers().resolve(training.embeddingOptimizer(), problems);
    var balancing = parts.balancings().resolve(training.balancing(), problems);
    return problems.isEmpty()
        ? Optional.of(
            new Chosen(
                source.orElseThrow(),
                model.orElseThrow(),
                dense.orElseThrow(),
                embedding.orElseThrow(),
                balancing.orElseThrow()))
        : Optional.empty();
  }

  /** With a split by files, those stand in place of the source's path. */
  private static Choice sourceOf(DataConfig data) {
    return data.split() instanceof SplitRule.Files files
        ? Datasets.withPath(data.source(), files.train())
        : data.source();
  }

  private static List<Task> tasks(ExperimentConfig config, Problems problems) {
    List<Task> tasks = new ArrayList<>();
    config
        .tasks()
        .forEach(
            (name, task) -> {
              try {
                tasks.add(task.toTask(name));
              } catch (IllegalArgumentException e) {
                problems.add(ErrorCode.CONFIG_VALUE, "tasks." + name, sentence(e));
              }
            });
    return tasks;
  }

  private ExperimentPlan plan(
      ExperimentConfig config, List<Task> tasks, Chosen chosen, Problems problems) {
    MultiTaskModel model = chosen.model().value();
    Evaluator evaluator =
        Evaluator.of(parts.metrics(), new EvaluationSettings(config.evaluation().k()));
    Optional<EarlyStopping> stopping =
        outputs(model, tasks, problems)
            .flatMap(outputs -> stopping(config, evaluator, outputs, problems));
    problems.throwIfAny();
    TrainerSpec.Updates updates =
        new TrainerSpec.Updates(
            chosen.balancing().value(), chosen.dense().value(), chosen.embedding().value());
    return new ExperimentPlan(
        resolved(config, chosen),
        config.features().entrySet().stream().map(f -> f.getValue().toSpec(f.getKey())).toList(),
        tasks,
        new ExperimentPlan.Learner(model, updates),
        new ExperimentPlan.Judge(evaluator, stopping));
  }

  /** The model's outputs, before anything is learnt of the labels: names and types are right. */
  private static Optional<List<OutputSpec>> outputs(
      MultiTaskModel model, List<Task> tasks, Problems problems) {
    try {
      return Optional.of(model.outputs(tasks.stream().map(ExperimentReader::unfitted).toList()));
    } catch (IllegalArgumentException e) {
      problems.add(ErrorCode.CONFIG_VALUE, "model", sentence(e));
      return Optional.empty();
    }
  }

  private static FittedTask unfitted(Task task) {
    if (task.type() instanceof TaskType.Binary) {
      return new FittedTask(task, new LabelEncoding.Indicator());
    }
    return new FittedTask(
        task,
        task.type() instanceof TaskType.Multiclass
            ? new LabelEncoding.Classes(List.of("a", "b"))
            : new LabelEncoding.Scale(0, 1));
  }

  private static Optional<EarlyStopping> stopping(
      ExperimentConfig config, Evaluator evaluator, List<OutputSpec> outputs, Problems problems) {
    var wanted = config.training().earlyStopping();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    String key = wanted.get().metric();
    boolean grouped = config.evaluation().groupBy().isPresent();
    try {
      boolean higher = evaluator.metric(key, outputs, grouped).higherIsBetter();
      return Optional.of(new EarlyStopping(key, higher, wanted.get().patience()));
    } catch (MtlException e) {
      problems.addAt("training.early_stopping.metric", e);
      return Optional.empty();
    }
  }

  private static ExperimentConfig resolved(ExperimentConfig config, Chosen chosen) {
    DataConfig data = config.data();
    TrainingConfig training = config.training();
    int threads = training.threads().orElseGet(() -> Runtime.getRuntime().availableProcessors());
    return new ExperimentConfig(
        config.name(),
        config.seed(),
        new DataConfig(
            chosen.source(), data.where(), data.dropDuplicates(), data.columns(), data.split()),
        config.features(),
        config.tasks(),
        chosen.model().choice(),
        new TrainingConfig(
            training.epochs(),
            training.batchSize(),
            chosen.dense().choice(),
            chosen.embedding().choice(),
            chosen.balancing().choice(),
            training.earlyStopping(),
            training.precision(),
            Optional.of(threads)),
        config.evaluation());
  }

  private static String sentence(IllegalArgumentException e) {
    return e.getMessage() + ".";
  }
}
