package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;
import org.mtl4j.core.config.Registry.Resolved;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.config.ExperimentConfig;
import org.mtl4j.experiment.config.FeatureConfig;
import org.mtl4j.experiment.config.LintConfig;
import org.mtl4j.experiment.config.SequenceConfig;
import org.mtl4j.experiment.config.TaskConfig;
import org.mtl4j.experiment.config.TrainingConfig;
import org.mtl4j.experiment.lint.LintChecks;

/**
 * Turns an experiment file into parts that fit together, or into the list of everything that is
 * wrong with it. No data is touched.
 */
public final class ExperimentReader {
  /** What TensorFlow takes as the name of a scope, and every system as that of a file. */
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*";

  private final Parts parts;

  /** A reader that knows the given parts. */
  public ExperimentReader(Parts parts) {
    this.parts = parts;
  }

  /** The choices of a file; one that is wrong is empty, and a problem says why. */
  private record Chosen(
      Optional<Choice> source,
      Map<String, Choice> lookups,
      Optional<Resolved<MultiTaskModel>> model,
      Optional<Resolved<Optimizer>> dense,
      Optional<Resolved<Optimizer>> embedding,
      Optional<Resolved<LossBalancing>> balancing) {}

  /**
   * Reads a file.
   *
   * @throws MtlException with all problems of the file
   */
  public ExperimentPlan read(ConfigFile file) {
    Problems problems = file.problems();
    Map<String, Choice> typed = new ExperimentDraft(file.root(), Optional.empty()).lookups();
    ConfigNode.Mapping root = ImpliedGroups.in(file.root(), typed, problems);
    Optional<ExperimentConfig> bound = RecordBinder.bind(root, ExperimentConfig.class, problems);
    ExperimentDraft draft = new ExperimentDraft(root, bound);
    Optional<List<Task>> tasks = tasks(draft, problems);
    checkNames(draft, problems);
    checkQueries(draft, problems);
    ServedFeatures.check(draft, problems);
    checkWindows(draft, problems);
    CrossNames.check(draft, problems);
    checkAllowed(draft, problems);
    DomainChecks.checkSampling(draft, problems);
    draft
        .hashIds()
        .ifPresent(
            ids -> HashIdsCheck.check(ids, root, draft.features().orElse(Map.of()), problems));
    Chosen chosen = choose(draft, problems);
    Optional<List<OutputSpec>> outputs =
        tasks.flatMap(t -> chosen.model().flatMap(m -> outputs(m.value(), t, draft, problems)));
    Optional<Evaluator> evaluator = MetricChoice.evaluator(draft, parts.metrics(), problems);
    Optional<EarlyStopping> stopping =
        evaluator.flatMap(e -> outputs.flatMap(o -> MetricChoice.stopping(draft, e, o, problems)));
    draft.downSampling().ifPresent(s -> SamplingCheck.check(s, draft, tasks, outputs, problems));
    draft.negatives().ifPresent(n -> SamplingCheck.check(n, draft, tasks, problems));
    problems.throwIfAny();
    ExperimentConfig config = resolved(bound.orElseThrow(), chosen);
    return plan(
        new ExperimentPlan.Document(config, ConfigWriter.write(config, root), root),
        tasks.orElseThrow(),
        chosen,
        new ExperimentPlan.Judge(evaluator.orElseThrow(), stopping));
  }

  private Chosen choose(ExperimentDraft draft, Problems problems) {
    var source = DomainChecks.source(draft, parts, problems);
    var model = draft.choice("model", ExperimentConfig::model);
    var dense = draft.choice("training.optimizer", c -> c.training().optimizer());
    var embedding =
        draft.choice("training.embedding_optimizer", c -> c.training().embeddingOptimizer());
    var balancing = draft.choice("training.balancing", c -> c.training().balancing());
    return new Chosen(
        source.flatMap(choice -> parts.sources().bind(choice, problems)),
        new LookupReader(parts.lookups(), parts.sources()).read(draft.lookups(), problems),
        model.flatMap(choice -> parts.models().resolve(choice, problems)),
        dense.flatMap(choice -> parts.optimizers().resolve(choice, problems)),
        embedding.flatMap(choice -> parts.optimizers().resolve(choice, problems)),
        balancing.flatMap(choice -> parts.balancings().resolve(choice, problems)));
  }

  private static Optional<List<Task>> tasks(ExperimentDraft draft, Problems problems) {
    List<Task> tasks = new ArrayList<>();
    Map<String, TaskConfig> configs = draft.tasks().orElse(Map.of());
    configs.forEach(
        (name, task) -> {
          try {
            tasks.add(task.toTask(name));
          } catch (IllegalArgumentException e) {
            problems.add(ErrorCode.CONFIG_VALUE, draft.where("tasks." + name), sentence(e));
          }
        });
    return tasks.isEmpty() || tasks.size() < configs.size() ? Optional.empty() : Optional.of(tasks);
  }

