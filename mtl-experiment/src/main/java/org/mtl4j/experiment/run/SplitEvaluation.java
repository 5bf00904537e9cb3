package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.metric.RowRoom;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.eval.curve.OutputPlots;
import org.mtl4j.eval.evaluator.Measurement;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.experiment.kept.KeptBlock;
import org.mtl4j.experiment.kept.KeptWriter;

/** Measures a split's rows, and once more those that are cold and those that are warm. */
final class SplitEvaluation {
  private static final String COLD = "/cold/";
  private static final String WARM = "/warm/";

  private final List<OutputSpec> outputs;
  private final List<String> columns;
  private final Bootstrap bootstrap;
  private final Map<String, PredictionCollector> parts = new LinkedHashMap<>();
  private final Optional<KeptWriter> kept;
  private final Optional<SplitSlices> slices;
  private final List<OutputSpec> calibrated;

  /**
   * Nothing measured yet.
   *
   * @param outputs what is predicted
   * @param kept takes the rows with their predictions; empty: nothing does
   * @param slices takes which rows are measured; empty: none are asked for
   * @param calibrated outputs of which is looked at how frequent what is predicted is
   */
  SplitEvaluation(
      ExperimentPlan plan,
      List<OutputSpec> outputs,
      Optional<KeptWriter> kept,
      Optional<SplitSlices> slices,
      List<OutputSpec> calibrated) {
    this.calibrated = calibrated;
    this.outputs = outputs;
    this.kept = kept;
    this.slices = slices;
    this.bootstrap = Bootstrap.of(plan.config().evaluation().bootstrap());
    this.columns = plan.config().evaluation().cold();
    RowRoom room = RowRooms.ofExperiment();
    parts.put("", plan.judge().evaluator().collector(outputs, room));
    for (String column : columns) {
      parts.put(COLD + column, plan.judge().evaluator().collector(outputs, room));
      parts.put(WARM + column, plan.judge().evaluator().collector(outputs, room));
    }
  }

  /** Whether figures of that name are of some of a split's rows. */
  static boolean isPart(String name) {
    return name.contains(COLD) || name.contains(WARM);
  }

  /**
   * What was found.
   *
   * @param parts per part its figures: {@code ""} is all rows, {@code /cold/user_id} some of them
   * @param plots what all rows look like, output by output
   * @param slices what was found in parts of the rows, if that is asked for
   * @param look how frequent what is predicted is, of the outputs of which that is asked
   */
  record Measured(
      Map<String, Measurement> parts,
      List<Chart> plots,
      FoundSlices slices,
      CalibrationLook look) {}

  /** Predicts the rows and measures them. */
  Measured measure(Scorer model, EncodedData rows) {
    model.predict(
        rows, (from, predictions) -> add(rows.block(from, predictions.rowCount()), predictions));
    Map<String, Measurement> measured = new LinkedHashMap<>();
    parts.forEach((part, collector) -> measured.put(part, collector.measurement(bootstrap)));
    return new Measured(
        measured,
        plots(),
        slices.map(asked -> asked.figures(parts.get("").rows())).orElse(FoundSlices.NONE),
        CalibrationLook.of(calibrated, parts.get("").rows()));
  }

  private List<Chart> plots() {
    Map<String, EvaluationRows> rows = parts.get("").rows();
    return outputs.stream()
        .flatMap(output -> OutputPlots.of(output, rows.get(output.name())).stream())
        .toList();
  }

  private void add(EncodedRows block, Predictions predictions) {
    kept.ifPresent(
        writer ->
            writer.add(
                new KeptBlock(
                    RecordMarks.of(block.labels()), predictions, block.labels(), block.groups())));
    slices.ifPresent(asked -> asked.add(block));
    Optional<RowItems> items = ItemMarks.of(block.labels());
    parts.get("").add(predictions, block.labels(), block.groups(), items);
    for (String column : columns) {
      Map<String, LabelColumn> cold = ColdRows.only(true, column, block.labels());
      Map<String, LabelColumn> warm = ColdRows.only(false, column, block.labels());
      parts.get(COLD + column).add(predictions, cold, block.groups(), items);
      parts.get(WARM + column).add(predictions, warm, block.groups(), items);
    }
  }
}
