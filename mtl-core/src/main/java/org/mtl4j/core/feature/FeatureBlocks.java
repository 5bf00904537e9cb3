package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * How a pipeline's features are laid out for a model: by the {@linkplain StoreKind kind} of their
 * table, trained ones by ascending width and then frozen ones, features with one id side by side
 * and behind them each list of values, pooled; then all numbers. Training and export lay them out
 * alike, which is why the first layer's kernel means the same in both.
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
  private final Map<StoreKind, List<Integer>> columnsByKind = new TreeMap<>();
  private final Map<StoreKind, List<ListPart>> listsByKind = new TreeMap<>();

  /** The layout of a pipeline. */
  public FeatureBlocks(FeaturePipeline pipeline) {
    this.pipeline = pipeline;
    for (int i = 0; i < pipeline.idColumns().size(); i++) {
      StoreKind kind = pipeline.idColumns().get(i).table().kind();
      columnsByKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(i);
    }
    int column = pipeline.idColumns().size();
    int weight = pipeline.denseWidth();
    for (FittedList list : pipeline.lists()) {
      StoreKind kind = list.values().tables().get(0).kind();
      OptionalInt weights = list.weightWidth() == 0 ? OptionalInt.empty() : OptionalInt.of(weight);
      ListPart part = new ListPart(list, column, weights);
      listsByKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(part);
      column += list.length();
      weight += list.weightWidth();
    }
  }

  /** Per feature its width, in the order in which a model's input has them side by side. */
  public Map<String, Integer> widths() {
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (StoreKind kind : kinds()) {
      idParts(kind).forEach(part -> widths.put(part.feature().name(), part.width()));
      lists(kind).forEach(list -> widths.put(list.feature().name(), list.feature().width()));
    }
    denseParts().forEach(part -> widths.put(part.feature().name(), part.width()));
    return widths;
  }

  /** The kinds of tables, ascending. */
  List<StoreKind> kinds() {
    TreeSet<StoreKind> kinds = new TreeSet<>(columnsByKind.keySet());
    kinds.addAll(listsByKind.keySet());
    return List.copyOf(kinds);
  }

  /** The id columns, one a row, whose table is of that kind, in order. */
  List<Integer> columns(StoreKind kind) {
    return columnsByKind.getOrDefault(kind, List.of());
  }

  /** The lists of values whose table is of that kind, in order. */
  List<ListPart> lists(StoreKind kind) {
    return listsByKind.getOrDefault(kind, List.of());
  }

  /** The logical tables of that kind, in order. */
  List<TableSpec> tables(StoreKind kind) {
    return pipeline.tables().stream().filter(t -> t.kind().equals(kind)).toList();
  }

  /** The places of the features with ids in tables of that kind in their block. */
  List<FeatureTensors.Part> idParts(StoreKind kind) {
    return parts(
        pipeline.ids().stream().filter(f -> f.tables().get(0).kind().equals(kind)).toList());
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

  /** Where the vectors of a graph come from. */
  interface Vectors {
    /**
     * The features with one value side by side: [B, their widths].
     *
     * @param kind of their table
     * @param place of the embedding in a row
     */
    Operand<TFloating> single(StoreKind kind, int place);

    /**
     * The embedded values of a list.
     *
     * @param kind of its table
     * @param number of the list among {@link #lists}
     * @param place of the embedding in a row
     */
    ListEncoder.Embedded list(StoreKind kind, int number, int place);
  }

  /**
   * A model's features: for each kind of table the features with one value, then each list. Those
   * of a further embedding are made when a model first asks for them.
   *
   * @param dense the numbers, if there are any
   */
  FeatureTensors assemble(
      GraphContext context,
      Embeddings embeddings,
      Vectors vectors,
      Optional<FeatureTensors.Block> dense) {
    Function<FittedList, GraphContext> first = list -> context.scope(list.name());
    return new FeatureTensors(context, blocks(context, first, vectors, 0, dense))
        .withFurther(
            name -> {
              int place = embeddings.place(name);
              Function<FittedList, GraphContext> own =
                  list -> context.scope(list.name()).scope("embedding_" + name);
              return new FeatureTensors(context, blocks(context, own, vectors, place, dense));
            });
  }

  /**
   * The blocks of one embedding.
   *
   * @param scopes of the layers of lists
   */
  private List<FeatureTensors.Block> blocks(
      GraphContext context,
      Function<FittedList, GraphContext> scopes,
      Vectors vectors,
      int place,
      Optional<FeatureTensors.Block> dense) {
    Map<StoreKind, FeatureTensors.Block> single = new LinkedHashMap<>();
    Map<String, ListEncoder.Embedded> lists = new LinkedHashMap<>();
    for (StoreKind kind : kinds()) {
      if (!columns(kind).isEmpty()) {
        single.put(kind, new FeatureTensors.Block(vectors.single(kind, place), idParts(kind)));
      }
      for (int i = 0; i < lists(kind).size(); i++) {
        lists.put(lists(kind).get(i).feature().name(), vectors.list(kind, i, place));
      }
    }
    Function<String, Operand<TFloating>> queries =
        name -> new FeatureTensors(context, List.copyOf(single.values())).feature(name);
    List<FeatureTensors.Block> blocks = new ArrayList<>();
    for (StoreKind kind : kinds()) {
      Optional.ofNullable(single.get(kind)).ifPresent(blocks::add);
      for (ListPart part : lists(kind)) {
        FittedList feature = part.feature();
        ListEncoder encoder = new ListEncoder(scopes.apply(feature), feature, queries);
        blocks.add(encoder.block(lists.get(feature.name())));
      }
    }
    dense.ifPresent(blocks::add);
    return blocks;
  }
}