  /** Features and tables name operations, signature inputs and files. */
  private static void checkNames(ExperimentDraft draft, Problems problems) {
    draft
        .features()
        .orElse(Map.of())
        .forEach(
            (name, feature) -> {
              checkName(name, draft.where("features." + name), problems);
              feature
                  .sharedTable()
                  .ifPresent(
                      t -> checkName(t, draft.where("features." + name + ".table"), problems));
            });
  }

  /** A history is asked by a feature with one value, as wide as its own values. */
  private static void checkQueries(ExperimentDraft draft, Problems problems) {
    Map<String, FeatureConfig> features = draft.features().orElse(Map.of());
    features.forEach(
        (name, feature) -> {
          if (feature instanceof SequenceConfig sequence && sequence.query().isPresent()) {
            String query = sequence.query().get();
            boolean fits =
                features.get(query) instanceof FeatureConfig.Categorical categorical
                    && categorical.dim() == sequence.dim();
            if (!fits) {
              problems.add(
                  new Problem(
                      ErrorCode.CONFIG_VALUE,
                      draft.where("features." + name + ".query"),
                      "Expected the name of a categorical feature of dim %d, found \"%s\"."
                          .formatted(sequence.dim(), query),
                      Nearest.hint(query, features.keySet())));
            }
          }
        });
  }

  private static void checkWindows(ExperimentDraft draft, Problems problems) {
    draft
        .tasks()
        .orElse(Map.of())
        .forEach(
            (name, task) -> {
              if (task.labelWindow().isPresent() && !draft.hasTime()) {
                problems.add(
                    new Problem(
                        ErrorCode.CONFIG_VALUE,
                        draft.where("tasks." + name + ".label_window"),
                        "Expected data.time beside it, which says how old rows are; found none.",
                        "Name the column: data: {time: {column: NAME}}."));
              }
            });
  }

  private static void checkAllowed(ExperimentDraft draft, Problems problems) {
    List<String> allowed = draft.lint().map(LintConfig::allow).orElse(List.of());
    for (String name : allowed) {
      LintChecks.problem(draft.where("lint.allow"), name).ifPresent(problems::add);
    }
  }

  private static void checkName(String name, String where, Problems problems) {
    if (!name.matches(NAME)) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              where,
              "Expected a name of the letters a to z, digits, _, - and ., not beginning with a sign,"
                  + " found \"%s\".".formatted(name),
              "Give it such a name; a feature reads its column by the key column."));
    }
  }

  private static ExperimentPlan plan(
      ExperimentPlan.Document document,
      List<Task> tasks,
      Chosen chosen,
      ExperimentPlan.Judge judge) {
    TrainerSpec.Updates updates =
        new TrainerSpec.Updates(
            chosen.balancing().orElseThrow().value(),
            chosen.dense().orElseThrow().value(),
            chosen.embedding().orElseThrow().value());
    return new ExperimentPlan(
        document,
        document.config().features().entrySet().stream()
            .map(f -> f.getValue().toSpec(f.getKey(), document.config().features()))
            .toList(),
        tasks,
        new ExperimentPlan.Learner(chosen.model().orElseThrow().value(), updates),
        judge);
  }

  /** The model's outputs, before anything is learnt of the labels: names and types are right. */
  private static Optional<List<OutputSpec>> outputs(
      MultiTaskModel model, List<Task> tasks, ExperimentDraft draft, Problems problems) {
    try {
      return Optional.of(model.outputs(tasks.stream().map(LintSubjects::unfitted).toList()));
    } catch (IllegalArgumentException e) {
      problems.add(ErrorCode.CONFIG_VALUE, draft.where("model"), sentence(e));
      return Optional.empty();
    }
  }

  private static ExperimentConfig resolved(ExperimentConfig config, Chosen chosen) {
    DataConfig data = config.data();
    TrainingConfig training = config.training();
    int threads = training.threads().orElseGet(TrainingConfig::defaultThreads);
    return new ExperimentConfig(
        config.name(),
        config.seed(),
        new DataConfig(
            chosen.source().orElseThrow(),
            data.hashIds(),
            data.where(),
            data.dropDuplicates(),
            chosen.lookups(),
            data.columns(),
            data.time(),
            data.downSampling(),
            data.negatives(),
            data.split(),
            data.cache()),
        config.features(),
        config.tasks(),
        chosen.model().orElseThrow().choice(),
        new TrainingConfig(
            training.epochs(),
            training.batchSize(),
            chosen.dense().orElseThrow().choice(),
            chosen.embedding().orElseThrow().choice(),
            chosen.balancing().orElseThrow().choice(),
            training.earlyStopping(),
            training.precision(),
            Optional.of(threads),
            training.sampling()),
        config.evaluation(),
        config.lint());
  }

  private static String sentence(IllegalArgumentException e) {
    return e.getMessage() + ".";
  }
}
