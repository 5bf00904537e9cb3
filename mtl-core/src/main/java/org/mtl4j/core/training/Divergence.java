package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * What is not finite in a run that diverged, in the words of the user.
 *
 * @param step number of the step, from 1
 * @param losses those that are not finite, by task; under {@link #TOTAL} the one that is minimised
 * @param values variables and table rows that are not finite themselves
 * @param gradients per variable or table row whose gradient is not finite the tasks whose losses
 *     alone have such a gradient there; none where only the sum of the tasks has
 * @param lossWeights by task; empty where no loss was looked at
 */
record Divergence(
    long step,
    Map<String, Double> losses,
    List<Place> values,
    Map<Place, Set<String>> gradients,
    Map<String, Double> lossWeights) {
  static final String TOTAL = "";
  private static final int NAMED = 3;
  private static final String DENSE_RATE = "training.optimizer.learning_rate";
  private static final String ROWS_RATE = "training.embedding_optimizer.learning_rate";

  /**
   * A variable, or a row of an embedding table.
   *
   * @param name the variable's or the table's name
   * @param row the id of the row; empty for a dense variable
   */
  record Place(String name, Optional<Long> row) {
    @Override
    public String toString() {
      return name + row.map(id -> " (id " + id + ")").orElse("");
    }
  }

  /** The failure to report. */
  MtlException failure() {
    return new MtlException(
        new Problem(
            ErrorCode.DIVERGED,
            "step " + step,
            "Training diverged: expected finite losses and gradients, found " + found() + ".",
            remedy()));
  }

  private String found() {
    List<String> parts = new ArrayList<>();
    Map<String, Double> tasks = new LinkedHashMap<>(losses);
    Double total = tasks.remove(TOTAL);
    tasks.forEach((task, loss) -> parts.add("the loss of the task " + task + " " + loss));
    if (tasks.isEmpty() && total != null) {
      parts.add("the total loss " + total + " though each task's is finite");
    }
    if (!values.isEmpty()) {
      parts.add("values that are not finite in " + some(values));
    }
    if (!gradients.isEmpty()) {
      parts.add(
          "a gradient that is not finite of "
              + some(List.copyOf(gradients.keySet()))
              + tasksOfGradients());
    }
    if (parts.isEmpty()) {
      parts.add("finite gradients so large that their sum is not");
    }
    return String.join(", ", parts);
  }

  private String tasksOfGradients() {
    Set<String> tasks = new LinkedHashSet<>();
    gradients.values().forEach(tasks::addAll);
    return switch (tasks.size()) {
      case 0 -> ", of no single task";
      case 1 -> ", by the task " + tasks.iterator().next();
      default -> ", by the tasks " + String.join(", ", tasks);
    };
  }

  private static String some(List<Place> places) {
    String named =
        places.stream().limit(NAMED).map(Place::toString).collect(Collectors.joining(", "));
    int more = places.size() - NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }

  /** The largest weight, if it is weights that made finite losses or gradients infinite. */
  private Optional<String> heaviest() {
    boolean ofOneTask = losses.keySet().stream().anyMatch(task -> !task.equals(TOTAL));
    boolean ownGradient = gradients.values().stream().anyMatch(tasks -> !tasks.isEmpty());
    if (ofOneTask || ownGradient || !values.isEmpty()) {
      return Optional.empty();
    }
    return lossWeights.entrySet().stream()
        .filter(weight -> weight.getValue() > 1)
        .max(Map.Entry.comparingByValue())
        .map(weight -> "tasks." + weight.getKey() + ".loss_weight (" + weight.getValue() + ")");
  }

  /** The rate that moves what is broken; both where that is not known. */
  private String remedy() {
    Set<Place> places = new LinkedHashSet<>(values);
    places.addAll(gradients.keySet());
    boolean rows = places.stream().anyMatch(place -> place.row().isPresent());
    boolean dense = places.stream().anyMatch(place -> place.row().isEmpty());
    List<String> keys = new ArrayList<>();
    if (dense || !rows) {
      keys.add(DENSE_RATE);
    }
    if (rows || !dense) {
      keys.add(ROWS_RATE);
    }
    heaviest().ifPresent(key -> keys.add(0, key));
    return "Lower "
        + String.join(" or ", keys)
        + ", and look for very large labels, example weights and numeric features (transform:"
        + " standardize or log1p).";
  }
}
