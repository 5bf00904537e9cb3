package org.mtl4j.experiment.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.mtl4j.eval.report.Element;

/**
 * The epochs of a run as plots: training loss by task, the tasks' weights where they change, how
 * their gradients go together, and each validation metric by output. An epoch whose line is
 * missing, and a figure that is not defined, part the line.
 */
final class LearningCurves {
  /** More pairs of tasks than these nobody tells apart. */
  private static final int MOST_PAIRS = 12;

  private final int epochs;
  private final EpochCurves losses = new EpochCurves();
  private final EpochCurves weights = new EpochCurves();
  private final EpochCurves norms = new EpochCurves();
  private final EpochCurves cosines = new EpochCurves();
  private final Map<String, EpochCurves> metrics = new LinkedHashMap<>();

  private LearningCurves(History history) {
    this.epochs = history.epochs();
    history.lines().forEach(this::take);
  }

  static List<Element> of(History history) {
    return new LearningCurves(history).plots();
  }

  private void take(int epoch, JsonNode line) {
    JsonNode train = line.path("train");
    each(train.path("tasks"), (task, v) -> losses.put(task, epoch, v));
    each(train.path("weights"), (task, v) -> weights.put(task, epoch, v));
    JsonNode gradients = line.path("gradients");
    each(gradients.path("norms"), (task, v) -> norms.put(task, epoch, v));
    each(
        gradients.path("cosines"),
        (one, others) -> each(others, (other, v) -> cosines.put(one + ", " + other, epoch, v)));
    each(
        line.path("validation"),
        (output, figures) -> each(figures, (metric, v) -> of(metric).put(output, epoch, v)));
  }

  private EpochCurves of(String metric) {
    return metrics.computeIfAbsent(metric, m -> new EpochCurves());
  }

  private List<Element> plots() {
    List<Element> plots = new ArrayList<>();
    if (!losses.isEmpty()) {
      plots.add(losses.chart("Training loss", "Each task's own, before loss weights.", epochs));
    }
    if (!weights.isConstant()) {
      plots.add(
          weights.chart(
              "Task weights",
              "What a task's loss counts in what tasks share, loss_weight included: the mean over an epoch's steps.",
              epochs));
    }
    if (!norms.isEmpty()) {
      plots.add(
          norms.chart(
              "Gradient norms",
              "The length of each task's gradient in what tasks share, before loss weights, after each epoch.",
              epochs));
      plots.add(cosines());
    }
    metrics.forEach(
        (metric, curves) ->
            plots.add(curves.chart("Validation: " + metric, "After each epoch.", epochs)));
    return plots;
  }

  private Element cosines() {
    String reading =
        "Between two tasks, in what they share, after each epoch: below 0 a step that helps one hurts the other.";
    if (cosines.size() > MOST_PAIRS) {
      reading += " Of %d pairs the %d with the lowest mean.".formatted(cosines.size(), MOST_PAIRS);
      cosines.keepLowest(MOST_PAIRS);
    }
    return cosines.chart("Gradient cosines", reading, epochs);
  }

  private static void each(JsonNode object, BiConsumer<String, JsonNode> visitor) {
    object.properties().forEach(field -> visitor.accept(field.getKey(), field.getValue()));
  }
}
