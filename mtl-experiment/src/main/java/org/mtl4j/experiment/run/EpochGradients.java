package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.mtl4j.core.training.TaskGradients;

/**
 * How the tasks' gradients go together at the end of an epoch: those of their mean losses, before
 * {@code loss_weight} and balancing, in all that tasks share. Means over the batches looked at.
 *
 * @param norms per task the length of its gradient; null where it is no number
 * @param cosines per task, and per task behind it, the cosine between the two; null where it is not
 *     defined, as one of them has no gradient in any batch
 */
record EpochGradients(Map<String, Double> norms, Map<String, Map<String, Double>> cosines) {
  /** Of the batches that were looked at, at least one. */
  static EpochGradients of(List<TaskGradients> batches) {
    List<String> tasks = batches.get(0).tasks();
    List<TaskGradients.Layer> shared =
        batches.stream().map(batch -> batch.together("shared")).toList();
    Map<String, Double> norms = new LinkedHashMap<>();
    Map<String, Map<String, Double>> cosines = new LinkedHashMap<>();
    for (int i = 0; i < tasks.size(); i++) {
      int one = i;
      norms.put(tasks.get(i), mean(shared.stream().mapToDouble(layer -> layer.norm(one))));
      Map<String, Double> others = new LinkedHashMap<>();
      for (int j = i + 1; j < tasks.size(); j++) {
        int other = j;
        others.put(
            tasks.get(j),
            mean(shared.stream().flatMapToDouble(layer -> layer.cosine(one, other).stream())));
      }
      if (!others.isEmpty()) {
        cosines.put(tasks.get(i), others);
      }
    }
    return new EpochGradients(norms, cosines);
  }

  /** What is defined of them, as scalars by tag. */
  Map<String, Double> scalars() {
    Map<String, Double> scalars = new LinkedHashMap<>();
    norms.forEach((task, norm) -> put(scalars, "gradient_norm/" + task, norm));
    cosines.forEach(
        (one, others) ->
            others.forEach(
                (other, cosine) -> put(scalars, "gradient_cosine/" + one + ", " + other, cosine)));
    return scalars;
  }

  private static void put(Map<String, Double> scalars, String tag, Double value) {
    if (value != null) {
      scalars.put(tag, value);
    }
  }

  /** Null where there is none, and where gradients are beyond all numbers. */
  private static Double mean(DoubleStream values) {
    OptionalDouble mean = values.average();
    return mean.isPresent() && Double.isFinite(mean.getAsDouble()) ? mean.getAsDouble() : null;
  }
}
