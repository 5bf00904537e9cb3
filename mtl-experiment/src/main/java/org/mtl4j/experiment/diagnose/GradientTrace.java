package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.training.TaskGradients;

/**
 * The gradients of T tasks over a training.
 *
 * @param tasks the tasks, in order
 * @param epochs what was seen at the end of each epoch
 */
record GradientTrace(List<String> tasks, List<Epoch> epochs) {
  /** The name under which all shared layers together stand. */
  static final String ALL = "all shared layers";

  GradientTrace {
    tasks = List.copyOf(tasks);
    epochs = List.copyOf(epochs);
  }

  /**
   * The end of an epoch.
   *
   * @param epoch its number, from 1
   * @param cosines per layer, and for {@link #ALL}, [T][T] the cosine between two tasks' gradients,
   *     the mean over the batches looked at; NaN where it is not defined
   * @param norms [T] the length of each task's gradient in all shared layers, the mean over the
   *     batches
   */
  record Epoch(int epoch, Map<String, double[][]> cosines, double[] norms) {
    /** Where nobody looks. */
    static Epoch unseen(int epoch) {
      return new Epoch(epoch, Map.of(), new double[0]);
    }

    /** Of the batches that were looked at, at least one. */
    static Epoch of(int epoch, List<TaskGradients> batches) {
      int tasks = batches.get(0).tasks().size();
      Map<String, Mean> means = new LinkedHashMap<>();
      double[] norms = new double[tasks];
      means.put(ALL, new Mean(tasks));
      for (TaskGradients batch : batches) {
        TaskGradients.Layer all = batch.together(ALL);
        means.get(ALL).add(all);
        for (int t = 0; t < tasks; t++) {
          norms[t] += all.norm(t) / batches.size();
        }
        batch.shared().forEach(l -> means.computeIfAbsent(l.name(), n -> new Mean(tasks)).add(l));
      }
      Map<String, double[][]> cosines = new LinkedHashMap<>();
      means.forEach((layer, mean) -> cosines.put(layer, mean.values()));
      return new Epoch(epoch, cosines, norms);
    }
  }

  /** The mean of cosines over the batches where they are defined. */
  private static final class Mean {
    private final double[][] sums;
    private final int[][] counts;

    Mean(int tasks) {
      sums = new double[tasks][tasks];
      counts = new int[tasks][tasks];
    }

    void add(TaskGradients.Layer layer) {
      for (int i = 0; i < sums.length; i++) {
        for (int j = 0; j < sums.length; j++) {
          if (layer.cosine(i, j).isPresent()) {
            sums[i][j] += layer.cosine(i, j).getAsDouble();
            counts[i][j]++;
          }
        }
      }
    }

    double[][] values() {
      double[][] values = new double[sums.length][sums.length];
      for (int i = 0; i < sums.length; i++) {
        for (int j = 0; j < sums.length; j++) {
          values[i][j] = sums[i][j] / counts[i][j];
        }
      }
      return values;
    }
  }

  /** The layers that were seen, {@link #ALL} first. */
  List<String> layers() {
    return epochs.stream().flatMap(e -> e.cosines().keySet().stream()).distinct().toList();
  }

  /** A pair's cosine in a layer, the mean over the epochs; NaN where none is defined. */
  double mean(String layer, int one, int other) {
    return epochs.stream()
        .filter(epoch -> epoch.cosines().containsKey(layer))
        .mapToDouble(epoch -> epoch.cosines().get(layer)[one][other])
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * A task's norm, the geometric mean over the epochs in which it has a gradient: no single epoch
   * decides. 0 where there is none.
   */
  double norm(int task) {
    OptionalDouble log =
        epochs.stream()
            .mapToDouble(epoch -> epoch.norms()[task])
            .filter(norm -> norm > 0)
            .map(Math::log)
            .average();
    return log.isPresent() ? Math.exp(log.getAsDouble()) : 0;
  }

  /** A pair of tasks, by their places. */
  record Pair(int one, int other) {}

  /** All pairs of tasks. */
  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    IntStream.range(0, tasks.size())
        .forEach(i -> IntStream.range(i + 1, tasks.size()).forEach(j -> pairs.add(new Pair(i, j))));
    return pairs;
  }
}
