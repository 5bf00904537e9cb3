package org.mtl4j.experiment.lint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.data.union.ScopedIds;

/**
 * What is looked at: an experiment's inputs and labels over the columns of its rows, all of which
 * are there.
 *
 * @param columns of the rows, derived ones included
 * @param features the inputs
 * @param tasks the tasks
 * @param funnels stages of funnels that the model declares, each a list of binary tasks in order
 * @param data how rows come about
 */
public record LintSubject(
    Columns columns,
    List<? extends FeatureSpec> features,
    List<Task> tasks,
    List<List<String>> funnels,
    Data data) {
  /** Copies the lists. */
  public LintSubject {
    features = List.copyOf(features);
    tasks = List.copyOf(tasks);
    funnels = List.copyOf(funnels);
  }

  /**
   * How rows come about.
   *
   * @param derived derived columns, each over columns of the source
   * @param split which rows are for what
   * @param lookups what rows get by an id
   * @param scope whose ids are equal
   * @param items by which items are measured
   */
  public record Data(
      Map<String, Expression> derived,
      SplitRule split,
      List<LookupSpec> lookups,
      IdScope scope,
      Items items) {
    /** Copies the containers. */
    public Data {
      derived = Map.copyOf(derived);
      lookups = List.copyOf(lookups);
    }
  }

  /**
   * By which items are measured.
   *
   * @param item column of each row's item; empty: none
   * @param content columns of what items are like
   * @param measured whether a metric asks for items
   */
  public record Items(Optional<String> item, List<String> content, boolean measured) {
    /** No items. */
    public static final Items NONE = new Items(Optional.empty(), List.of(), false);

    /** Copies the list. */
    public Items {
      content = List.copyOf(content);
    }
  }

  /** The tasks that say yes or no, bound to the columns. */
  List<BinaryTask> binaryTasks() {
    return tasks.stream()
        .filter(task -> task.type() instanceof TaskType.Binary)
        .map(task -> BinaryTask.bind(task, columns))
        .toList();
  }

  /** Counters of the classes of the tasks whose labels are sets, bound to the columns. */
  List<ClassCounts> classCounts() {
    return tasks.stream()
        .filter(task -> task.type() instanceof TaskType.Multilabel)
        .map(task -> new ClassCounts(task, columns))
        .toList();
  }

  /** Who the ids of a feature stand for. */
  ScopedIds ids(CategoricalFeature id) {
    return data.scope().bind(id.column(), columns);
  }

  /** The source's columns that a column is made of: itself, if it is not derived. */
  Set<String> sources(String column) {
    Expression derived = data.derived().get(column);
    return derived == null ? Set.of(column) : derived.columns();
  }

  /** The source's columns that a feature reads, through derived ones too. */
  Set<String> sources(FeatureSpec feature) {
    Set<String> sources = new LinkedHashSet<>();
    feature.columns().forEach(column -> sources.addAll(sources(column)));
    return sources;
  }

  /** The source's columns that an expression reads, through derived ones too. */
  Set<String> sources(Expression expression) {
    Set<String> sources = new LinkedHashSet<>();
    expression.columns().forEach(column -> sources.addAll(sources(column)));
    return sources;
  }
}
