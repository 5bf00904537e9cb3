package org.mtl4j.core.head;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.task.LossRule;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The losses of a training pass.
 *
 * @param tasks the terms that belong to tasks, in the model's order; a task may have several
 * @param regularizers scalars that belong to none
 */
public record ModelLosses(List<TaskLoss> tasks, List<Operand<TFloating>> regularizers) {
  /** Copies the lists. */
  public ModelLosses {
    tasks = List.copyOf(tasks);
    regularizers = List.copyOf(regularizers);
  }

  /**
   * The losses that a model asked for, or else each task output's own.
   *
   * @param specs the model's outputs
   * @param outputs what its training pass gave
   * @param supervision labels and weights per output
   */
  public static ModelLosses of(
      GraphContext root,
      List<OutputSpec> specs,
      ModelOutputs outputs,
      Map<String, Supervision> supervision) {
    return of(root, specs, outputs, supervision, Map.of());
  }

  /**
   * The same by rules.
   *
   * @param specs the model's outputs
   * @param outputs what its training pass gave
   * @param supervision labels and weights per output
   * @param rules per task its class weights and smoothing; where there is none labels are taken as
   *     they are. They hold for what heads compute, not for losses that a model computes itself
   */
  public static ModelLosses of(
      GraphContext root,
      List<OutputSpec> specs,
      ModelOutputs outputs,
      Map<String, Supervision> supervision,
      Map<String, LossRule> rules) {
    Builder builder = new Builder(root.scope("loss"), supervision, rules);
    for (int i = 0; i < specs.size(); i++) {
      builder.know(specs.get(i), outputs.outputs().get(i));
    }
    List<ModelLoss> wanted = outputs.losses().isEmpty() ? defaults(specs) : outputs.losses();
    wanted.forEach(builder::add);
    return new ModelLosses(builder.tasks, builder.regularizers);
  }

  private static List<ModelLoss> defaults(List<OutputSpec> specs) {
    List<ModelLoss> losses = new ArrayList<>();
    for (OutputSpec spec : specs) {
      if (spec.label() instanceof LabelRule.OfTask label) {
        losses.add(new ModelLoss.OfOutput(spec.name(), label.task()));
      }
    }
    return losses;
  }

  private static final class Builder {
    private final GraphContext context;
    private final Map<String, Supervision> supervision;
    private final Map<String, LossRule> rules;
    private final Map<String, OutputSpec> specs = new HashMap<>();
    private final Map<String, OutputTensor> tensors = new HashMap<>();
    private final List<TaskLoss> tasks = new ArrayList<>();
    private final List<Operand<TFloating>> regularizers = new ArrayList<>();

    Builder(
        GraphContext context, Map<String, Supervision> supervision, Map<String, LossRule> rules) {
      this.context = context;
      this.supervision = supervision;
      this.rules = rules;
    }

    void know(OutputSpec spec, OutputTensor tensor) {
      specs.put(spec.name(), spec);
      tensors.put(spec.name(), tensor);
    }

    void add(ModelLoss loss) {
      if (loss instanceof ModelLoss.OfOutput of) {
        Supervision labels = supervision.get(of.output());
        OutputTensor tensor = tensors.get(of.output());
        if (labels == null || tensor == null) {
          throw new IllegalArgumentException(
              "the model asks for a loss of the output \"" + of.output() + "\", which it lacks");
        }
        if (labels.comparison().isPresent()) {
          tasks.add(TaskLoss.of(context, of.task(), RankingLoss.of(context, tensor, labels)));
          return;
        }
        TaskHead head = TaskHead.of(specs.get(of.output()));
        LossRule rule = rules.getOrDefault(of.task(), LossRule.weighted(1));
        addTask(
            of.task(),
            head.loss(context, tensor, labels.labels(), rule.smoothing()),
            weights(labels, rule.classWeights()));
      } else if (loss instanceof ModelLoss.PerExample own) {
        addTask(own.task(), own.values(), own.weights());
      } else if (loss instanceof ModelLoss.Regularizer regularizer) {
        regularizers.add(regularizer.value());
      }
    }

    /** The weights of rows [B], times those of their classes. */
    private Operand<TFloating> weights(Supervision labels, List<Double> classWeights) {
      if (classWeights.isEmpty()) {
        return labels.weights();
      }
      Ops tf = context.tf();
      double[] byClass = classWeights.stream().mapToDouble(weight -> weight).toArray();
      Operand<TFloating> table = context.toFloating(tf.constant(byClass));
      Operand<TInt32> classes = tf.dtypes.cast(labels.labels(), TInt32.class);
      return tf.math.mul(labels.weights(), tf.gather(table, classes, tf.constant(0)));
    }

    private void addTask(String task, Operand<TFloating> values, Operand<TFloating> weights) {
      tasks.add(TaskLoss.of(context, task, new TaskLoss.Rows(values, weights)));
    }
  }
}
