package org.mtl4j.core.head;

import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * From a tower's output to a logit, from a logit to a loss and to a prediction: one a task type.
 */
public sealed interface TaskHead
    permits BinaryHead,
        MulticlassHead,
        MultilabelHead,
        RegressionHead,
        PoissonHead,
        ZilnHead,
        FinishedHead {
  /** The head of an output. */
  static TaskHead of(OutputSpec output) {
    if (output.encoding() instanceof LabelEncoding.Classes classes) {
      return new MulticlassHead(classes.names().size());
    }
    if (output.encoding() instanceof LabelEncoding.ClassSet) {
      return new MultilabelHead();
    }
    if (output.encoding() instanceof LabelEncoding.Columns) {
      return new FinishedHead();
    }
    if (output.encoding() instanceof LabelEncoding.Scale scale) {
      return number(((TaskType.Regression) output.type()).loss(), scale);
    }
    return new BinaryHead(((TaskType.Binary) output.type()).loss());
  }

  private static TaskHead number(RegressionLoss loss, LabelEncoding.Scale scale) {
    if (loss instanceof RegressionLoss.Poisson) {
      return new PoissonHead(scale.mean());
    }
    return loss instanceof RegressionLoss.Ziln
        ? new ZilnHead(scale.mean())
        : new RegressionHead(loss, scale);
  }

  /**
   * The logit of a task over a tower's output: a linear layer in the scope {@code head_TASK/logit},
   * without a bias for a task that ranks, and for an ordinal task {@link ProportionalOdds}.
   *
   * @param hidden [B, width]
   * @return [B]; [B, classes] for a multiclass, ordinal or multilabel task; [B, 3] for a regression
   *     by {@code ziln}
   */
  static OutputTensor.Logit logit(GraphContext root, FittedTask task, Operand<TFloating> hidden) {
    GraphContext scope = root.scope("head_" + task.name()).scope("logit");
    if (task.task().type() instanceof TaskType.Ordinal) {
      return new OutputTensor.Logit(
          task.name(), new ProportionalOdds(task.width()).apply(scope, hidden));
    }
    Operand<TFloating> logit =
        task.task().ranks()
            ? withoutBias(scope, hidden)
            : new Dense(task.width(), Activation.LINEAR).apply(scope, hidden);
    boolean vector = task.encoding().names().isEmpty() && task.width() == 1;
    return new OutputTensor.Logit(
        task.name(),
        vector ? scope.tf().reshape(logit, scope.tf().constant(new int[] {-1})) : logit);
  }

  /**
   * A bias is the same in all rows of a query: no ranking's loss depends on it. Its gradient would
   * be rounding errors, which Adam makes as long as any other, and the scores would drift.
   */
  private static Operand<TFloating> withoutBias(GraphContext scope, Operand<TFloating> hidden) {
    int in = GraphContext.width(hidden);
    Operand<TFloating> kernel =
        scope.variable("kernel", Shape.of(in, 1), Initializer.glorotUniform(in, 1));
    return scope.tf().linalg.matMul(hidden, kernel);
  }

  /**
   * The loss of each example [B].
   *
   * @param labels [B], of sets [B, classes], as {@link org.mtl4j.core.model.Supervision} has them
   * @param smoothing the share of a label that is spread over the classes, 0 of a number
   * @throws IllegalArgumentException if the head has no loss for that kind of output
   */
  Operand<TFloating> loss(
      GraphContext context, OutputTensor output, Operand<TFloating> labels, double smoothing);

  /** The loss of each example [B], of labels as they are. */
  default Operand<TFloating> loss(
      GraphContext context, OutputTensor output, Operand<TFloating> labels) {
    return loss(context, output, labels, 0);
  }

  /** Yes or no, 1 or 0, with a share of it spread over both: y (1 - e) + e / 2. */
  static Operand<TFloating> smoothed(
      GraphContext context, Operand<TFloating> labels, double smoothing) {
    return smoothing == 0
        ? labels
        : context
            .tf()
            .math
            .add(
                context.tf().math.mul(labels, context.constant(1 - smoothing)),
                context.constant(smoothing / 2));
  }

  /**
   * What users see: probabilities [B] or [B, classes], or values in the label's unit [B].
   *
   * @throws IllegalArgumentException if the head cannot predict from that kind of output
   */
  Operand<TFloating> prediction(GraphContext context, OutputTensor output);
}
