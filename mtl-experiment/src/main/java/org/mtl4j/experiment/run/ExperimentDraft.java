package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;
import org.mtl4j.core.task.Expression;
import org.mtl4j.data.dataset.DownSampling;
import org.mtl4j.data.dataset.Negatives;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.experiment.config.EarlyStoppingConfig;
import org.mtl4j.experiment.config.EvaluationConfig;
import org.mtl4j.experiment.config.ExperimentConfig;
import org.mtl4j.experiment.config.FeatureConfig;
import org.mtl4j.experiment.config.HashIds;
import org.mtl4j.experiment.config.InitFromConfig;
import org.mtl4j.experiment.config.LintConfig;
import org.mtl4j.experiment.config.SamplingConfig;
import org.mtl4j.experiment.config.TaskConfig;

/**
 * An experiment file of which some parts may be wrong. Each part that can be read by itself is
 * there, so that its problems are found beside those of the others; of a part that cannot be read,
 * binding the whole file has said why.
 */
final class ExperimentDraft {
  private final ConfigNode.Mapping root;
  private final Optional<ExperimentConfig> whole;

  /** The file, and what it was bound to if nothing was wrong. */
  ExperimentDraft(ConfigNode.Mapping root, Optional<ExperimentConfig> whole) {
    this.root = root;
    this.whole = whole;
  }

  /** Path, file, line and column of a key; the path alone if it was not typed. */
  String where(String path) {
    return root.whereIs(path);
  }

  /** The choice at a path, or what {@code of} takes from the whole. */
  Optional<Choice> choice(String path, Function<ExperimentConfig, Choice> of) {
    return whole.map(of).or(() -> part(path, Choice.class));
  }

  /** The lookups that are maps with a type; empty if there are none. */
  Map<String, Choice> lookups() {
    Map<String, Choice> lookups = new LinkedHashMap<>();
    if (node("data.lookups").orElse(null) instanceof ConfigNode.Mapping map) {
      map.entries()
          .forEach(
              (name, entry) ->
                  read(entry, Choice.class).ifPresent(choice -> lookups.put(name, choice)));
    }
    return lookups;
  }

  /** With a split by files, those stand in place of the source's path. */
  Optional<Choice> source() {
    Optional<Choice> source = choice("data.source", config -> config.data().source());
    if (split().isEmpty() && node("data.split").isPresent()) {
      return Optional.empty();
    }
    return splitsByFiles()
        ? source.map(choice -> Datasets.withPath(choice, node("data.split.train").orElseThrow()))
        : source;
  }

  /** Whether the split names the source's files. */
  boolean splitsByFiles() {
    return split().filter(SplitRule.Files.class::isInstance).isPresent();
  }

  Optional<SplitRule> split() {
    return whole.map(config -> config.data().split()).or(() -> part("data.split", SplitRule.class));
  }

  /** The columns of pseudonyms; empty if there are none, or they cannot be read. */
  Optional<HashIds> hashIds() {
    return whole.isPresent() ? whole.get().data().hashIds() : part("data.hash_ids", HashIds.class);
  }

  /** The tasks by name; empty if one of them cannot be read. */
  Optional<Map<String, TaskConfig>> tasks() {
    return whole.map(ExperimentConfig::tasks).or(() -> parts("tasks", TaskConfig.class));
  }

  /** Which negatives are left out; empty if that cannot be read, or none are. */
  Optional<DownSampling> downSampling() {
    return whole.isPresent()
        ? whole.get().data().downSampling()
        : part("data.down_sampling", DownSampling.class);
  }

  /** Which rows are drawn; empty if that cannot be read, or none are. */
  Optional<Negatives> negatives() {
    return whole.isPresent()
        ? whole.get().data().negatives()
        : part("data.negatives", Negatives.class);
  }

  /** The column of queries; empty if it cannot be read, or is not there. */
  Optional<String> queryGroup() {
    return whole.isPresent()
        ? whole.get().data().queryGroup()
        : part("data.query_group", String.class);
  }

  /** Whether the file says when rows happened. */
  boolean hasTime() {
    return node("data.time").isPresent();
  }

  /** The derived columns that can be read, by name. */
  Map<String, Expression> columns() {
    Map<String, Expression> columns = new LinkedHashMap<>();
    if (node("data.columns").orElse(null) instanceof ConfigNode.Mapping map) {
      map.entries()
          .forEach((name, of) -> read(of, Expression.class).ifPresent(e -> columns.put(name, e)));
    }
    return columns;
  }

  /** The features by name; empty if one of them cannot be read. */
  Optional<Map<String, FeatureConfig>> features() {
    return whole.map(ExperimentConfig::features).or(() -> parts("features", FeatureConfig.class));
  }

  private <T> Optional<Map<String, T>> parts(String key, Class<T> type) {
    Map<String, T> parts = new LinkedHashMap<>();
    if (!(root.entries().get(key) instanceof ConfigNode.Mapping map)) {
      return Optional.empty();
    }
    map.entries().forEach((name, node) -> read(node, type).ifPresent(p -> parts.put(name, p)));
    return Optional.of(parts).filter(read -> read.size() == map.entries().size());
  }

  Optional<EarlyStoppingConfig> earlyStopping() {
    return whole.isPresent()
        ? whole.get().training().earlyStopping()
        : part("training.early_stopping", EarlyStoppingConfig.class);
  }

  /** How learning rates change; empty if that cannot be read, or they do not. */
  Optional<Choice> schedule() {
    return whole.isPresent()
        ? whole.get().training().schedule()
        : part("training.schedule", Choice.class);
  }

  /** How often rows are taken; empty if that cannot be read, or is not there. */
  Optional<SamplingConfig> sampling() {
    return whole
        .map(config -> config.training().sampling())
        .orElseGet(() -> part("training.sampling", SamplingConfig.class));
  }

  /** The run that training begins from; empty if that cannot be read, or there is none. */
  Optional<InitFromConfig> initFrom() {
    return whole.isPresent()
        ? whole.get().training().initFrom()
        : part("training.init_from", InitFromConfig.class);
  }

  /** How to measure; empty if that cannot be read. */
  Optional<EvaluationConfig> evaluation() {
    ConfigNode none = new ConfigNode.Mapping("evaluation", root.location(), Map.of());
    return whole
        .map(ExperimentConfig::evaluation)
        .or(() -> read(node("evaluation").orElse(none), EvaluationConfig.class));
  }

  /** What the linter looks at; empty if that cannot be read, or is not there. */
  Optional<LintConfig> lint() {
    return whole.map(ExperimentConfig::lint).or(() -> part("lint", LintConfig.class));
  }

  private <T> Optional<T> part(String path, Class<T> type) {
    return node(path).flatMap(node -> read(node, type));
  }

  private static <T> Optional<T> read(ConfigNode node, Class<T> type) {
    return RecordBinder.bind(node, type, new Problems());
  }

  private Optional<ConfigNode> node(String path) {
    return root.find(path);
  }
}
