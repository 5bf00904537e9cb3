package org.mtl4j.eval.calibration;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.model.Calibrator;

/**
 * What fitting a calibrator came to.
 *
 * @param calibrator what was found; empty where the output is better left as it is
 * @param rows number of rows that it was fitted to
 * @param before log loss of these rows as the model has it, weighted, in nats; of a multilabel
 *     output the mean over its classes
 * @param after the same with the calibrator, never above {@code before}; without one {@code before}
 * @param warnings why it, or some classes of it, were left as they are: a sentence each
 */
public record CalibrationResult(
    Optional<Calibrator> calibrator, int rows, double before, double after, List<String> warnings) {
  /** Copies the list. */
  public CalibrationResult {
    warnings = List.copyOf(warnings);
  }
}
