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
    SliceReader.of(SLICES, evaluation.slices(), columns);
    evaluation.fairness().ifPresent(f -> SliceReader.of(FAIRNESS, List.of(f.rule()), columns));
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
    List<SlicedRows> sliced = measured.with(rows);
    return new FoundSlices(
        slices(sliced),
        plan.config().evaluation().fairness().map(f -> fairness(f, sliced)).orElse(List.of()));
  }

  private List<SlicedFigures> slices(List<SlicedRows> sliced) {
    EvaluationConfig evaluation = plan.config().evaluation();
    if (evaluation.slices().isEmpty()) {
      return List.of();
    }
    SliceReader reader = SliceReader.of(SLICES, evaluation.slices(), dataset.columns());
    reader.read(dataset, split);
    SliceMeasure measure =
        new SliceMeasure(plan.judge().evaluator(), Bootstrap.of(evaluation.bootstrap()));
    return reader.slicings(records).stream()
        .map(slicing -> measure.measure(slicing, sliced))
        .toList();
  }

  private List<FairnessFigures> fairness(FairnessConfig asked, List<SlicedRows> sliced) {
    SliceReader reader =
        SliceReader.of(FAIRNESS, List.of(asked.rule()), dataset.columns()).ofOwnValues();
    reader.read(dataset, split);
    Slicing groups = reader.slicings(records).get(0);
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
