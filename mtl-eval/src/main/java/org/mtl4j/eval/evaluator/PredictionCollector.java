package org.mtl4j.eval.evaluator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.metric.RowRoom;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.eval.interval.Bootstrap;

/**
 * Gathers predictions and labels block by block, so that features of one block only are in memory
 * at a time, and measures them at the end. Of a row it keeps 4 bytes a prediction, a bit a label
 * that is 0 or 1 (else 4 bytes), 4 bytes for its group if there are groups, and 4 for its weight if
 * not all weigh the same; and only of rows that have a say. Rows that their room does not hold go
 * to a file. After an error it is of no further use. Not safe for use by several threads: give each
 * one of its own, and {@link #merge} them.
 */
public final class PredictionCollector {
  private final Evaluator evaluator;
  private final List<OutputRows> outputs;
  private long rowCount;

  PredictionCollector(Evaluator evaluator, List<OutputSpec> outputs, RowRoom room) {
    this.evaluator = evaluator;
    this.outputs = outputs.stream().map(output -> new OutputRows(output, room)).toList();
  }

  /**
   * Adds a block of n rows.
   *
   * @param predictions of n rows, for every output
   * @param labels per output: n labels
   * @param groups [n] the group of each row, the same number for the same group in every block;
   *     empty in all blocks or in none
   * @throws MtlException (DATA_VALUE) if a prediction that has a say is not a finite number
   * @throws IllegalArgumentException if an output has no predictions or labels, their lengths
   *     differ, or groups came with some blocks only
   */
  public void add(
      Predictions predictions, Map<String, LabelColumn> labels, Optional<int[]> groups) {
    add(predictions, labels, groups, Optional.empty());
  }

  /**
   * Adds a block of n rows, as above, with their items.
   *
   * @param items of n rows, the same number for the same item in every block; empty in all blocks
   *     or in none
   */
  public void add(
      Predictions predictions,
      Map<String, LabelColumn> labels,
      Optional<int[]> groups,
      Optional<RowItems> items) {
    for (OutputRows output : outputs) {
      String name = output.spec().name();
      output.add(
          new OutputBlock(
              rowCount,
              of(name, "predictions", predictions.values()),
              of(name, "labels", labels),
              groups,
              items));
    }
    rowCount += predictions.rowCount();
  }

  /** Per output the rows added so far that have a say; valid until more are added. */
  public Map<String, EvaluationRows> rows() {
    Map<String, EvaluationRows> rows = new LinkedHashMap<>();
    outputs.forEach(output -> rows.put(output.spec().name(), output.toRows()));
    return rows;
  }

  /**
   * Adds the rows of another collector of the same outputs, those of another shard, behind these:
   * figures are those of all rows in one collector.
   *
   * @param other its groups and items must be numbered as these are, a number for each of all
   *     shards
   * @throws MtlException (MEMORY) if together they are more than one evaluation can hold
   * @throws IllegalArgumentException if its outputs are others, or one of the two has groups
   */
  public void merge(PredictionCollector other) {
    if (!specs().equals(other.specs())) {
      throw new IllegalArgumentException(
          "expected the outputs %s, found %s".formatted(specs(), other.specs()));
    }
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).addAll(other.outputs.get(i));
    }
    rowCount += other.rowCount;
  }

  private List<OutputSpec> specs() {
    return outputs.stream().map(OutputRows::spec).toList();
  }

  /** The figures over all rows added so far. */
  public MetricReport report() {
    Map<String, MetricReport.OutputMetrics> measured = new LinkedHashMap<>();
    for (OutputRows output : outputs) {
      measured.put(output.spec().name(), evaluator.measure(output.spec(), output.toRows()));
    }
    return new MetricReport(measured);
  }

  /**
   * The figures over all rows added so far, with their intervals.
   *
   * @param bootstrap how often rows are drawn for those that have no variance of their own
   */
  public Measurement measurement(Bootstrap bootstrap) {
    Map<OutputSpec, EvaluationRows> rows = new LinkedHashMap<>();
    outputs.forEach(output -> rows.put(output.spec(), output.toRows()));
    return evaluator.measurement(rows, bootstrap);
  }

  private static <T> T of(String output, String what, Map<String, T> values) {
    T value = values.get(output);
    if (value == null) {
      throw new IllegalArgumentException(
          "expected %s for output %s, found them for %s".formatted(what, output, values.keySet()));
    }
    return value;
  }
}
