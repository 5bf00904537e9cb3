package org.mtl4j.core.feature;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.schema.Vocabulary;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The pipeline's twin in an exported graph: raw values in, the feature tensors of training out, by
 * the same formulas in the same order. Between the two stand the ids [B, F] and the dense values
 * [B, W] as {@link FeaturePipeline} gives them; they can be fed in place of the raw values.
 */
public final class ServingTransforms {
  /**
   * A vocabulary file that the graph reads when it is loaded.
   *
   * @param file name in the export's asset folder
   * @param path constant with the file's path; a loader feeds the real one
   * @param vocabulary what the file holds
   */
  public record Asset(String file, Constant<TString> path, Vocabulary vocabulary) {
    /** Writes the file into the asset folder. */
    public void write(Path assets) throws IOException {
      VocabularyFile.write(assets.resolve(file), vocabulary);
    }
  }

  private final GraphContext context;
  // Texts and tables are looked up there in any case, and numbers below float32's normal range are
  // 0 there alone, as they are in Java: a GPU keeps them.
  private final GraphContext processor;
  private final RawPlaceholders raw;
  private final IdTwin twin;
  private final List<Operand<TFloating>> weights = new ArrayList<>();
  private final Optional<Operand<TInt64>> ids;
  private final Optional<Operand<TFloating>> dense;
  private final FeatureTensors features;
  private final List<FeatureTensors.Block> seen = new ArrayList<>();

  /** Adds the transforms of a pipeline to a graph of float32. */
  public ServingTransforms(GraphContext context, FeaturePipeline pipeline) {
    this.context = context;
    this.processor = context.onProcessor();
    this.raw = new RawPlaceholders(processor, pipeline);
    this.twin = new IdTwin(processor);
    this.ids = ids(pipeline);
    this.dense =
        dense(
            pipeline.numbers().isEmpty()
                ? Optional.empty()
                : Optional.of(new DenseTwin(processor, raw).dense(pipeline.numbers())));
    this.features = assemble(pipeline);
  }

