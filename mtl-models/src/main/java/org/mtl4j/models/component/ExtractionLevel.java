package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.task.FittedTask;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A level of customized gate control: Tang and others, "Progressive layered extraction (PLE): a
 * novel multi-task learning model for personalized recommendations", RecSys 2020. Each task has
 * experts E_t over its own input x_t beside shared ones E_s over x_s, and mixes both by a gate; a
 * gate of the shared side mixes all of them for the next level:
 *
 * <pre>
 * y_t = g_t(x_t) [E_t(x_t), E_s(x_s)],   y_s = g_s(x_s) [E_1(x_1), ..., E_T(x_T), E_s(x_s)]
 * </pre>
 *
 * <p>Scopes {@code experts_TASK}, {@code experts} of the shared ones, {@code gate_TASK} and {@code
 * gate}. [B, in] a task to [B, last width] a task.
 *
 * @param experts how many there are of each kind
 * @param expertLayers widths of an expert's ReLU layers, at least one
 * @param dropout share of activations set to 0 in training
 * @param normalization of every hidden layer's sums
 */
public record ExtractionLevel(
    ExpertCounts experts, List<Integer> expertLayers, double dropout, Normalization normalization) {
  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public ExtractionLevel {
    expertLayers = Layers.atLeastOne("expert_layers", expertLayers);
  }

  /**
   * What goes into a level, or comes out of it.
   *
   * @param tasks in their order
   * @param byTask by the task's name [B, width]
   * @param shared [B, width]
   */
  public record Streams(
      List<FittedTask> tasks, Map<String, Operand<TFloating>> byTask, Operand<TFloating> shared) {
    /** The same input for all. */
    public static Streams of(List<FittedTask> tasks, Operand<TFloating> x) {
      Map<String, Operand<TFloating>> same = new LinkedHashMap<>();
      tasks.forEach(task -> same.put(task.name(), x));
      return new Streams(tasks, same, x);
    }
  }

  /** Whom each task's gate mixes, and whom the shared one does. */
  private record Banks(Map<String, List<ExpertBank>> byTask, List<ExpertBank> all) {}

  /**
   * A level that another one follows.
   *
   * @param prefix of the probes' names
   */
  public Streams apply(GraphContext scope, String prefix, Streams in, Gates gates) {
    Banks banks = banks(scope, prefix, in, gates);
    Map<String, Operand<TFloating>> byTask = mixByTask(scope, prefix, in, gates, banks);
    GraphContext shared = scope.scope("gate");
    Operand<TFloating> gate =
        gates.gate(shared, Gates.UNSEEN, in.tasks(), in.shared(), ExpertBank.names(banks.all()));
    return new Streams(in.tasks(), byTask, ExpertBank.mix(shared, banks.all(), gate));
  }

  /**
   * The last level: each task's mix, by its name.
   *
   * @param prefix of the probes' names
   */
  public Map<String, Operand<TFloating>> last(
      GraphContext scope, String prefix, Streams in, Gates gates) {
    return mixByTask(scope, prefix, in, gates, banks(scope, prefix, in, gates));
  }

  private Banks banks(GraphContext scope, String prefix, Streams in, Gates gates) {
    String name = prefix + "expert";
    ExpertBank shared = bank(scope.scope("experts"), name, experts.shared(), in.shared(), gates);
    Map<String, List<ExpertBank>> byTask = new LinkedHashMap<>();
    List<ExpertBank> all = new ArrayList<>();
    for (FittedTask task : in.tasks()) {
      String t = task.name();
      if (experts.of(t) == 0) {
        byTask.put(t, List.of(shared));
      } else {
        GraphContext own = scope.scope("experts_" + t);
        all.add(bank(own, name + "/" + t, experts.of(t), in.byTask().get(t), gates));
        byTask.put(t, List.of(all.get(all.size() - 1), shared));
      }
    }
    all.add(shared);
    return new Banks(byTask, all);
  }

  private ExpertBank bank(
      GraphContext scope, String name, int count, Operand<TFloating> x, Gates gates) {
    Experts counted = new Experts(count, expertLayers, dropout, normalization);
    return ExpertBank.of(scope, name, counted, x, gates);
  }

  private static Map<String, Operand<TFloating>> mixByTask(
      GraphContext scope, String prefix, Streams in, Gates gates, Banks banks) {
    Map<String, Operand<TFloating>> mixed = new LinkedHashMap<>();
    for (FittedTask task : in.tasks()) {
      GraphContext own = scope.scope("gate_" + task.name());
      List<ExpertBank> chosen = banks.byTask().get(task.name());
      Operand<TFloating> x = in.byTask().get(task.name());
      Operand<TFloating> gate =
          gates.gate(own, prefix + "gate", List.of(task), x, ExpertBank.names(chosen));
      mixed.put(task.name(), ExpertBank.mix(own, chosen, gate));
    }
    return mixed;
  }
}
