package org.mtl4j.experiment.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.eval.slice.SlicedRows;
import org.mtl4j.experiment.config.EvaluationConfig;
import org.mtl4j.experiment.slice.MeasuredRows;
import org.mtl4j.experiment.slice.RecordSum;
import org.mtl4j.experiment.slice.SliceReader;

/**
 * The slices of a split's rows. What they are parted by is not among the encoded rows: it is read
 * once more when all are measured, so that other slices cost no other encoding.
 */
final class SplitSlices {
  private static final String SLICES = "evaluation.slices";

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
    return !evaluation.slices().isEmpty();
  }

  /**
   * Checks that the columns are there.
   *
   * @throws MtlException COLUMN_MISSING if one is not
   */
  static void check(EvaluationConfig evaluation, Columns columns) {
    SliceReader.of(SLICES, evaluation.slices(), columns);
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
  List<SlicedFigures> figures(Map<String, EvaluationRows> rows) {
    EvaluationConfig evaluation = plan.config().evaluation();
    SliceReader reader = SliceReader.of(SLICES, evaluation.slices(), dataset.columns());
    reader.read(dataset, split);
    SliceMeasure measure =
        new SliceMeasure(plan.judge().evaluator(), Bootstrap.of(evaluation.bootstrap()));
    List<SlicedRows> sliced = measured.with(rows);
    return reader.slicings(records).stream()
        .map(slicing -> measure.measure(slicing, sliced))
        .toList();
  }
}
