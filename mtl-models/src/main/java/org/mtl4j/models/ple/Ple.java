package org.mtl4j.models.ple;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.ExpertCounts;
import org.mtl4j.models.component.ExtractionLevel;
import org.mtl4j.models.component.Gates;
import org.mtl4j.models.component.Gating;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Progressive layered extraction: Tang and others, "Progressive layered extraction (PLE): a novel
 * multi-task learning model for personalized recommendations", RecSys 2020. Levels of {@code cgc}
 * one above the other; in all but the last one a gate of the shared side mixes the experts of all
 * tasks with the shared ones, and every expert and gate takes its own side's mix of the level
 * below:
 *
 * <pre>
 * x_(t,0) = x_(s,0) = x
 * x_(t,j) = g_(t,j)(x_(t,j-1)) [E_(t,j)(x_(t,j-1)), E_(s,j)(x_(s,j-1))]
 * x_(s,j) = g_(s,j)(x_(s,j-1)) [E_(1,j)(x_(1,j-1)), ..., E_(T,j)(x_(T,j-1)), E_(s,j)(x_(s,j-1))]
 * y_t = head_t(h_t(x_(t,levels))),   g(x) = softmax(W x)
 * </pre>
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). Scopes
 * {@code ple/level_J}; probes as those of {@code cgc} behind {@code level_J/}, but none of the
 * shared side's gate, which mixes for no task alone. Gates have a bias; the paper's have none. With
 * one level it is {@code cgc}. Each level costs its experts over all tasks: with many tasks prefer
 * {@code mmoe}, or few experts a task.
 *
 * @param levels how many, 1 to 16
 * @param taskExperts how many experts each task has of its own in a level, 0 to 1024
 * @param expertsByTask how many some tasks have instead, a budget a task: {@code {purchase: 4}}, 0
 *     to 1024
 * @param sharedExperts how many are shared in a level, 1 to 1024
 * @param expertLayers widths of an expert's ReLU layers in each level, at least one
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 * @param gating temperature, load balancing and expert dropout
 */
@Summary("Progressive layered extraction (Tang and others, RecSys 2020): levels of cgc.")
public record Ple(
    @Default("2") int levels,
    @Default("2") int taskExperts,
    @Default("{}") Map<String, Integer> expertsByTask,
    @Default("4") int sharedExperts,
    @Default("[64]") List<Integer> expertLayers,
    @Default("[16]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization,
    @Default("{temperature: 1, load_balance: 0, expert_dropout: 0}") Gating gating)
    implements MultiTaskModel {
  private static final int MOST_LEVELS = 16;

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Ple {
    if (levels < 1 || levels > MOST_LEVELS) {
      throw new IllegalArgumentException(
          "levels: expected 1 to %d, found %d".formatted(MOST_LEVELS, levels));
    }
    dropout = Layers.dropout(dropout);
    expertsByTask = new ExpertCounts(taskExperts, expertsByTask, sharedExperts).byTask();
    expertLayers = Layers.atLeastOne("expert_layers", expertLayers);
    towerLayers = Layers.checked("tower_layers", towerLayers);
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    counts().checkTasks(tasks);
    return MultiTaskModel.super.outputs(tasks);
  }

  @Override
  public MultiTaskModel forTask(String task) {
    return new Ple(
        levels,
        taskExperts,
        counts().only(task),
        sharedExperts,
        expertLayers,
        towerLayers,
        dropout,
        normalization,
        gating);
  }

  private ExpertCounts counts() {
    return new ExpertCounts(taskExperts, expertsByTask, sharedExperts);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("ple");
    ExtractionLevel level = new ExtractionLevel(counts(), expertLayers, dropout, normalization);
    Gates gates = new Gates(gating, inputs);
    ExtractionLevel.Streams streams =
        ExtractionLevel.Streams.of(context.tasks(), inputs.features().all());
    for (int j = 1; j < levels; j++) {
      streams = level.apply(scope.scope(name(j)), name(j) + "/", streams, gates);
    }
    Map<String, Operand<TFloating>> mixed =
        level.last(scope.scope(name(levels)), name(levels) + "/", streams, gates);
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return gates.addTo(
        ModelOutputs.of(
            towers.apply(context, task -> mixed.get(task.name())), shared(context.tasks())),
        context.tasks());
  }

  private static String name(int level) {
    return "level_" + level;
  }

  /**
   * What several tasks move: the shared experts; of a level with a shared gate all experts, and
   * that gate; and where two such levels follow, the gates whose mix the upper one's experts take.
   */
  private Set<String> shared(List<FittedTask> tasks) {
    Set<String> shared = new TreeSet<>();
    for (int j = 1; j <= levels; j++) {
      String level = "ple/" + name(j) + "/";
      shared.add(level + "experts");
      if (j < levels) {
        shared.add(level + "gate");
      }
      for (FittedTask task : tasks) {
        boolean own = counts().of(task.name()) > 0;
        if (own && j < levels) {
          shared.add(level + "experts_" + task.name());
        }
        if (own && j < levels - 1) {
          shared.add(level + "gate_" + task.name());
        }
      }
    }
    return shared;
  }
}
