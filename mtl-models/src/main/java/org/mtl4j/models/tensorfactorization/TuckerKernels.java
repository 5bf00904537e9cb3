package org.mtl4j.models.tensorfactorization;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The kernels of one layer of all tasks, a tensor [in, units, tasks], by Tucker's factors: W[i, u,
 * t] = sum over a, b, c of core[a, b, c] input[i, a] output[u, b] task[t, c].
 *
 * @param in width of the layer's input
 * @param units width of its output
 * @param tasks number of tasks
 * @param ranks of input and output, and of the tasks: no more than these are
 */
record TuckerKernels(int in, int units, int tasks, Ranks ranks) {
  /** Of a uniform value in [-limit, limit) the variance is limit^2 / 3. */
  private static final double UNIFORM = 3;

  /**
   * How many columns factors have at most.
   *
   * @param wide of input and output
   * @param task of the tasks
   */
  record Ranks(int wide, int task) {}

  private int inputRank() {
    return Math.min(ranks.wide(), in);
  }

  private int outputRank() {
    return Math.min(ranks.wide(), units);
  }

  private int taskRank() {
    return Math.min(ranks.task(), tasks);
  }

  /**
   * The kernels, a task each [in, units]. Factors have the variance 1 / rank and the core Glorot's:
   * an element of W is a sum of so many products of four independent values of mean 0 that the
   * ranks cancel, and W has the core's variance.
   */
  List<Operand<TFloating>> apply(GraphContext scope) {
    Ops tf = scope.tf();
    int a = inputRank();
    int b = outputRank();
    Operand<TFloating> core =
        scope
            .scope("core")
            .variable(
                "kernel", Shape.of(taskRank(), (long) a * b), Initializer.glorotUniform(in, units));
    Operand<TFloating> mixed = tf.linalg.matMul(factor(scope, "task", tasks, taskRank()), core);
    Operand<TFloating> input = factor(scope, "input", in, a);
    Operand<TFloating> output =
        tf.linalg.transpose(factor(scope, "output", units, b), tf.constant(new int[] {1, 0}));
    Operand<TFloating> cores = tf.reshape(mixed, tf.constant(new int[] {tasks, a, b}));
    return tf.unstack(cores, (long) tasks).output().stream()
        .<Operand<TFloating>>map(own -> tf.linalg.matMul(tf.linalg.matMul(input, own), output))
        .toList();
  }

  /** A factor [rows, rank]. */
  private static Operand<TFloating> factor(GraphContext scope, String name, int rows, int rank) {
    Initializer initializer = new Initializer.Uniform(Math.sqrt(UNIFORM / rank));
    return scope.scope(name).variable("kernel", Shape.of(rows, rank), initializer);
  }
}
