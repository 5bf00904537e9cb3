package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigKey;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.JoinedTable;
import org.mtl4j.core.lookup.LookupSource;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.dataset.DownSampling;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.data.table.TableSource;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.config.HashIds;

/** Opens the sources that an experiment names. */
public final class Datasets {
  private static final String PATH = "path";

  private final Registry<BatchSource> sources;
  private final Lookups lookups;

  /** Over the sources and lookups of those registries. */
  public Datasets(Registry<BatchSource> sources, Registry<LookupTable> lookups) {
    this.sources = sources;
    this.lookups = new Lookups(lookups);
  }

  /**
   * The source that a choice names.
   *
   * @throws org.mtl4j.core.error.MtlException if there is none, or a key is wrong
   */
  public BatchSource open(Choice choice) {
    Problems problems = new Problems();
    var resolved = sources.resolve(choice, problems);
    problems.throwIfAny();
    return resolved.orElseThrow().value();
  }

  /**
   * The tables of lookups, in the order of their entries.
   *
   * @param entries of {@code data.lookups}
   * @throws org.mtl4j.core.error.MtlException with everything that is wrong with them
   */
  public List<JoinedTable> lookups(Map<String, Choice> entries) {
    return lookups.of(entries);
  }

  /** Whether a source reads files, which {@link #withPath} can replace. */
  public boolean readsFiles(Choice choice) {
    var factory = sources.factories().get(choice.type());
    return factory != null
        && ConfigKey.of(factory.configType()).stream().anyMatch(key -> key.name().equals(PATH));
  }

  /**
   * Whether a source reads files of a format with whatever columns, not those of one public set.
   */
  public boolean readsTables(Choice choice) {
    return readsFiles(choice)
        && sources.factories().get(choice.type()).partType() != TableSource.class;
  }

  /** The same choice with other files. */
  public static Choice withPath(Choice choice, List<String> path) {
    ConfigNode.Mapping body = choice.body();
    List<ConfigNode> items =
        path.stream()
            .<ConfigNode>map(
                file -> new ConfigNode.Scalar(body.pathOf(PATH), body.location(), file, true))
            .toList();
    return withPath(choice, new ConfigNode.Sequence(body.pathOf(PATH), body.location(), items));
  }

  /** The same choice with other files, as they were typed. */
  static Choice withPath(Choice choice, ConfigNode path) {
    ConfigNode.Mapping body = choice.body();
    Map<String, ConfigNode> entries = new LinkedHashMap<>(body.entries());
    entries.put(PATH, path);
    return new Choice(choice.type(), new ConfigNode.Mapping(body.path(), body.location(), entries));
  }

  /**
   * The rows of an experiment in their splits, of training a share where it says so, with their
   * ages where a task asks for them, without the negatives that are to be left out of training, and
   * with those that are to be drawn.
   *
   * @throws org.mtl4j.core.error.MtlException if rules or split do not fit the source's columns
   */
  public SplitDataset splits(ExperimentPlan plan) {
    DataConfig data = plan.config().data();
    Seed seed = new Seed(plan.config().seed());
    Optional<String> groups =
        data.split() instanceof SplitRule.Group split
            ? Optional.of(split.column())
            : Optional.empty();
    SplitDataset rows =
        splits(data, seed).sharing(data.trainingShare(), groups, IdScope.of(data.source()), seed);
    boolean aged = plan.tasks().stream().anyMatch(task -> task.space().window().isPresent());
    SplitDataset known = aged ? rows.withAges(data.time().orElseThrow()) : rows;
    SplitDataset kept = data.downSampling().map(r -> downSampled(known, r, plan)).orElse(known);
    return data.negatives()
        .map(
            rule ->
                kept.withNegatives(NegativeRoles.plan(rule, plan), new Seed(plan.config().seed())))
        .orElse(kept);
  }

  private static SplitDataset downSampled(
      SplitDataset rows, DownSampling rule, ExperimentPlan plan) {
    Task sampled =
        plan.tasks().stream().filter(t -> t.name().equals(rule.task())).findFirst().orElseThrow();
    return rows.downSampled(rule, sampled, new Seed(plan.config().seed()));
  }

  private SplitDataset splits(DataConfig data, Seed seed) {
    List<JoinedTable> tables = lookups(data.lookups());
    if (data.split() instanceof SplitRule.Files files) {
      return SplitDataset.ofFiles(
          files,
          path -> joined(data, open(withPath(data.source(), path)), tables),
          data.rules(),
          seed);
    }
    BatchSource source = joined(data, open(data.source()), tables);
    return SplitDataset.of(
        source, data.rules(), (SplitRule.ByRow) data.split(), seed, IdScope.of(data.source()));
  }

  /** Lookups go by the ids themselves; nothing after them sees one that becomes a pseudonym. */
  private static BatchSource joined(DataConfig data, BatchSource source, List<JoinedTable> tables) {
    BatchSource rows = LookupSource.joined(source, tables);
    for (String column : data.hashIds().map(HashIds::columns).orElse(List.of())) {
      if (!rows.columns().contains(column)) {
        Problem missing = rows.columns().missing(column);
        throw new MtlException(
            new Problem(missing.code(), "data.hash_ids.columns", missing.what(), missing.remedy()));
      }
    }
    return data.pseudonymized(rows);
  }
}
