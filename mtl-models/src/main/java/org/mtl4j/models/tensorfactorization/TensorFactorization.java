package org.mtl4j.models.tensorfactorization;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Layers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Deep multi-task representation learning: Yang and Hospedales, "Deep multi-task representation
 * learning: a tensor factorisation approach", ICLR 2017. The kernels of a layer, of all T tasks,
 * are one tensor [in, units, T] that is never free, but made of factors:
 *
 * <pre>
 * W[i, u, t] = sum over a, b, c of core[a, b, c] input[i, a] output[u, b] task[t, c]
 * h_(t,k)    = relu(W_k[:, :, t]' h_(t,k-1) + b_(t,k)),   y_t = head_t(h_(t,last))
 * </pre>
 *
 * <p>This is the paper's Tucker variant, for it holds the others: with the full ranks of input and
 * output it is the one that flattens each task's weights into a column (LAF), and a tensor train
 * (TT) is one of its cores. At full rank it makes any T networks. The paper finds ranks by
 * decomposing networks that were trained one by one; here they are keys, and training begins from
 * factors drawn at random such that W has Glorot's variance. Heads, whose widths differ, are a
 * task's own, as the paper has it where tasks differ in outputs.
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). No
 * probes. Variables of layer K, in {@code tensor_factorization/dense_K}: {@code input/kernel} [in,
 * rank], {@code output/kernel} [units, rank], {@code task/kernel} [T, task rank] and {@code
 * core/kernel} [task rank, rank * rank]; and {@code tensor_factorization/task_TASK/dense_K/bias}
 * [units]. Use it for many tasks with few rows each; of two tasks a shared bottom says much the
 * same with less.
 *
 * @param layers widths of the ReLU layers, at least one
 * @param rank of the factors of input and output, 1 to 65,536; at most the layer's own widths are
 *     taken
 * @param taskRank of the factor of the tasks, 1 to 1024; at most the number of tasks is taken
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "Tensor factorisation (Yang and Hospedales, ICLR 2017): tasks' weights as one Tucker tensor.")
public record TensorFactorization(
    @Default("[128, 64]") List<Integer> layers,
    @Default("32") int rank,
    @Default("4") int taskRank,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  private static final int HIGHEST_RANK = 1 << 16;
  private static final int HIGHEST_TASK_RANK = 1024;

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public TensorFactorization {
    layers = Layers.atLeastOne("layers", layers);
    rank = checked("rank", rank, HIGHEST_RANK);
    taskRank = checked("task_rank", taskRank, HIGHEST_TASK_RANK);
    dropout = Layers.dropout(dropout);
  }

  private static int checked(String key, int rank, int highest) {
    if (rank < 1 || rank > highest) {
      throw new IllegalArgumentException(
          "%s: expected 1 to %d, found %d".formatted(key, highest, rank));
    }
    return rank;
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("tensor_factorization");
    List<FittedTask> tasks = context.tasks();
    List<Operand<TFloating>> hidden = new ArrayList<>();
    tasks.forEach(task -> hidden.add(inputs.features().all()));
    for (int layer = 1; layer <= layers.size(); layer++) {
      String place = "dense_" + layer;
      List<Operand<TFloating>> kernels =
          kernels(layer, GraphContext.width(hidden.get(0)), tasks.size()).apply(scope.scope(place));
      for (int t = 0; t < tasks.size(); t++) {
        GraphContext own = scope.scope("task_" + tasks.get(t).name()).scope(place);
        hidden.set(t, layer(own, hidden.get(t), kernels.get(t)));
      }
    }
    List<OutputTensor> logits = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      logits.add(TaskHead.logit(context.graph(), tasks.get(t), hidden.get(t)));
    }
    return ModelOutputs.of(
        logits,
        IntStream.rangeClosed(1, layers.size())
            .mapToObj(layer -> "tensor_factorization/dense_" + layer)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private TuckerKernels kernels(int layer, int in, int tasks) {
    return new TuckerKernels(
        in, layers.get(layer - 1), tasks, new TuckerKernels.Ranks(rank, taskRank));
  }

  private Operand<TFloating> layer(
      GraphContext own, Operand<TFloating> x, Operand<TFloating> kernel) {
    Ops tf = own.tf();
    Shape units = Shape.of(GraphContext.width(kernel));
    Operand<TFloating> bias = own.variable("bias", units, Initializer.zeros());
    Operand<TFloating> sums = tf.nn.biasAdd(tf.linalg.matMul(x, kernel), bias);
    Operand<TFloating> normal = normalization.apply(own.scope("normalization"), sums);
    return own.dropout(tf.nn.relu(normal), dropout);
  }
}
