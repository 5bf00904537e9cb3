package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.RowTable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The vectors of a request, out of a variable a logical table. Each id is looked up once, whatever
 * the number of its embeddings.
 */
final class ServedVectors implements FeatureBlocks.Vectors {
  private final GraphContext context;
  private final FeaturePipeline pipeline;
  private final FeatureBlocks layout;
  private final Embeddings embeddings;
  private final EncodedTensors encoded;
  private final List<Operand<TInt64>> columns;
  private final List<FeatureTensors.Block> seen = new ArrayList<>();
  private final Map<Integer, Operand<TFloating>> rows = new HashMap<>();
  private final Map<String, ListEncoder.Embedded> lists = new HashMap<>();

  ServedVectors(
      GraphContext context,
      FeaturePipeline pipeline,
      Embeddings embeddings,
      EncodedTensors encoded) {
    this.context = context;
    this.pipeline = pipeline;
    this.layout = new FeatureBlocks(pipeline);
    this.embeddings = embeddings;
    this.encoded = encoded;
    this.columns = encoded.columns(context.tf(), pipeline.idColumns().size());
  }

  /** The ids of the features with one value, [B] each. */
  List<Operand<TInt64>> columns() {
    return columns;
  }

  /** What was looked up so far, all embeddings of an id side by side. */
  List<FeatureTensors.Block> seen() {
    return seen;
  }

  @Override
  public Operand<TFloating> single(StoreKind kind, int place) {
    List<Operand<TFloating>> embedded = new ArrayList<>();
    for (int column : layout.columns(kind)) {
      Operand<TFloating> row = rows.computeIfAbsent(column, this::row);
      Ops tf = scope(pipeline.idColumns().get(column).feature()).tf();
      embedded.add(part(kind, place).of(tf, row, 2));
    }
    Ops tf = context.tf();
    return embedded.size() == 1 ? embedded.get(0) : tf.concat(embedded, tf.constant(1));
  }

  private Operand<TFloating> row(int number) {
    IdColumn column = pipeline.idColumns().get(number);
    Ops tf = scope(column.feature()).tf();
    RowTable table = table(column.table());
    Operand<TFloating> row =
        tf.ensureShape(table.gather(tf, columns.get(number)), Shape.of(-1, table.width()));
    seen.add(FeatureTensors.Block.of(row, column.feature(), table.width()));
    return row;
  }

  @Override
  public ListEncoder.Embedded list(StoreKind kind, int number, int place) {
    FeatureBlocks.ListPart list = layout.lists(kind).get(number);
    ListEncoder.Embedded whole =
        lists.computeIfAbsent(list.feature().name(), name -> embedded(list));
    Ops tf = scope(list.feature()).tf();
    return new ListEncoder.Embedded(part(kind, place).of(tf, whole.values(), 3), whole.weights());
  }

  private ListEncoder.Embedded embedded(FeatureBlocks.ListPart list) {
    FittedList feature = list.feature();
    GraphContext scope = scope(feature);
    Ops tf = scope.tf();
    Operand<TInt64> values = encoded.ids(tf, list.first(), feature.length());
    Operand<TFloating> mask =
        scope.toFloating(
            tf.dtypes.cast(
                tf.math.notEqual(values, tf.constant((long) ListColumns.PADDING)), TInt32.class));
    Operand<TInt64> ids = tf.math.maximum(values, tf.constant(0L));
    Operand<TFloating> weighed =
        list.weights().isEmpty()
            ? mask
            : tf.math.mul(mask, encoded.dense(tf, list.weights().getAsInt(), feature.length()));
    RowTable table = table(feature.values().tables().get(0));
    Operand<TFloating> vectors = table.gather(tf, ids);
    seen.add(FeatureTensors.Block.of(vectors, feature, table.width()));
    return new ListEncoder.Embedded(vectors, weighed);
  }

  private GraphContext scope(FittedFeature feature) {
    return context.scope(feature.name());
  }

  private RowPart part(StoreKind kind, int place) {
    return new RowPart(embeddings.width(kind), kind.dim(), place);
  }

  private RowTable table(TableSpec table) {
    return context
        .variables()
        .table(
            table.variableName(),
            table.rows(),
            embeddings.width(table.kind()),
            Initializer.zeros());
  }
}
