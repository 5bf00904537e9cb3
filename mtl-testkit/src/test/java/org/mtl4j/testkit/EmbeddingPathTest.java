package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.feature.Embeddings;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.IdColumn;
import org.mtl4j.core.feature.TableSpec;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/**
 * The way from the tables to the features and back, against plain loops: every place where an id
 * stands adds its part to the row of its table, whichever feature of a shared table it is, and
 * whether the id is that of a missing value (0), of an unknown one (1) or one of the vocabulary. A
 * list adds its part, divided by its length, to each of its values, and padding adds nothing.
 */
class EmbeddingPathTest {
  private static final int ROWS = 30;
  private static final FeaturePipeline PIPELINE = SmallProblem.withFunnel("click").pipeline();

  /** Rows of which some have missing and unknown values throughout, and all repeat ids. */
  private static EncodedRows rows(Random random) {
    EncodedRows rows = SmallProblem.withFunnel("click").rows(ROWS, new LinearModel(), random);
    for (int[] column : rows.ids().subList(0, PIPELINE.idColumns().size())) {
      for (int r = 0; r < 8; r++) {
        column[r] = r % 2;
      }
    }
    return rows;
  }

  @Test
  void featuresAndGradientsFollowThePlacesOfTheIds() {
    Random random = TestSeed.random();
    EncodedRows rows = rows(random);
    Map<String, double[]> tables = new LinkedHashMap<>();
    PIPELINE
        .tables()
        .forEach(
            t -> tables.put(t.name(), random.doubles((long) t.rows() * t.dim(), -1, 1).toArray()));
    int width = PIPELINE.denseWidth() + places(rows, 0).stream().mapToInt(Places::dim).sum();
    double[] factors = random.doubles((long) ROWS * width, -1, 1).toArray();

    Outcome outcome = run(rows, tables, factors);

    Map<String, double[]> expected = new LinkedHashMap<>();
    tables.forEach((name, values) -> expected.put(name, new double[values.length]));
    for (int r = 0; r < ROWS; r++) {
      int at = r * width;
      for (Places places : places(rows, r)) {
        double[] table = tables.get(places.table());
        double[] slopes = expected.get(places.table());
        for (int k = 0; k < places.dim(); k++, at++) {
          double value = 0;
          for (int id : places.ids()) {
            value += table[id * places.dim() + k] / places.ids().size();
            slopes[id * places.dim() + k] += factors[at] / places.ids().size();
          }
          Slopes.assertNear(outcome.features()[at], value, 1e-15, places + ", row " + r);
        }
      }
      for (float[] column : rows.dense()) {
        assertThat(outcome.features()[at++]).isEqualTo(column[r]);
      }
    }
    assertThat(outcome.gradients()).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, gradient) -> {
          double[] actual = outcome.gradients().get(name);
          for (int i = 0; i < gradient.length; i++) {
            Slopes.assertNear(actual[i], gradient[i], 1e-13, name + ", element " + i);
          }
        });
  }

  /**
   * The ids of a row whose mean a feature is: one, or those of a list.
   *
   * @param table where they stand
   */
  private record Places(String table, int dim, List<Integer> ids) {}

  /** Narrow tables come first; among those of equal width lists are last. */
  private static List<Places> places(EncodedRows rows, int row) {
    List<Places> places = new ArrayList<>();
    int column = 0;
    for (IdColumn single : PIPELINE.idColumns()) {
      places.add(places(single.table(), List.of(rows.ids().get(column++)[row])));
    }
    for (FittedList list : PIPELINE.lists()) {
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < list.length(); i++) {
        ids.add(rows.ids().get(column++)[row]);
      }
      ids.removeIf(id -> id < 0);
      places.add(places(list.values().tables().get(0), ids));
    }
    places.sort(Comparator.comparingInt(Places::dim));
    return places;
  }

  private static Places places(TableSpec table, List<Integer> ids) {
    return new Places(table.name(), table.dim(), ids);
  }

  /**
   * What a graph makes of the rows.
   *
   * @param features [ROWS * width]
   * @param gradients by table, of the sum of features times factors
   */
  private record Outcome(double[] features, Map<String, double[]> gradients) {}

  private static Outcome run(EncodedRows rows, Map<String, double[]> tables, double[] factors) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Variables variables = new Variables(graph, FloatType.FLOAT64);
      GraphContext context = GraphContext.inference(graph, variables, "inputs");
      TrainingInputs inputs = new TrainingInputs(context, PIPELINE, Embeddings.one());
      var tf = context.tf();
      Operand<TFloating> all = inputs.features().all();
      Placeholder<TFloating> coefficients =
          tf.placeholder(FloatType.FLOAT64.tensorClass(), Placeholder.shape(Shape.of(ROWS, -1)));
      Operand<TFloating> sum =
          tf.sum(tf.math.mul(all, coefficients), tf.constant(new int[] {0, 1}));
      List<Operand<TFloating>> with = new ArrayList<>();
      inputs.stores().forEach(store -> with.add(store.rows()));
      List<Operand<TFloating>> gradients = new ArrayList<>();
      Gradients.of(graph, sum, with).forEach(g -> gradients.add(g.orElseThrow()));
      Batch batch = batch(inputs, rows);
      try (Feeds feeds = new Feeds(session)) {
        feed(feeds, inputs, batch, tables);
        feeds.feed(coefficients, Shape.of(ROWS, factors.length / ROWS), factors);
        Session.Runner runner = feeds.runner().fetch(all);
        gradients.forEach(runner::fetch);
        try (Result result = runner.run()) {
          Map<String, double[]> found = new LinkedHashMap<>();
          for (int s = 0; s < inputs.stores().size(); s++) {
            LongBuffer unique = batch.ids().get(s).unique();
            split(inputs.stores().get(s), unique, Doubles.read(result.get(s + 1)), found);
          }
          return new Outcome(Doubles.read(result.get(0)), found);
        }
      }
    }
  }

  private static Batch batch(TrainingInputs inputs, EncodedRows rows) {
    Batch batch =
        new Batch(
            new BatchLayout(
                ROWS,
                inputs.stores().stream().map(TrainingInputs.Store::columns).toList(),
                PIPELINE.denseWidth(),
                List.of()));
    batch.fill(rows, IntStream.range(0, ROWS).toArray(), 0, ROWS);
    return batch;
  }

  private static void feed(
      Feeds feeds, TrainingInputs inputs, Batch batch, Map<String, double[]> tables) {
    for (int s = 0; s < inputs.stores().size(); s++) {
      TrainingInputs.Store store = inputs.stores().get(s);
      int dim = store.table().width();
      double[] home = new double[Math.toIntExact(store.table().rows() * dim)];
      for (EmbeddingTable table : store.tables()) {
        double[] values = tables.get(table.name());
        System.arraycopy(values, 0, home, Math.toIntExact(table.offset() * dim), values.length);
      }
      LongBuffer unique = batch.ids().get(s).unique();
      feeds.feed(
          store.rows(), Shape.of(unique.remaining(), dim), TableRows.gather(home, unique, dim));
      feeds.places(store, batch.ids().get(s), ROWS);
    }
    feeds.feed(inputs.dense(), Shape.of(ROWS, PIPELINE.denseWidth()), Doubles.read(batch.dense()));
  }

  /** Cuts a store's gradient into those of its tables. */
  private static void split(
      TrainingInputs.Store store, LongBuffer unique, double[] rows, Map<String, double[]> into) {
    int dim = store.table().width();
    double[] home = new double[Math.toIntExact(store.table().rows() * dim)];
    TableRows.scatter(rows, unique, home);
    for (EmbeddingTable table : store.tables()) {
      int from = Math.toIntExact(table.offset() * dim);
      into.put(table.name(), Arrays.copyOfRange(home, from, from + (int) table.rows() * dim));
    }
  }
}
