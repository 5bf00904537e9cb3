package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.task.FittedTask;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/** The gates of one forward pass as it is built: their weights, and what they leave behind. */
public final class Gates {
  /** In place of a prefix, of a gate that works for no task alone and is not looked at. */
  public static final String UNSEEN = "";

  private final Gating gating;
  private final ModelInputs inputs;
  private final Map<String, Probe> probes = new LinkedHashMap<>();
  private final List<ModelLoss.Regularizer> losses = new ArrayList<>();

  /** No gates yet, of a pass over the given inputs. */
  public Gates(Gating gating, ModelInputs inputs) {
    this.gating = gating;
    this.inputs = inputs;
  }

  /** Has the experts' outputs looked at, as {@code NAME/1} and so on; gives these names. */
  public List<String> see(String name, GraphContext scope, ExpertOutputs experts) {
    List<String> names = new ArrayList<>();
    for (Operand<TFloating> output : experts.each(scope)) {
      names.add(name + "/" + (names.size() + 1));
      probes.put(names.get(names.size() - 1), new Probe.Expert(output));
    }
    return names;
  }

  /**
   * A gate's weights [B, experts], to be looked at as {@code NAME/TASK} of each of its tasks.
   *
   * @param scope of the gate
   * @param name of the probes
   * @param tasks whom it works for
   * @param x [B, in]
   * @param experts the names of their probes
   */
  public Operand<TFloating> gate(
      GraphContext scope,
      String name,
      List<FittedTask> tasks,
      Operand<TFloating> x,
      List<String> experts) {
    Operand<TFloating> gate = gating.gate(scope, x, experts.size());
    if (!name.equals(UNSEEN)) {
      // A tensor of its own for each task, for none can be fetched twice.
      for (FittedTask task : tasks) {
        Operand<TFloating> own = tasks.size() == 1 ? gate : scope.tf().identity(gate);
        probes.put(name + "/" + task.name(), new Probe.Gate(task.name(), experts, own));
      }
    }
    if (scope.isTraining() && gating.loadBalance() > 0) {
      String loss = scope.path() + "/load_balance";
      Operand<TFloating> say = rowsWithASay(scope, inputs, tasks);
      losses.add(new ModelLoss.Regularizer(loss, gating.loss(scope, gate, say)));
    }
    return gate;
  }

  /** 1 for a row that has a say in one of the tasks, else 0: [B], in training. */
  public static Operand<TFloating> rowsWithASay(
      GraphContext scope, ModelInputs inputs, List<FittedTask> tasks) {
    List<Operand<TFloating>> weights = new ArrayList<>();
    tasks.forEach(task -> weights.add(inputs.supervision().get(task.name()).weights()));
    Operand<TFloating> sum = scope.tf().math.addN(weights);
    return marks(scope, scope.tf().math.greater(sum, scope.constant(0)));
  }

  /** The outputs of these tasks with the gates' probes and losses. */
  public ModelOutputs addTo(ModelOutputs outputs, List<FittedTask> tasks) {
    return outputs.withProbes(probes).withLosses(Regularized.losses(tasks, losses));
  }

  /** The mean of values [B] over the rows that have a say, 0 if there is none. */
  public static Operand<TFloating> mean(
      GraphContext scope, Operand<TFloating> values, Operand<TFloating> say) {
    Ops tf = scope.tf();
    Operand<TFloating> rows = tf.sum(say, tf.constant(0));
    Operand<TFloating> none = marks(scope, tf.math.less(rows, scope.constant(1)));
    return tf.math.div(tf.sum(tf.math.mul(values, say), tf.constant(0)), tf.math.add(rows, none));
  }

  private static Operand<TFloating> marks(GraphContext scope, Operand<TBool> which) {
    return scope.tf().dtypes.cast(which, scope.variables().type().tensorClass());
  }
}