  /** Ids of the features with one value, then of those with several: [B, F]; all are named. */
  private Optional<Operand<TInt64>> ids(FeaturePipeline pipeline) {
    IdTwins twins = new IdTwins(processor, raw, twin);
    List<Operand<TInt64>> single = new ArrayList<>();
    pipeline.ids().forEach(feature -> single.addAll(twins.ids(feature)));
    List<Operand<TInt64>> parts = new ArrayList<>();
    if (!single.isEmpty()) {
      parts.add(processor.tf().stack(single, Stack.axis(1L)));
    }
    for (FittedList feature : pipeline.lists()) {
      IdTwins.ListTensors list = twins.list(feature);
      parts.add(list.ids());
      list.weights().ifPresent(weights::add);
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Ops named = processor.tf().withName("ids");
    return Optional.of(
        parts.size() == 1
            ? named.identity(parts.get(0))
            : named.concat(parts, processor.tf().constant(1)));
  }

  /** The numbers, and behind them the weights of lists. */
  private Optional<Operand<TFloating>> dense(Optional<Operand<TFloating>> numbers) {
    if (weights.isEmpty()) {
      return numbers;
    }
    List<Operand<TFloating>> all = new ArrayList<>();
    numbers.ifPresent(all::add);
    all.addAll(weights);
    Ops named = processor.tf().withName("dense_and_weights");
    return Optional.of(
        all.size() == 1
            ? named.identity(all.get(0))
            : named.concat(all, processor.tf().constant(1)));
  }

  private FeatureTensors assemble(FeaturePipeline pipeline) {
    FeatureBlocks layout = new FeatureBlocks(pipeline);
    List<Operand<TInt64>> columns = columns(pipeline.idColumns().size());
    Map<StoreKind, FeatureTensors.Block> single = new LinkedHashMap<>();
    Map<String, ListEncoder.Embedded> lists = new LinkedHashMap<>();
    for (StoreKind kind : layout.kinds()) {
      List<Operand<TFloating>> embedded = new ArrayList<>();
      for (int column : layout.columns(kind)) {
        IdColumn of = pipeline.idColumns().get(column);
        Operand<TFloating> vector = embed(of, columns.get(column));
        embedded.add(vector);
        seen.add(FeatureTensors.Block.of(vector, of.feature(), of.table().dim()));
      }
      if (!embedded.isEmpty()) {
        Ops tf = context.tf();
        Operand<TFloating> block =
            embedded.size() == 1 ? embedded.get(0) : tf.concat(embedded, tf.constant(1));
        single.put(kind, new FeatureTensors.Block(block, layout.idParts(kind)));
      }
      layout.lists(kind).forEach(part -> lists.put(part.feature().name(), embedList(part)));
    }
    Optional<FeatureTensors.Block> numbers =
        pipeline.denseWidth() == 0
            ? Optional.empty()
            : Optional.of(new FeatureTensors.Block(numbers(pipeline), layout.denseParts()));
    numbers.ifPresent(seen::add);
    return layout
        .assemble(context, single, lists, numbers)
        .withIds(
            feature ->
                IntStream.range(0, columns.size())
                    .filter(
                        c -> pipeline.idColumns().get(c).feature().name().equals(feature.name()))
                    .<Operand<TInt64>>mapToObj(columns::get)
                    .toList());
  }

  /** The dense inputs without weights. */
  private Operand<TFloating> numbers(FeaturePipeline pipeline) {
    return weights.isEmpty()
        ? dense.orElseThrow()
        : denseColumns(context.tf(), 0, pipeline.denseWidth());
  }

  private Operand<TFloating> denseColumns(Ops tf, int first, int count) {
    return tf.slice(
        dense.orElseThrow(), tf.constant(new int[] {0, first}), tf.constant(new int[] {-1, count}));
  }

  /** The ids of the features with one value, [B] each. */
  private List<Operand<TInt64>> columns(int count) {
    if (count == 0) {
      return List.of();
    }
    Ops tf = context.tf();
    List<Operand<TInt64>> columns = new ArrayList<>();
    tf.unstack(idColumns(tf, 0, count), (long) count, Unstack.axis(1L)).forEach(columns::add);
    return columns;
  }

  private Operand<TInt64> idColumns(Ops tf, int first, int count) {
    return tf.slice(
        ids.orElseThrow(), tf.constant(new int[] {0, first}), tf.constant(new int[] {-1, count}));
  }

  private Operand<TFloating> embed(IdColumn column, Operand<TInt64> ids) {
    Ops tf = context.scope(column.feature().name()).tf();
    RowTable table = table(column.table());
    return tf.ensureShape(table.gather(tf, ids), Shape.of(-1, column.table().dim()));
  }

  private ListEncoder.Embedded embedList(FeatureBlocks.ListPart part) {
    FittedList feature = part.feature();
    GraphContext scope = context.scope(feature.name());
    Ops tf = scope.tf();
    Operand<TInt64> values = idColumns(tf, part.first(), feature.length());
    Operand<TFloating> mask =
        scope.toFloating(
            tf.dtypes.cast(
                tf.math.notEqual(values, tf.constant((long) ListColumns.PADDING)), TInt32.class));
    Operand<TInt64> rows = tf.math.maximum(values, tf.constant(0L));
    Operand<TFloating> weighed =
        part.weights().isEmpty()
            ? mask
            : tf.math.mul(mask, denseColumns(tf, part.weights().getAsInt(), feature.length()));
    RowTable table = table(feature.values().tables().get(0));
    int dim = feature.values().spec().dim();
    Operand<TFloating> vectors = table.gather(tf, rows);
    seen.add(FeatureTensors.Block.of(vectors, feature, dim));
    return new ListEncoder.Embedded(vectors, weighed);
  }

  private RowTable table(TableSpec table) {
    return context
        .variables()
        .table("embedding/" + table.name(), table.rows(), table.dim(), Initializer.zeros());
  }

  /** The raw inputs by name. */
  public Map<String, Placeholder<? extends TType>> raw() {
    return raw.all();
  }

  /** The ids [B, F] in the order of the id columns; empty when there are none. */
  public Optional<Operand<TInt64>> ids() {
    return ids;
  }

  /** The dense inputs, and behind them the weights of lists: [B, W]; empty when there are none. */
  public Optional<Operand<TFloating>> dense() {
    return dense;
  }

  /** What a model takes. */
  public FeatureTensors features() {
    return features;
  }

  /**
   * What a model sees of each feature, before lists are pooled or encoded: the embedding [B, dim]
   * of each id, of a list [B, L, dim] those of its values, and all numbers side by side [B, W].
   */
  public List<FeatureTensors.Block> seen() {
    return List.copyOf(seen);
  }

  /** The vocabulary files. */
  public List<Asset> assets() {
    return twin.assets();
  }

  /** Operations to run once after loading. */
  public List<Op> initializers() {
    return twin.initializers();
  }
}
