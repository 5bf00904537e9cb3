package org.mtl4j.models.home;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.mtl4j.models.component.Gates;
import org.mtl4j.models.component.Gating;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Hierarchy of multi-gate experts: Wang and others, "HoME: hierarchy of multi-gate experts for
 * multi-task learning at Kuaishou", KDD 2025. Tasks stand in groups. A meta level makes a vector a
 * group, and one for all of them; experts of a task, of its group and of all tasks above it take
 * these, and no task sees another group's:
 *
 * <pre>
 * z_g = gate_g(x) [G_g(x), S(x)] + self_g(x) G_g(x)
 * z   = gate(x) [S(x), G_1(x), G_2(x), ...] + self(x) S(x)
 * h_t = gate_t([z_g, z]) [E_t(z_g), G'_g(z_g), S'(z)] + self_t([z_g, z]) E_t(z_g),   t in group g
 * y_t = head_t(tower_t(h_t))
 * an expert: swish(normalization(W v + b)), in the meta level of v = x * 2 sigmoid(x down up)
 * </pre>
 *
 * <p>Gates are a softmax of a linear layer; so are self gates, by which experts keep a gradient
 * that the gate denies them, but a sigmoid over a single expert. x [B, width of all features] to a
 * logit [B] a task ([B, classes] for a multiclass one). Scopes {@code home/meta} and {@code
 * home/task}, in them {@code experts}, {@code group_experts_GROUP}, {@code experts_TASK} and so
 * {@code gate} and {@code self_gate}. Probes {@code LEVEL/expert/N}, {@code
 * LEVEL/group_expert_GROUP/N}, {@code task/expert_TASK/N} [B, last width], {@code LEVEL/gate/TASK}
 * [B, experts], the owner's own first. Kernels Glorot uniform; feature gates begin at 1.
 *
 * <p>Of the paper's feature gate, which mixes several low-rank ones by another gate, there is one
 * an expert. Gates have a bias; towers are ReLU layers. Use it for many tasks of several kinds;
 * with few of one kind {@code ple} is less to train.
 *
 * @param groups per group its tasks, each in one; none: all tasks in the group {@code all}
 * @param taskExperts how many each task has, 1 to 256
 * @param groupExperts how many each group has in a level, 1 to 256
 * @param sharedExperts how many are shared by all in a level, 1 to 256
 * @param expertLayers widths of an expert's Swish layers in each level, at least one
 * @param featureGateRank of the feature gates, 0 to 1024; 0: experts see all features as they are
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch (the paper's) or layer
 * @param gating temperature, load balancing and expert dropout of the gates, not of self gates
 */
@Summary(
    "HoME (Wang and others, KDD 2025): experts of all tasks, of groups and of tasks, by level.")
public record Home(
    @Default("{}") Map<String, List<String>> groups,
    @Default("2") int taskExperts,
    @Default("2") int groupExperts,
    @Default("2") int sharedExperts,
    @Default("[64]") List<Integer> expertLayers,
    @Default("16") int featureGateRank,
    @Default("[16]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("batch") Normalization normalization,
    @Default("{temperature: 1, load_balance: 0, expert_dropout: 0}") Gating gating)
    implements MultiTaskModel {
  private static final int MOST_EXPERTS = 256;
  private static final int HIGHEST_RANK = 1024;

  /**
   * Copies and checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Home {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    groups.forEach((group, tasks) -> copy.put(group, List.copyOf(tasks)));
    groups = Collections.unmodifiableMap(copy);
    Groups.check(groups);
    check("task_experts", 1, MOST_EXPERTS, taskExperts);
    check("group_experts", 1, MOST_EXPERTS, groupExperts);
    check("shared_experts", 1, MOST_EXPERTS, sharedExperts);
    expertLayers = Layers.atLeastOne("expert_layers", expertLayers);
    check("feature_gate_rank", 0, HIGHEST_RANK, featureGateRank);
    towerLayers = Layers.checked("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  private static void check(String key, int least, int most, int found) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          "%s: expected %d to %d, found %d".formatted(key, least, most, found));
    }
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    Groups.of(groups, tasks);
    return MultiTaskModel.super.outputs(tasks);
  }

  /** One group of one task. */
  @Override
  public MultiTaskModel forTask(String task) {
    return new Home(
        Map.of(),
        taskExperts,
        groupExperts,
        sharedExperts,
        expertLayers,
        featureGateRank,
        towerLayers,
        dropout,
        normalization,
        gating);
  }

  /** What the meta level hands on: a vector a group and one for all [B, last width]. */
  private record Streams(Map<String, Operand<TFloating>> byGroup, Operand<TFloating> shared) {}

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    Groups all = Groups.of(groups, context.tasks());
    Gates gates = new Gates(gating, inputs);
    GraphContext scope = context.graph().scope("home");
    Level meta = new Level(scope.scope("meta"), "meta", experts(featureGateRank), gates);
    Level task = new Level(scope.scope("task"), "task", experts(0), gates);
    Streams streams = meta(meta, all, inputs.features().all());
    Map<String, Operand<TFloating>> mixed = tasks(task, all, streams);
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return gates.addTo(
        ModelOutputs.of(towers.apply(context, t -> mixed.get(t.name())), all.shared()),
        context.tasks());
  }

  private HomeExperts experts(int rank) {
    return new HomeExperts(rank, expertLayers, dropout, normalization);
  }

  private Streams meta(Level level, Groups all, Operand<TFloating> x) {
    Level.Bank shared = level.bank(Level.Owner.ALL, sharedExperts, x);
    List<Level.Bank> banks = new ArrayList<>(List.of(shared));
    Map<String, Operand<TFloating>> byGroup = new LinkedHashMap<>();
    all.members()
        .forEach(
            (group, tasks) -> {
              Level.Owner owner = Level.Owner.group(group);
              Level.Bank own = level.bank(owner, groupExperts, x);
              banks.add(own);
              byGroup.put(group, level.mix(owner, tasks, true, x, List.of(own, shared)));
            });
    return new Streams(byGroup, level.mix(Level.Owner.ALL, all.tasks(), false, x, banks));
  }

  private Map<String, Operand<TFloating>> tasks(Level level, Groups all, Streams streams) {
    Level.Bank shared = level.bank(Level.Owner.ALL, sharedExperts, streams.shared());
    Map<String, Operand<TFloating>> mixed = new LinkedHashMap<>();
    all.members()
        .forEach(
            (group, tasks) -> {
              Operand<TFloating> z = streams.byGroup().get(group);
              Operand<TFloating> both =
                  level
                      .scope()
                      .tf()
                      .concat(List.of(z, streams.shared()), level.scope().tf().constant(1));
              Level.Bank groups = level.bank(Level.Owner.group(group), groupExperts, z);
              for (FittedTask task : tasks) {
                Level.Owner owner = Level.Owner.task(task);
                List<Level.Bank> banks = List.of(level.bank(owner, taskExperts, z), groups, shared);
                mixed.put(task.name(), level.mix(owner, List.of(task), true, both, banks));
              }
            });
    return mixed;
  }
}
