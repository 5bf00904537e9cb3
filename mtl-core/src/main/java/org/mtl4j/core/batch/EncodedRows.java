package org.mtl4j.core.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows as a model takes them, column by column in arrays: n rows after the feature pipeline and the
 * label encoder, mostly a block of many. The arrays belong to this value; nobody writes to them.
 *
 * @param rowCount n
 * @param ids per categorical feature, in the pipeline's order: [n] ids of its logical table
 * @param dense per dense input, in the pipeline's order, and behind them per weight of a list: [n]
 *     values
 * @param labels per output, those a model derives included
 * @param groups [n] the group of each row for metrics by group; empty when there are none
 */
public record EncodedRows(
    int rowCount,
    List<int[]> ids,
    List<float[]> dense,
    Map<String, LabelColumn> labels,
    Optional<int[]> groups)
    implements EncodedData {
  /** Copies the containers, not the arrays. */
  public EncodedRows {
    ids = List.copyOf(ids);
    dense = List.copyOf(dense);
    labels = Map.copyOf(labels);
  }

  @Override
  public RowLayout layout() {
    return RowLayout.of(this);
  }

  @Override
  public void read(int[] order, int from, int size, int[] records) {
    RowLayout layout = layout();
    RowPacker packer = new RowPacker(layout, this);
    int words = layout.words();
    for (int r = 0; r < size; r++) {
      packer.pack(order[from + r], records, r * words);
    }
  }
}
