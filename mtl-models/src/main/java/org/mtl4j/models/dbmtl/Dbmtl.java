package org.mtl4j.models.dbmtl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Layers;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Deep Bayesian multi-task learning: Wang and others, "Deep Bayesian multi-task learning for
 * recommender system", arXiv 1902.09154, 2019. Tasks are the nodes of a Bayesian network, and each
 * is predicted given its parents:
 *
 * <pre>
 * P(y_1, ..., y_T | x) = product over t of P(y_t | x, parents of t)
 * h_t = tower_t(bottom(x))
 * r_t = relation_t([h_t, r of each parent]),  of a task without parents r_t = h_t
 * y_t = head_t(r_t)
 * </pre>
 *
 * <p>What a child gets of a parent is what the parent's head is computed from and not its label,
 * which nobody knows when the model serves; a child's loss reaches its parents' towers. Each task
 * keeps its own rows and loss: a parent need not be a stage that has to be passed, and a purchase
 * may depend on a rating.
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). With
 * no parents it is a shared bottom. Use it where one task is plainly a reason for another; it says
 * nothing of which: the network is drawn by whoever knows the shop.
 *
 * @param parents per task those that it depends on; tasks that are not named have none
 * @param bottomLayers widths of the shared ReLU layers
 * @param towerLayers widths of each task's ReLU layers
 * @param relationLayers widths of the ReLU layers over a task's and its parents' towers, at least
 *     one
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "DBMTL (Wang and others, 2019): tasks as a Bayesian network, each predicted given its parents.")
public record Dbmtl(
    Map<String, List<String>> parents,
    @Default("[128]") List<Integer> bottomLayers,
    @Default("[64]") List<Integer> towerLayers,
    @Default("[32]") List<Integer> relationLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Copies and checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Dbmtl {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    parents.forEach((task, those) -> copy.put(task, List.copyOf(those)));
    parents = Collections.unmodifiableMap(copy);
    parents.forEach(
        (task, those) -> {
          if (Set.copyOf(those).size() < those.size()) {
            throw new IllegalArgumentException(
                "parents: expected different tasks for \"%s\", found %s".formatted(task, those));
          }
        });
    bottomLayers = Layers.checked("bottom_layers", bottomLayers);
    towerLayers = Layers.checked("tower_layers", towerLayers);
    relationLayers = Layers.atLeastOne("relation_layers", relationLayers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    checkNetwork(tasks.stream().map(FittedTask::name).toList());
    return MultiTaskModel.super.outputs(tasks);
  }

  private void checkNetwork(List<String> tasks) {
    Set<String> named = new LinkedHashSet<>(parents.keySet());
    parents.values().forEach(named::addAll);
    named.removeAll(tasks);
    if (!named.isEmpty()) {
      throw new IllegalArgumentException(
          "parents: expected tasks, found \"%s\"; the tasks are %s"
              .formatted(named.iterator().next(), tasks));
    }
    order(tasks);
  }

  /** Parents before their children. */
  private List<String> order(List<String> tasks) {
    List<String> ordered = new ArrayList<>();
    while (ordered.size() < tasks.size()) {
      List<String> ready =
          tasks.stream()
              .filter(task -> !ordered.contains(task))
              .filter(task -> ordered.containsAll(parentsOf(task)))
              .toList();
      if (ready.isEmpty()) {
        throw new IllegalArgumentException(
            "parents: expected no task among its own ancestors, found that of %s"
                .formatted(tasks.stream().filter(task -> !ordered.contains(task)).toList()));
      }
      ordered.addAll(ready);
    }
    return ordered;
  }

  private List<String> parentsOf(String task) {
    return parents.getOrDefault(task, List.of());
  }

  /** Bottom, tower and relation layers, as a task without parents has no use for the last. */
  @Override
  public MultiTaskModel forTask(String task) {
    return new Dbmtl(Map.of(), bottomLayers, towerLayers, relationLayers, dropout, normalization);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("dbmtl");
    Operand<TFloating> shared =
        mlp(bottomLayers).apply(scope.scope("bottom"), inputs.features().all());
    Map<String, Operand<TFloating>> known = new LinkedHashMap<>();
    for (String task : order(context.tasks().stream().map(FittedTask::name).toList())) {
      Operand<TFloating> tower =
          mlp(towerLayers).apply(context.graph().scope("tower_" + task), shared);
      known.put(task, related(scope.scope("relation_" + task), task, tower, known));
    }
    List<OutputTensor> logits = new ArrayList<>();
    for (FittedTask task : context.tasks()) {
      logits.add(TaskHead.logit(context.graph(), task, known.get(task.name())));
    }
    return ModelOutputs.of(logits, shared());
  }

  /** The bottom, and what a child's loss reaches of its parents. */
  private Set<String> shared() {
    Set<String> shared = new LinkedHashSet<>(Set.of("dbmtl/bottom"));
    for (List<String> those : parents.values()) {
      for (String parent : those) {
        shared.add("tower_" + parent);
        if (!parentsOf(parent).isEmpty()) {
          shared.add("dbmtl/relation_" + parent);
        }
      }
    }
    return shared;
  }

  private Operand<TFloating> related(
      GraphContext scope,
      String task,
      Operand<TFloating> tower,
      Map<String, Operand<TFloating>> known) {
    if (parentsOf(task).isEmpty()) {
      return tower;
    }
    List<Operand<TFloating>> all = new ArrayList<>(List.of(tower));
    parentsOf(task).forEach(parent -> all.add(known.get(parent)));
    return mlp(relationLayers).apply(scope, WideOps.concat(scope.tf(), all, 1));
  }

  private Mlp mlp(List<Integer> layers) {
    return new Mlp(layers, dropout, normalization);
  }
}
