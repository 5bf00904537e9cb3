package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.experiment.events.EventLog;

/**
 * A training as scalars for TensorBoard: losses, weights and the learning rate of every n-th step,
 * and after each epoch their means and what {@code history.jsonl} has beside them.
 *
 * @param log gets them
 * @param every n
 */
record RunScalars(EventLog log, int every) {
  void step(TrainingListener.Step step) {
    if (step.step() % every == 0) {
      Map<String, Double> values = new LinkedHashMap<>();
      putLosses(values, "", step.losses());
      values.put("learning_rate/factor", step.rate());
      log.add(step.step(), values);
    }
  }

  void epoch(TrainingListener.Epoch epoch, Map<String, Double> gradients) {
    Map<String, Double> values = new LinkedHashMap<>();
    putLosses(values, "epoch_", epoch.losses());
    values.putAll(gradients);
    epoch
        .validation()
        .ifPresent(
            report ->
                report
                    .outputs()
                    .forEach(
                        (output, metrics) ->
                            metrics
                                .values()
                                .forEach(
                                    (metric, value) ->
                                        value.ifPresent(
                                            v ->
                                                values.put(
                                                    "validation/" + output + "/" + metric, v)))));
    log.add(epoch.step(), values);
  }

  private static void putLosses(Map<String, Double> values, String prefix, StepLosses losses) {
    values.put(prefix + "loss/total", losses.total());
    losses.tasks().forEach((task, loss) -> values.put(prefix + "loss/task/" + task, loss));
    losses.weights().forEach((task, weight) -> values.put(prefix + "weight/" + task, weight));
  }
}
