package org.mtl4j.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.StoreColumns;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.NumericTransform;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

class TrainingInputsTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);
  private static final int ROWS = 20;

  /** Two tables of width 4, one of them shared, one of width 2, and three dense inputs. */
  private static final FeaturePipeline PIPELINE =
      new FeaturePipeline(
          List.of(
              TestFeatures.hashed("user", "user", 4, 6),
              TestFeatures.numeric("age", NumericTransform.NONE, false, 0, 1),
              TestFeatures.learnt("genre", "genre", 2, "comedy", "drama"),
              TestFeatures.learnt("item", "item", 4, "a", "b", "c"),
              TestFeatures.learnt("last_item", "item", 4, "a", "b", "c"),
              TestFeatures.numeric("price", NumericTransform.NONE, true, 0, 1)));

  /** Component c of an id's row: a number that no other table, id or component has. */
  private static float component(String table, int id, int c) {
    return 1000 * PIPELINE.tables().stream().map(TableSpec::name).toList().indexOf(table)
        + 10 * id
        + c;
  }

  /** Every id of every column is there, then random ones. */
  private static EncodedRows rows() {
    Random random = new Random(SEED);
    List<int[]> ids = new ArrayList<>();
    for (IdColumn column : PIPELINE.idColumns()) {
      int[] drawn = random.ints(ROWS, 0, column.table().rows()).toArray();
      Arrays.setAll(drawn, r -> r < column.table().rows() ? r : drawn[r]);
      ids.add(drawn);
    }
    List<float[]> dense = new ArrayList<>();
    for (int c = 0; c < PIPELINE.denseWidth(); c++) {
      float[] column = new float[ROWS];
      for (int r = 0; r < ROWS; r++) {
        column[r] = random.nextFloat();
      }
      dense.add(column);
    }
    return new EncodedRows(ROWS, ids, dense, Map.of(), Optional.empty());
  }

  /** Runs the tensor that a function takes of the features, over all rows. */
  private static float[] fetch(Function<FeatureTensors, Operand<TFloating>> tensor) {
    return fetch(Embeddings.one(), tensor);
  }

  private static float[] fetch(
      Embeddings embeddings, Function<FeatureTensors, Operand<TFloating>> tensor) {
    EncodedRows rows = rows();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      GraphContext context = GraphContext.inference(graph, variables, "inputs");
      TrainingInputs inputs = new TrainingInputs(context, PIPELINE, embeddings);
      Operand<TFloating> fetched = tensor.apply(inputs.features());
      inputs.stores().forEach(store -> write(context, session, store));
      Batch batch = batch(inputs, rows);
      Session.Runner runner = session.runner().fetch(fetched);
      for (int s = 0; s < inputs.stores().size(); s++) {
        var unique = batch.ids().get(s).unique();
        var inverse = batch.ids().get(s).inverse();
        runner.feed(
            inputs.stores().get(s).unique(),
            TInt64.tensorOf(Shape.of(unique.remaining()), DataBuffers.of(unique)));
        runner.feed(
            inputs.stores().get(s).inverse(),
            TInt32.tensorOf(Shape.of(inverse.remaining()), DataBuffers.of(inverse)));
      }
      runner.feed(
          inputs.dense(),
          TFloat32.tensorOf(Shape.of(ROWS, PIPELINE.denseWidth()), DataBuffers.of(batch.dense())));
      try (Result result = runner.run()) {
        float[] values = new float[Math.toIntExact(result.get(0).shape().size())];
        result.get(0).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  /** Gives every row of a store the numbers that {@link #component} says. */
  private static void write(GraphContext context, Session session, TrainingInputs.Store store) {
    int dim = store.table().width();
    float[] values = new float[Math.toIntExact(store.table().rows()) * dim];
    for (EmbeddingTable table : store.tables()) {
      for (int id = 0; id < table.rows(); id++) {
        for (int c = 0; c < dim; c++) {
          values[((int) table.offset() + id) * dim + c] = component(table.name(), id, c);
        }
      }
    }
    var tf = context.tf();
    var matrix = tf.reshape(tf.constant(values), tf.constant(new int[] {-1, dim}));
    session.runner().addTarget(tf.assignVariableOp(store.table().handle(), matrix)).run().close();
  }

  private static Batch batch(TrainingInputs inputs, EncodedRows rows) {
    List<StoreColumns> columns =
        inputs.stores().stream().map(TrainingInputs.Store::columns).toList();
    Batch batch = new Batch(new BatchLayout(ROWS, columns, PIPELINE.denseWidth(), List.of()));
    batch.fill(rows, IntStream.range(0, ROWS).toArray(), 0, ROWS);
    return batch;
  }

  /** What a row's categorical feature is embedded as. */
  private static float[] embedded(EncodedRows rows, int column, int row) {
    return embedded(rows, column, row, 0);
  }

  private static float[] embedded(EncodedRows rows, int column, int row, int place) {
    TableSpec table = PIPELINE.idColumns().get(column).table();
    float[] values = new float[table.dim()];
    for (int c = 0; c < values.length; c++) {
      values[c] = component(table.name(), rows.ids().get(column)[row], place * table.dim() + c);
    }
    return values;
  }

  private static float[] join(float[]... parts) {
    float[] joined = new float[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  private static void assertRows(float[] actual, Function<Integer, float[]> expected) {
    int width = actual.length / ROWS;
    for (int r = 0; r < ROWS; r++) {
      assertThat(Arrays.copyOfRange(actual, r * width, (r + 1) * width))
          .as("row %d, seed %d", r, SEED)
          .isEqualTo(expected.apply(r));
    }
  }

  private static float[] denseOf(EncodedRows rows, int row) {
    float[] values = new float[rows.dense().size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = rows.dense().get(c)[row];
    }
    return values;
  }

  @Test
  void allFeaturesLieNarrowTablesFirstAndNumbersLast() {
    EncodedRows rows = rows();
    assertRows(
        fetch(FeatureTensors::all),
        r ->
            join(
                embedded(rows, 1, r),
                embedded(rows, 0, r),
                embedded(rows, 2, r),
                embedded(rows, 3, r),
                denseOf(rows, r)));
  }

  @Test
  void furtherEmbeddingIsTheNextPartOfARowAndNumbersAreTheSame() {
    EncodedRows rows = rows();
    Embeddings two = new Embeddings(List.of("own"));
    Function<Integer, float[]> first =
        r -> join(embedded(rows, 1, r), embedded(rows, 0, r), embedded(rows, 2, r));
    assertRows(
        fetch(two, FeatureTensors::all),
        r -> join(first.apply(r), embedded(rows, 3, r), denseOf(rows, r)));
    assertRows(
        fetch(two, features -> features.embedding("own").all()),
        r ->
            join(
                embedded(rows, 1, r, 1),
                embedded(rows, 0, r, 1),
                embedded(rows, 2, r, 1),
                embedded(rows, 3, r, 1),
                denseOf(rows, r)));
    assertRows(
        fetch(two, features -> features.embedding("own").feature("last_item")),
        r -> embedded(rows, 3, r, 1));
  }

  @Test
  void whatFeaturesGoThroughIsTakenByEachEmbedding() {
    EncodedRows rows = rows();
    assertRows(
        fetch(
            new Embeddings(List.of("own")),
            features -> features.through(f -> f.feature("item")).embedding("own").all()),
        r -> embedded(rows, 2, r, 1));
    fetch(
        new Embeddings(List.of("own")),
        features -> {
          assertThat(features.embedding()).isEmpty();
          assertThat(features.embedding("own").embedding()).contains("own");
          return features.all();
        });
  }

  @Test
  void featuresOfASharedTableReadTheSameRows() {
    EncodedRows rows = rows();
    assertRows(fetch(features -> features.feature("item")), r -> embedded(rows, 2, r));
    assertRows(fetch(features -> features.feature("last_item")), r -> embedded(rows, 3, r));
  }

  @Test
  void numericFeatureIsItsValueAndItsIndicator() {
    EncodedRows rows = rows();
    assertRows(
        fetch(features -> features.feature("price")),
        r -> new float[] {rows.dense().get(1)[r], rows.dense().get(2)[r]});
  }

  @Test
  void groupHoldsItsFeaturesOnly() {
    EncodedRows rows = rows();
    assertRows(
        fetch(features -> features.group(FeatureGroup.ITEM)),
        r -> join(embedded(rows, 1, r), embedded(rows, 2, r), embedded(rows, 3, r)));
    assertThatThrownBy(() -> fetch(features -> features.group(FeatureGroup.CONTEXT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CONTEXT");
  }

  @Test
  void featureThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> fetch(features -> features.feature("prize")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"prize\"");
  }

  /** What a graph for serving makes of the same ids. */
  private static float[] served(Function<FeatureTensors, Operand<TFloating>> tensor) {
    long[] ids = new long[ROWS * PIPELINE.idColumns().size()];
    for (int i = 0; i < ids.length; i++) {
      int columns = PIPELINE.idColumns().size();
      ids[i] = rows().ids().get(i % columns)[i / columns];
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      ServingTransforms transforms =
          new ServingTransforms(
              GraphContext.inference(graph, variables, "inputs"), PIPELINE, Embeddings.one());
      Session.Runner runner = session.runner().fetch(tensor.apply(transforms.features()));
      Shape shape = Shape.of(ROWS, PIPELINE.idColumns().size());
      try (TInt64 fed = TInt64.tensorOf(shape, DataBuffers.of(ids));
          Result result = runner.feed(transforms.ids().orElseThrow(), fed).run()) {
        float[] values = new float[Math.toIntExact(result.get(0).shape().size())];
        result.get(0).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  /** By ids: 0 is missing, 1 unknown, and a, b, c follow. */
  @Test
  void indicatorsSayWhichOfSomeValuesARowHasInTrainingAndServingAlike() {
    EncodedRows rows = rows();
    for (int column : new int[] {2, 3}) {
      int[] ids = rows.ids().get(column);
      String name = PIPELINE.idColumns().get(column).feature().name();
      Function<FeatureTensors, Operand<TFloating>> indicators =
          features -> features.through(FeatureTensors::all).indicators(name, List.of("c", "a"));
      Function<Integer, float[]> expected =
          r -> new float[] {ids[r] == 4 ? 1 : 0, ids[r] == 2 ? 1 : 0};
      assertRows(fetch(indicators), expected);
      assertRows(served(indicators), expected);
    }
    assertRows(
        fetch(features -> features.indicators("genre", List.of("drama"))),
        r -> new float[] {rows.ids().get(1)[r] == 3 ? 1 : 0});
  }

  @Test
  void indicatorsAreOfValuesOfAVocabulary() {
    assertThat(fetchValues("item")).containsExactly("a", "b", "c");
    for (String name : List.of("user", "age")) {
      assertThatThrownBy(() -> fetchValues(name))
          .hasMessage("expected a categorical feature with a vocabulary, found \"" + name + "\"");
    }
    assertThatThrownBy(() -> fetchValues("itme")).hasMessage("there is no feature \"itme\"");
    assertThatThrownBy(() -> fetch(f -> f.indicators("item", List.of("a", "d"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item: expected a value of the vocabulary, found \"d\"");
  }

  private static List<String> fetchValues(String name) {
    List<String> values = new ArrayList<>();
    fetch(
        features -> {
          values.addAll(features.values(name));
          return features.all();
        });
    return values;
  }
}
