package org.mtl4j.experiment.slice;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.eval.slice.SlicedRows;

/** Which of the rows of an evaluation have a say in each output: a bit each. */
public final class MeasuredRows {
  private final List<OutputSpec> outputs;
  private final Map<String, BitSet> say = new LinkedHashMap<>();
  private int count;

  /** No rows yet. */
  public MeasuredRows(List<OutputSpec> outputs) {
    this.outputs = List.copyOf(outputs);
    outputs.forEach(output -> say.put(output.name(), new BitSet()));
  }

  /**
   * Takes a block of rows.
   *
   * @param n number of rows
   * @param labels per output: n labels
   */
  public void add(int n, Map<String, LabelColumn> labels) {
    for (OutputSpec output : outputs) {
      boolean[] mask = labels.get(output.name()).mask();
      BitSet bits = say.get(output.name());
      for (int row = 0; row < n; row++) {
        bits.set(count + row, mask[row]);
      }
    }
    count = Math.addExact(count, n);
  }

  /**
   * The outputs with their rows.
   *
   * @param rows per output those that have a say
   */
  public List<SlicedRows> with(Map<String, EvaluationRows> rows) {
    List<SlicedRows> sliced = new ArrayList<>();
    outputs.forEach(
        output ->
            sliced.add(new SlicedRows(output, rows.get(output.name()), say.get(output.name()))));
    return sliced;
  }
}
