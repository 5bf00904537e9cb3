package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * How a pipeline's features are laid out for a model: by the width of their table, in ascending
 * order, features with one id side by side and behind them each list of values, pooled; then all
 * numbers. Training and export lay them out alike, which is why the first layer's kernel means the
 * same in both.
 */
public final class FeatureBlocks {
  /**
   * A list of values among a pipeline's id columns.
   *
   * @param feature what it is
   * @param first its first id column
   * @param weights its first column of weights among the dense values, if it has such
   */
  public record ListPart(FittedList feature, int first, OptionalInt weights) {}

  private final FeaturePipeline pipeline;
  private final Map<Integer, List<Integer>> columnsByDim = new TreeMap<>();
  private final Map<Integer, List<ListPart>> listsByDim = new TreeMap<>();

  /** The layout of a pipeline. */
  public FeatureBlocks(FeaturePipeline pipeline) {
    this.pipeline = pipeline;
    for (int i = 0; i < pipeline.idColumns().size(); i++) {
      int dim = pipeline.idColumns().get(i).table().dim();
      columnsByDim.computeIfAbsent(dim, d -> new ArrayList<>()).add(i);
    }
    int column = pipeline.idColumns().size();
    int weight = pipeline.denseWidth();
    for (FittedList list : pipeline.lists()) {
      int dim = list.values().spec().dim();
      OptionalInt weights = list.weightWidth() == 0 ? OptionalInt.empty() : OptionalInt.of(weight);
      ListPart part = new ListPart(list, column, weights);
      listsByDim.computeIfAbsent(dim, d -> new ArrayList<>()).add(part);
      column += list.length();
      weight += list.weightWidth();
    }
  }

  /** The table widths, ascending. */
  public List<Integer> dims() {
    TreeSet<Integer> dims = new TreeSet<>(columnsByDim.keySet());
    dims.addAll(listsByDim.keySet());
    return List.copyOf(dims);
  }

  /** The id columns, one a row, whose table has that width, in order. */
  public List<Integer> columns(int dim) {
    return columnsByDim.getOrDefault(dim, List.of());
  }

  /** The lists of values whose table has that width, in order. */
  public List<ListPart> lists(int dim) {
    return listsByDim.getOrDefault(dim, List.of());
  }

  /** The logical tables of that width, in order. */
  public List<TableSpec> tables(int dim) {
    return pipeline.tables().stream().filter(t -> t.dim() == dim).toList();
  }

  /** The places of the features with ids of that width in their block. */
  public List<FeatureTensors.Part> idParts(int dim) {
    return parts(pipeline.ids().stream().filter(f -> f.tables().get(0).dim() == dim).toList());
  }

  /** The places of the features with dense inputs in theirs. */
  public List<FeatureTensors.Part> denseParts() {
    return parts(pipeline.numbers());
  }

  private static List<FeatureTensors.Part> parts(List<? extends FittedFeature> features) {
    List<FeatureTensors.Part> parts = new ArrayList<>();
    int offset = 0;
    for (FittedFeature feature : features) {
      parts.add(new FeatureTensors.Part(feature, offset, feature.width()));
      offset += feature.width();
    }
    return parts;
  }

  /**
   * A model's features: for each width the features with one value, then each list.
   *
   * @param single per width the block of its features with one value, where there are any
   * @param lists the embedded values of each list by its name
   * @param dense the numbers, if there are any
   */
  FeatureTensors assemble(
      GraphContext context,
      Map<Integer, FeatureTensors.Block> single,
      Map<String, ListEncoder.Embedded> lists,
      Optional<FeatureTensors.Block> dense) {
    Function<String, Operand<TFloating>> vectors =
        name -> new FeatureTensors(context, List.copyOf(single.values())).feature(name);
    List<FeatureTensors.Block> blocks = new ArrayList<>();
    for (int dim : dims()) {
      Optional.ofNullable(single.get(dim)).ifPresent(blocks::add);
      for (ListPart part : lists(dim)) {
        FittedList feature = part.feature();
        ListEncoder encoder = new ListEncoder(context.scope(feature.name()), feature, vectors);
        blocks.add(encoder.block(lists.get(feature.name())));
      }
    }
    dense.ifPresent(blocks::add);
    return new FeatureTensors(context, blocks);
  }
}
