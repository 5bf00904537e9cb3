package org.mtl4j.experiment.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.eval.fusion.FusionRows;
import org.mtl4j.experiment.kept.KeptOutput;
import org.mtl4j.experiment.kept.KeptRows;

/** Kept rows in memory: about 13 bytes a row and output. */
final class FusedRows {
  private FusedRows() {}

  /** All rows, of outputs of one number. */
  static FusionRows of(KeptRows kept) {
    int n = Math.toIntExact(kept.rows());
    Map<String, float[]> predictions = new LinkedHashMap<>();
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    List<String> outputs =
        kept.outputs().stream()
            .filter(output -> output.predictions() == 1)
            .map(KeptOutput::name)
            .toList();
    for (String output : outputs) {
      predictions.put(output, new float[n]);
      labels.put(output, new LabelColumn(new float[n], new boolean[n], new float[n]));
    }
    List<int[]> groups = new ArrayList<>();
    int[] at = {0};
    kept.forEach(
        block -> {
          outputs.forEach(
              output -> {
                float[] values = block.predictions().values().get(output);
                System.arraycopy(values, 0, predictions.get(output), at[0], values.length);
                copy(block.labels().get(output), labels.get(output), at[0]);
              });
          block.groups().ifPresent(groups::add);
          at[0] += block.records().length;
        });
    Optional<int[]> all =
        groups.isEmpty()
            ? Optional.empty()
            : Optional.of(groups.stream().flatMapToInt(Arrays::stream).toArray());
    return new FusionRows(predictions, labels, all);
  }

  private static void copy(LabelColumn from, LabelColumn to, int at) {
    System.arraycopy(from.labels(), 0, to.labels(), at, from.size());
    System.arraycopy(from.mask(), 0, to.mask(), at, from.size());
    System.arraycopy(from.weights(), 0, to.weights(), at, from.size());
  }
}
