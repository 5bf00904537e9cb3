package org.mtl4j.experiment.diagnose;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.training.TrainingListener;

/**
 * What is taken down of an epoch, as a line of a file has it.
 *
 * @param epoch its number, from 1
 * @param losses per task its mean training loss
 * @param validation per task and figure of {@link Headlines#LOSSES} its value, where it is defined
 * @param best whether its state is the one to keep so far
 * @param gradients of no layer where nobody looks at them
 */
record ObservedEpoch(
    int epoch,
    Map<String, Double> losses,
    Map<String, Map<String, Double>> validation,
    boolean best,
    GradientTrace.Epoch gradients) {
  static ObservedEpoch of(TrainingListener.Epoch epoch, GradientTrace.Epoch gradients) {
    Map<String, Map<String, Double>> validation = new LinkedHashMap<>();
    epoch
        .validation()
        .ifPresent(
            report ->
                report
                    .outputs()
                    .forEach(
                        (output, metrics) -> {
                          Map<String, Double> values = new LinkedHashMap<>();
                          metrics
                              .values()
                              .forEach(
                                  (key, value) -> {
                                    if (Headlines.LOSSES.contains(key) && value.isPresent()) {
                                      values.put(key, value.getAsDouble());
                                    }
                                  });
                          validation.put(output, values);
                        }));
    return new ObservedEpoch(
        epoch.epoch(), epoch.losses().tasks(), validation, epoch.best(), gradients);
  }
}
