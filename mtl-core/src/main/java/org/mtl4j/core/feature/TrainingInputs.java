package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.batch.StoreColumns;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.FirstRows;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.RowTable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Where a batch enters a training graph: placeholders for each embedding store's unique ids and
 * their inverse and for the dense inputs, and the feature tensors made of them.
 */
public final class TrainingInputs {
  /**
   * Uniform in [-0.05, 0.05): small beside the layers' inputs, as embedding layers usually start.
   */
  private static final Initializer EMBEDDING_INITIALIZER = new Initializer.Uniform(0.05);

  /**
   * One embedding store of the graph.
   *
   * @param columns the id columns it serves
   * @param tables the logical tables in it
   * @param unique placeholder [U] of the batch's ids
   * @param inverse placeholder [B * columns] of their positions
   * @param rows the gathered rows [U, embeddings * dim]: what gradients are taken with respect to
   * @param lists the features that are lists of values, as {@link StoreColumns#lists} has them
   */
  public record Store(
      StoreColumns columns,
      List<EmbeddingTable> tables,
      Placeholder<TInt64> unique,
      Placeholder<TInt32> inverse,
      Operand<TFloating> rows,
      List<ListInput> lists) {
    /** The rows' home. */
    public RowTable table() {
      return tables.get(0).store();
    }
  }

  /**
   * A list of values.
   *
   * @param inverse placeholder [B, L] of the values' positions among the store's unique ids
   * @param weights placeholder [B, L], what a value weighs, 1 without weights; 0 for padding
   */
  public record ListInput(Placeholder<TInt32> inverse, Placeholder<TFloating> weights) {}

  private final Embeddings embeddings;
  private final List<Store> stores;
  private final int trained;
  private final Placeholder<TFloating> dense;
  private final FeatureTensors features;

  /**
   * Makes the placeholders and tensors in the given context.
   *
   * @param embeddings that the model has of each feature
   */
  public TrainingInputs(GraphContext context, FeaturePipeline pipeline, Embeddings embeddings) {
    this.embeddings = embeddings;
    FeatureBlocks layout = new FeatureBlocks(pipeline);
    Map<StoreKind, Store> found = new LinkedHashMap<>();
    for (StoreKind kind : layout.kinds()) {
      found.put(kind, store(context.scope(kind.idScope()), pipeline, layout, kind, embeddings));
    }
    this.stores = List.copyOf(found.values());
    this.trained = (int) layout.kinds().stream().filter(kind -> !kind.frozen()).count();
    this.dense =
        context
            .scope("dense")
            .tf()
            .placeholder(
                context.variables().type().tensorClass(),
                Placeholder.shape(Shape.of(-1, pipeline.denseWidth())));
    this.features =
        layout
            .assemble(
                context,
                embeddings,
                new BatchVectors(context.tf(), layout, found),
                pipeline.denseWidth() == 0
                    ? Optional.empty()
                    : Optional.of(new FeatureTensors.Block(dense, layout.denseParts())))
            .withIds(feature -> ids(context.scope("ids"), pipeline, feature));
  }

  /** Of each of a feature's id columns what the batch has there: the store's ids less its first. */
  private List<Operand<TInt64>> ids(
      GraphContext context, FeaturePipeline pipeline, FittedIds feature) {
    Ops tf = context.tf();
    List<Operand<TInt64>> found = new ArrayList<>();
    for (Store store : stores) {
      List<Integer> columns = store.columns().columns();
      for (int i = 0; i < columns.size(); i++) {
        if (pipeline.idColumns().get(columns.get(i)).feature().name().equals(feature.name())) {
          Operand<TInt32> places =
              tf.reshape(store.inverse(), tf.constant(new int[] {-1, columns.size()}));
          Operand<TInt32> own = tf.gather(places, tf.constant(i), tf.constant(1));
          Operand<TInt64> ids = tf.gather(store.unique(), own, tf.constant(0));
          found.add(tf.math.sub(ids, tf.constant(store.columns().offsets().get(i))));
        }
      }
    }
    return found;
  }

  private static Store store(
      GraphContext context,
      FeaturePipeline pipeline,
      FeatureBlocks layout,
      StoreKind kind,
      Embeddings embeddings) {
    List<TableSpec> specs = layout.tables(kind);
    long total = specs.stream().mapToLong(TableSpec::rows).sum();
    RowTable home =
        context
            .variables()
            .table(kind.storeName(), total, embeddings.width(kind), EMBEDDING_INITIALIZER);
    Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
    long offset = 0;
    for (TableSpec spec : specs) {
      Optional<FirstRows> first = spec.pretrained().map(rows -> rows.vectors()::fill);
      tables.put(spec.name(), new EmbeddingTable(spec.name(), home, offset, spec.rows(), first));
      offset += spec.rows();
    }
    List<Long> offsets =
        layout.columns(kind).stream()
            .map(c -> tables.get(pipeline.idColumns().get(c).table().name()).offset())
            .toList();
    List<ListColumns> lists = new ArrayList<>();
    List<ListInput> listInputs = new ArrayList<>();
    for (FeatureBlocks.ListPart part : layout.lists(kind)) {
      FittedList feature = part.feature();
      long first = tables.get(feature.values().spec().table()).offset();
      lists.add(
          new ListColumns(
              part.first(), feature.length(), first, ListEncoder.isWhole(feature), part.weights()));
      listInputs.add(listInput(context.scope(feature.name())));
    }
    Placeholder<TInt64> unique =
        context.tf().placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    Placeholder<TInt32> inverse =
        context.tf().placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    return new Store(
        new StoreColumns(layout.columns(kind), offsets, lists),
        List.copyOf(tables.values()),
        unique,
        inverse,
        home.gather(context.tf(), unique),
        listInputs);
  }

  private static ListInput listInput(GraphContext context) {
    Placeholder.Options places = Placeholder.shape(Shape.of(-1, -1));
    return new ListInput(
        context.tf().withName("inverse").placeholder(TInt32.class, places),
        context
            .tf()
            .withName("weights")
            .placeholder(context.variables().type().tensorClass(), places));
  }

  /** The embeddings of each feature that is trained. */
  public Embeddings embeddings() {
    return embeddings;
  }

  /** The stores, those that are trained by ascending table width, then frozen ones likewise. */
  public List<Store> stores() {
    return stores;
  }

  /** Those that are trained, the first ones of {@link #stores}. */
  public List<Store> trainedStores() {
    return stores.subList(0, trained);
  }

  /** The placeholder [B, W] of the dense inputs; not to be fed when W is 0. */
  public Placeholder<TFloating> dense() {
    return dense;
  }

  /** The features. */
  public FeatureTensors features() {
    return features;
  }
}
