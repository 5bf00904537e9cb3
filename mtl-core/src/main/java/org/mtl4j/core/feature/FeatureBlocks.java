package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a pipeline's features are laid out for a model: categorical features by the width of their
 * table, in ascending order, then all numeric ones. Training and export lay them out alike, which
 * is why the first layer's kernel means the same in both.
 */
public final class FeatureBlocks {
  private final FeaturePipeline pipeline;
  private final Map<Integer, List<Integer>> columnsByDim = new TreeMap<>();

  /** The layout of a pipeline. */
  public FeatureBlocks(FeaturePipeline pipeline) {
    this.pipeline = pipeline;
    for (int i = 0; i < pipeline.categorical().size(); i++) {
      int dim = pipeline.categorical().get(i).spec().dim();
      columnsByDim.computeIfAbsent(dim, d -> new ArrayList<>()).add(i);
    }
  }

  /** The table widths, ascending. */
  public List<Integer> dims() {
    return List.copyOf(columnsByDim.keySet());
  }

  /** The id columns whose table has that width, in order. */
  public List<Integer> columns(int dim) {
    return columnsByDim.get(dim);
  }

  /** The logical tables of that width, in order. */
  public List<TableSpec> tables(int dim) {
    return pipeline.tables().stream().filter(t -> t.dim() == dim).toList();
  }

  /** The places of the categorical features of that width in their block. */
  public List<FeatureTensors.Part> categoricalParts(int dim) {
    List<FeatureTensors.Part> parts = new ArrayList<>();
    for (int column : columns(dim)) {
      parts.add(
          new FeatureTensors.Part(pipeline.categorical().get(column), parts.size() * dim, dim));
    }
    return parts;
  }

  /** The places of the numeric features in theirs. */
  public List<FeatureTensors.Part> numericParts() {
    List<FeatureTensors.Part> parts = new ArrayList<>();
    int offset = 0;
    for (FittedNumeric feature : pipeline.numeric()) {
      parts.add(new FeatureTensors.Part(feature, offset, feature.width()));
      offset += feature.width();
    }
    return parts;
  }
}
