package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.feature.EncodedFeatures;

/** Collects the encoded blocks of one split into columns of a size known before. */
final class EncodedSplit {
  private final int capacity;
  private final List<int[]> ids = new ArrayList<>();
  private final List<float[]> dense = new ArrayList<>();
  private final Map<String, LabelColumn> labels = new LinkedHashMap<>();
  private int[] groups;
  private int size;

  EncodedSplit(int capacity) {
    this.capacity = capacity;
  }

  /** Takes the next rows; {@code blockGroups} has a number for each, or is empty. */
  void add(
      EncodedFeatures features, Map<String, LabelColumn> blockLabels, Optional<int[]> blockGroups) {
    allocate(features, blockLabels, blockGroups.isPresent());
    int n = features.rowCount();
    for (int c = 0; c < ids.size(); c++) {
      System.arraycopy(features.ids().get(c), 0, ids.get(c), size, n);
    }
    for (int c = 0; c < dense.size(); c++) {
      System.arraycopy(features.dense().get(c), 0, dense.get(c), size, n);
    }
    blockLabels.forEach(
        (output, block) -> {
          LabelColumn column = labels.get(output);
          System.arraycopy(block.labels(), 0, column.labels(), size, n);
          System.arraycopy(block.mask(), 0, column.mask(), size, n);
          System.arraycopy(block.weights(), 0, column.weights(), size, n);
        });
    blockGroups.ifPresent(block -> System.arraycopy(block, 0, groups, size, n));
    size += n;
  }

  private void allocate(
      EncodedFeatures features, Map<String, LabelColumn> blockLabels, boolean grouped) {
    if (size > 0) {
      return;
    }
    features.ids().forEach(column -> ids.add(new int[capacity]));
    features.dense().forEach(column -> dense.add(new float[capacity]));
    blockLabels
        .keySet()
        .forEach(
            output ->
                labels.put(
                    output,
                    new LabelColumn(
                        new float[capacity], new boolean[capacity], new float[capacity])));
    if (grouped) {
      groups = new int[capacity];
    }
  }

  EncodedRows rows() {
    Optional<int[]> known = Optional.ofNullable(groups).map(g -> Arrays.copyOf(g, size));
    return new EncodedRows(size, ids, dense, labels, known);
  }
}
