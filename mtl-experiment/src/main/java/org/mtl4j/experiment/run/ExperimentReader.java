package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;
import org.mtl4j.core.config.Registry.Resolved;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.model.Baseline;
import org.mtl4j.core.model.Model;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.core.training.RateSchedule;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.config.EvaluationConfig;
import org.mtl4j.experiment.config.ExperimentConfig;
import org.mtl4j.experiment.config.FeatureConfig;
import org.mtl4j.experiment.config.TaskConfig;

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

  /** The choices of a file; one that is wrong is empty, and a problem says why. */
  private record Chosen(
      Optional<Choice> source,
      Map<String, Choice> lookups,
      Optional<Resolved<Model>> model,
      UpdatesReader updates) {}

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
    checkNames(root, draft, problems);
    Chosen chosen = choose(draft, problems);
    tasks.ifPresent(t -> chosen.updates().checkTasks(t, draft, problems));
    Optional<List<OutputSpec>> outputs =
        tasks.flatMap(t -> chosen.model().flatMap(m -> outputs(m.value(), t, draft, problems)));
    Optional<Evaluator> evaluator = MetricChoice.evaluator(draft, parts.metrics(), problems);
    Optional<EarlyStopping> stopping =
        evaluator.flatMap(e -> outputs.flatMap(o -> MetricChoice.stopping(draft, e, o, problems)));
    Optional<RateSchedule> rates =
        evaluator.flatMap(
            e -> outputs.flatMap(o -> chosen.updates().schedule(draft, e, o, problems)));
    draft.downSampling().ifPresent(s -> SamplingCheck.check(s, draft, tasks, outputs, problems));
    CalibrationCheck.check(draft, outputs, problems);
    draft
        .evaluation()
        .flatMap(EvaluationConfig::fairness)
        .ifPresent(f -> outputs.ifPresent(o -> FairnessCheck.check(f, o, draft, problems)));
    draft.negatives().ifPresent(n -> SamplingCheck.check(n, draft, tasks, problems));
    draft.sampling().ifPresent(s -> SamplingCheck.check(s, draft, tasks, outputs, problems));
    checkModel(chosen, tasks, draft, problems);
    problems.throwIfAny();
    ExperimentConfig config = resolved(bound.orElseThrow(), chosen);
    return plan(
        new ExperimentPlan.Document(config, ConfigWriter.write(config, root), root),
        tasks.orElseThrow(),
        learner(chosen, rates, config),
        new ExperimentPlan.Judge(evaluator.orElseThrow(), stopping));
  }

  private static void checkNames(
      ConfigNode.Mapping root, ExperimentDraft draft, Problems problems) {
    NameChecks.check(draft, problems);
    ServedFeatures.check(draft, problems);
    CrossNames.check(draft, problems);
    DomainChecks.checkSampling(draft, problems);
    draft
        .hashIds()
        .ifPresent(
            ids -> HashIdsCheck.check(ids, root, draft.features().orElse(Map.of()), problems));
  }

  /** Whether the model can do with tasks and features. */
  private static void checkModel(
      Chosen chosen, Optional<List<Task>> tasks, ExperimentDraft draft, Problems problems) {
    if (chosen.model().filter(m -> m.value() instanceof Baseline).isEmpty()) {
      tasks.ifPresent(t -> QueryCheck.check(t, draft, problems)); // A baseline ranks nothing.
    }
    chosen.model().ifPresent(m -> checkFeatures(m.value(), tasks, draft, problems));
    chosen.model().ifPresent(m -> BaselineChecks.check(m, tasks, draft, problems));
  }

  private Chosen choose(ExperimentDraft draft, Problems problems) {
    var source = DomainChecks.source(draft, parts, problems);
    var model = draft.choice("model", ExperimentConfig::model);
    return new Chosen(
        source.flatMap(choice -> parts.sources().bind(choice, problems)),
        new LookupReader(parts.lookups(), parts.sources()).read(draft.lookups(), problems),
        model.flatMap(choice -> parts.models().resolve(choice, problems)),
        UpdatesReader.read(draft, parts.updating(), problems));
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

  /** The one place where the two part. */
  private static Learner learner(
      Chosen chosen, Optional<RateSchedule> rates, ExperimentConfig config) {
    Resolved<Model> model = chosen.model().orElseThrow();
    return model.value() instanceof Baseline baseline
        ? new Learner.Fitted(baseline, model.choice().type())
        : new Learner.Graph(
            (MultiTaskModel) model.value(), chosen.updates().updates(rates, config.training()));
  }

  private static ExperimentPlan plan(
      ExperimentPlan.Document document,
      List<Task> tasks,
      Learner learner,
      ExperimentPlan.Judge judge) {
    return new ExperimentPlan(document, specs(document.config().features()), tasks, learner, judge);
  }

  /** The model's outputs, before anything is learnt of the labels: names and types are right. */
  private static Optional<List<OutputSpec>> outputs(
      Model model, List<Task> tasks, ExperimentDraft draft, Problems problems) {
    try {
      return Optional.of(model.outputs(tasks.stream().map(LintSubjects::unfitted).toList()));
    } catch (IllegalArgumentException e) {
      problems.add(ErrorCode.CONFIG_VALUE, draft.where("model"), sentence(e));
      return Optional.empty();
    }
  }

  /** Of a file that is right so far: a cross of features that are not there is none. */
  private static void checkFeatures(
      Model model, Optional<List<Task>> tasks, ExperimentDraft draft, Problems problems) {
    try {
      if (problems.size() == 0) {
        List<FeatureSpec> features =
            draft.features().map(ExperimentReader::specs).orElse(List.of());
        model.check(features);
        tasks.ifPresent(t -> UnsupervisedCheck.check(t, features, draft, problems));
      }
    } catch (IllegalArgumentException e) {
      problems.add(ErrorCode.CONFIG_VALUE, draft.where("model"), sentence(e));
    }
  }

  private static List<FeatureSpec> specs(Map<String, FeatureConfig> features) {
    return features.entrySet().stream()
        .map(feature -> feature.getValue().toSpec(feature.getKey(), features))
        .toList();
  }

  private static ExperimentConfig resolved(ExperimentConfig config, Chosen chosen) {
    DataConfig data = config.data();
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
            data.queryGroup(),
            data.split(),
            data.trainingShare(),
            data.cache()),
        config.features(),
        config.tasks(),
        chosen.model().orElseThrow().choice(),
        chosen.updates().resolved(config),
        config.evaluation(),
        config.lint(),
        config.export());
  }

  private static String sentence(IllegalArgumentException e) {
    return e.getMessage() + ".";
  }
}
