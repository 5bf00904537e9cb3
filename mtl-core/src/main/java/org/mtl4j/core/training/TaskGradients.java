package org.mtl4j.core.training;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How the gradients of T tasks' mean losses go together in one batch, layer by layer: all that
 * norms and cosines between tasks are made of, whatever the size of a layer.
 *
 * @param tasks the tasks, in order
 * @param layers those that at least one task has a gradient in, in the order of their variables; an
 *     embedding table is one, with the rows that the batch touches
 */
public record TaskGradients(List<String> tasks, List<Layer> layers) {
  /** Copies the lists. */
  public TaskGradients {
    tasks = List.copyOf(tasks);
    layers = List.copyOf(layers);
  }

  /**
   * The gradients in one layer.
   *
   * @param name of the scope that its variables are in, or of the embedding table
   * @param products [T][T]: the inner product of two tasks' gradients, 0 where one has none
   */
  public record Layer(String name, double[][] products) {
    /** The length of a task's gradient. */
    public double norm(int task) {
      return Math.sqrt(products[task][task]);
    }

    /** The cosine between two tasks' gradients, in [-1, 1]; empty where one is 0. */
    public OptionalDouble cosine(int one, int other) {
      double norms = norm(one) * norm(other);
      return norms > 0
          ? OptionalDouble.of(Math.max(-1, Math.min(1, products[one][other] / norms)))
          : OptionalDouble.empty();
    }

    private boolean isShared() {
      return IntStream.range(0, products.length).filter(t -> products[t][t] > 0).count() > 1;
    }
  }

  /** The layers in which at least two tasks have a gradient. */
  public List<Layer> shared() {
    return layers.stream().filter(Layer::isShared).toList();
  }

  /**
   * The gradients in all shared layers, one behind the other.
   *
   * @param name what they are called together
   */
  public Layer together(String name) {
    double[][] sums = new double[tasks.size()][tasks.size()];
    for (Layer layer : shared()) {
      for (int i = 0; i < sums.length; i++) {
        for (int j = 0; j < sums.length; j++) {
          sums[i][j] += layer.products()[i][j];
        }
      }
    }
    return new Layer(name, sums);
  }
}
