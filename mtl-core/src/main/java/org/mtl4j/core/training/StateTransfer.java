package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.mtl4j.core.feature.FeatureBlocks;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.RowMapping;
import org.mtl4j.core.feature.TableIds;
import org.mtl4j.core.task.FittedTask;

/**
 * By which rules a session takes over the numbers of another model: dense variables by name and
 * shape, the rows of tables by what their ids stand for.
 *
 * @param extent whether optimisers' slots go along
 * @param tables per logical table which of its rows become which; tables that are not there keep
 *     their first values
 * @param unlike what would match, and means something else
 * @param similar per logical table which rows are alike: what nothing is taken over for starts from
 *     their mean, and not from its own first values
 */
public record StateTransfer(
    Extent extent,
    Map<String, RowMapping> tables,
    List<Unlike> unlike,
    Map<String, SimilarRows> similar) {
  /** Copies maps and list. */
  public StateTransfer {
    tables = Map.copyOf(tables);
    unlike = List.copyOf(unlike);
    similar = Map.copyOf(similar);
  }

  /** The same, new rows of some tables starting from similar ones. */
  public StateTransfer withSimilar(Map<String, SimilarRows> rows) {
    return new StateTransfer(extent, tables, unlike, rows);
  }

  /** What is taken over. */
  public enum Extent {
    /** The model: training begins, from other first values. */
    MODEL,
    /** The model, the optimisers' slots and the balancing method's state: training goes on. */
    TRAINING
  }

  /**
   * What was learnt of the data that a model was trained on.
   *
   * @param pipeline the features
   * @param tasks the tasks, in order
   */
  public record Learnt(FeaturePipeline pipeline, List<FittedTask> tasks) {
    /** Copies the list. */
    public Learnt {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * Variables that are not taken over though name and shape match.
   *
   * @param which tells them, by a variable's own name and shape, not by those of its slots
   * @param why a clause
   */
  public record Unlike(Predicate<StateTensor> which, String why) {}

  /**
   * The rules between two models. Equal shapes that mean other things are told apart: the layers
   * that read the inputs, where these are other ones or in another order, a task's head, where its
   * classes are, and rows that hold several embeddings, where the tasks are.
   */
  public static StateTransfer between(Learnt source, Learnt target, Extent extent) {
    Map<String, TableIds> here = TableIds.of(target.pipeline());
    Map<String, RowMapping> tables = new LinkedHashMap<>();
    TableIds.of(source.pipeline())
        .forEach(
            (name, there) -> {
              if (here.containsKey(name)) {
                there.onto(here.get(name)).ifPresent(mapping -> tables.put(name, mapping));
              }
            });
    List<Unlike> exceptions = new ArrayList<>(inputs(source.pipeline(), target.pipeline()));
    target.tasks().forEach(task -> exceptions.addAll(heads(source.tasks(), task)));
    exceptions.addAll(embeddings(source, target));
    return new StateTransfer(extent, tables, exceptions, Map.of());
  }

  /** The inputs' width is that of the first layers' kernels, and of hardly anything else. */
  private static List<Unlike> inputs(FeaturePipeline source, FeaturePipeline target) {
    Map<String, Integer> before = new FeatureBlocks(source).widths();
    Map<String, Integer> now = new FeatureBlocks(target).widths();
    if (List.copyOf(before.entrySet()).equals(List.copyOf(now.entrySet()))) {
      return List.of();
    }
    long width = now.values().stream().mapToInt(Integer::intValue).sum();
    return List.of(
        new Unlike(
            tensor ->
                !tensor.byRows() && !tensor.shape().isEmpty() && tensor.shape().get(0) == width,
            "it reads other features, or in another order"));
  }

  private static List<Unlike> heads(List<FittedTask> source, FittedTask task) {
    String scope = "head_" + task.name() + "/";
    return source.stream()
        .filter(other -> other.name().equals(task.name()))
        .filter(other -> !other.encoding().names().equals(task.encoding().names()))
        .map(
            other ->
                new Unlike(
                    tensor -> tensor.name().startsWith(scope),
                    "its task has other classes, or in another order"))
        .toList();
  }

  /** A row of several embeddings is wider than its feature says: they are taken for the tasks'. */
  private static List<Unlike> embeddings(Learnt source, Learnt target) {
    Map<String, Integer> before = dims(source.pipeline());
    Map<String, Integer> now = dims(target.pipeline());
    boolean sameTasks = labelled(source.tasks()).equals(labelled(target.tasks()));
    return List.of(
        new Unlike(
            tensor ->
                before.containsKey(tensor.name())
                    && !before.get(tensor.name()).equals(now.get(tensor.name())),
            "its rows hold embeddings of another width"),
        new Unlike(
            tensor ->
                !sameTasks
                    && now.containsKey(tensor.name())
                    && tensor.shape().get(1) > now.get(tensor.name()),
            "its rows hold embeddings for other tasks, or in another order"));
  }

  private static Map<String, Integer> dims(FeaturePipeline pipeline) {
    Map<String, Integer> dims = new LinkedHashMap<>();
    pipeline.tables().forEach(table -> dims.put(table.variableName(), table.dim()));
    return dims;
  }

  private static List<String> labelled(List<FittedTask> tasks) {
    return tasks.stream()
        .filter(task -> !task.task().type().isUnsupervised())
        .map(FittedTask::name)
        .toList();
  }
}
