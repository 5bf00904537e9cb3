package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.curve.ReliabilityDiagram;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.evaluator.Measurement;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.metric.Brier;
import org.mtl4j.eval.metric.Ece;
import org.mtl4j.eval.metric.LogLoss;
import org.mtl4j.eval.metric.Pcoc;
import org.mtl4j.eval.metric.ReliabilityTable;

/**
 * How frequent what was predicted is, by some outputs' rows.
 *
 * @param figures log loss, Brier score, ECE and predicted over observed positives, as far as they
 *     are of the output's type; without intervals
 * @param reliability of binary outputs, bin by bin
 */
record CalibrationLook(Measurement figures, Map<String, ReliabilityTable> reliability) {
  /** Of no output. */
  static final CalibrationLook NONE = of(List.of(), Map.of());

  /** Copies the map. */
  CalibrationLook {
    reliability = Map.copyOf(reliability);
  }

  /**
   * Looks at rows.
   *
   * @param rows per output those that have a say
   */
  static CalibrationLook of(List<OutputSpec> outputs, Map<String, EvaluationRows> rows) {
    Map<OutputSpec, EvaluationRows> looked = new LinkedHashMap<>();
    Map<String, ReliabilityTable> reliability = new LinkedHashMap<>();
    for (OutputSpec output : outputs) {
      EvaluationRows own = rows.get(output.name());
      looked.put(output, own);
      if (output.type() instanceof TaskType.Binary) {
        reliability.put(output.name(), ReliabilityDiagram.table(own));
      }
    }
    Evaluator evaluator = new Evaluator(List.of(new LogLoss(), new Brier(), new Ece(), new Pcoc()));
    return new CalibrationLook(evaluator.measurement(looked, new Bootstrap(0)), reliability);
  }
}
