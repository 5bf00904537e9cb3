package org.mtl4j.eval.curve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.report.Chart;

/**
 * The plots that tell most of an output: of a binary one its ROC and precision-recall curves,
 * whether its probabilities come true, and how its scores are spread; of classes which are taken
 * for which; of a value what came of each tenth of the predictions. Example weights count. They
 * take memory that does not grow with the rows.
 */
public final class OutputPlots {
  private OutputPlots() {}

  /**
   * The plots of one output's rows; none where there is nothing to tell, as one class is absent or
   * nothing weighs anything.
   */
  public static List<Chart> of(OutputSpec output, EvaluationRows rows) {
    TaskType type = output.type();
    if (type instanceof TaskType.Binary) {
      return Stream.of(
              RocCurve.of(output.name(), rows),
              PrecisionRecallCurve.of(output.name(), rows),
              ReliabilityDiagram.of(
                  output.name() + ": reliability",
                  Map.of(output.name(), ReliabilityDiagram.table(rows))),
              ScoreDistribution.of(output.name(), rows))
          .flatMap(Optional::stream)
          .toList();
    }
    if (type.isClass()) {
      return Confusion.of(output.name(), output.encoding().names(), rows).stream().toList();
    }
    if (type instanceof TaskType.Regression) {
      return PredictedValues.of(output.name(), rows).stream().toList();
    }
    return List.of();
  }
}
