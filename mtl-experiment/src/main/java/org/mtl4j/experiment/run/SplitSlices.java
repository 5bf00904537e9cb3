package org.mtl4j.experiment.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.fairness.FairnessFigures;
import org.mtl4j.eval.fairness.FairnessMeasure;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.eval.slice.SlicedRows;
import org.mtl4j.eval.slice.Slicing;
import org.mtl4j.experiment.config.EvaluationConfig;
import org.mtl4j.experiment.config.FairnessConfig;
import org.mtl4j.experiment.slice.MeasuredRows;
import org.mtl4j.experiment.slice.RecordSum;
import org.mtl4j.experiment.slice.SliceReader;

/**
 * The slices of a split's rows. What they are parted by is not among the encoded rows: it is read
 * once more when all are measured, so that other slices cost no other encoding.
 */
final class SplitSlices {
  private static final String SLICES = "evaluation.slices";
  private static final String FAIRNESS = "evaluation.fairness";

  private final ExperimentPlan plan;
  private final SplitDataset dataset;
  private final Split split;
  private final MeasuredRows measured;
  private final RecordSum records = new RecordSum();

  /** Of rows that are measured from now on. */
  SplitSlices(ExperimentPlan plan, SplitDataset dataset, Split split, List<OutputSpec> outputs) {
    this.plan = plan;
    this.dataset = dataset;
    this.split = split;
    this.measured = new MeasuredRows(outputs);
  }

  /** Whether the experiment asks for any. */
  static boolean areAskedFor(EvaluationConfig evaluation) {
    return !evaluation.slices().isEmpty() || evaluation.fairness().isPresent();
  }

  /**
   * Checks that the columns are there.
   *
   * @throws MtlException COLUMN_MISSING if one is not
   */
  static void check(EvaluationConfig evaluation, Columns columns) {
    reader(evaluation, columns);
  }

  /** The slices' rules, and behind them that of the protected groups. */
  private static SliceReader reader(EvaluationConfig evaluation, Columns columns) {
    SliceReader slices = SliceReader.of(SLICES, evaluation.slices(), columns);
    return evaluation.fairness().map(f -> slices.andOwnValues(FAIRNESS, f.rule())).orElse(slices);
  }

  /** Takes a block of rows. */
  void add(EncodedRows block) {
    measured.add(block.rowCount(), block.labels());
    Arrays.stream(RecordMarks.of(block.labels())).forEach(records::add);
  }

  /**
   * The figures of the slices of all rows.
   *
   * @param rows per output those that have a say
   */
  FoundSlices figures(Map<String, EvaluationRows> rows) {
    EvaluationConfig evaluation = plan.config().evaluation();
    SliceReader reader = reader(evaluation, dataset.columns());
    reader.read(dataset, split);
    List<Slicing> found = reader.slicings(records);
    List<SlicedRows> sliced = measured.with(rows);
    int slices = evaluation.slices().size();
    return new FoundSlices(
        slices(found.subList(0, slices), sliced),
        evaluation.fairness().map(f -> fairness(f, found.get(slices), sliced)).orElse(List.of()));
  }

  private List<SlicedFigures> slices(List<Slicing> slicings, List<SlicedRows> sliced) {
    Bootstrap bootstrap = Bootstrap.of(plan.config().evaluation().bootstrap());
    SliceMeasure measure = new SliceMeasure(plan.judge().evaluator(), bootstrap);
    return slicings.stream().map(slicing -> measure.measure(slicing, sliced)).toList();
  }

  private List<FairnessFigures> fairness(
      FairnessConfig asked, Slicing groups, List<SlicedRows> sliced) {
    Bootstrap bootstrap = Bootstrap.of(plan.config().evaluation().bootstrap());
    FairnessMeasure measure =
        new FairnessMeasure(bootstrap, asked.places().orElse(Integer.MAX_VALUE));
    return sliced.stream()
        .filter(output -> output.output().type() instanceof TaskType.Binary)
        .map(
            output ->
                measure.measure(
                    output.output().name(),
                    output.rows(),
                    groups.slices(),
                    groups.of(output.say()),
                    asked.threshold(output.output().name())))
        .toList();
  }
}
