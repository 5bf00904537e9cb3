package org.mtl4j.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.optimizer.UpdateContext;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * An optimiser over one dense variable and one table in float64. A step looks ids up, some of them
 * twice, and multiplies what it finds by coefficients, which so are the gradients.
 */
final class OptimizerHarness implements AutoCloseable {
  static final int DENSE = 6;
  static final int ROWS = 9;
  static final int WIDTH = 3;
  static final int TABLE_SIZE = ROWS * WIDTH;

  private static final int PLACES = 5;

  /**
   * What one step sees.
   *
   * @param number of the step, from 1
   * @param denseGradient [DENSE]
   * @param ids [PLACES] looked up, not all different
   * @param coefficients [PLACES * WIDTH]
   */
  record Step(long number, double[] denseGradient, int[] ids, double[] coefficients) {
    static Step random(long number, Random random) {
      int[] ids = random.ints(PLACES, 0, ROWS).toArray();
      ids[PLACES - 1] = ids[0];
      double[] dense = random.doubles(DENSE, -1, 1).toArray();
      return new Step(number, dense, ids, random.doubles(PLACES * (long) WIDTH, -1, 1).toArray());
    }

    /** The same places with gradients of 0, as a batch gives in which no row has a say. */
    Step silent() {
      return new Step(number, new double[DENSE], ids, new double[PLACES * WIDTH]);
    }

    /** Per id that is looked up the sum of its places' coefficients. */
    Map<Integer, double[]> rowGradients() {
      Map<Integer, double[]> gradients = new LinkedHashMap<>();
      for (int place = 0; place < PLACES; place++) {
        double[] sum = gradients.computeIfAbsent(ids[place], id -> new double[WIDTH]);
        for (int c = 0; c < WIDTH; c++) {
          sum[c] += coefficients[place * WIDTH + c];
        }
      }
      return gradients;
    }
  }

  private final Graph graph = new Graph();
  private final Variables variables = new Variables(graph, FloatType.FLOAT64);
  private final Ops tf;
  private final Placeholder<TInt64> step;
  private final Placeholder<TFloating> denseGradient;
  private final Placeholder<TInt64> unique;
  private final Placeholder<TInt32> inverse;
  private final Placeholder<TFloating> coefficients;
  private final Variable dense;
  private final RowTable table;
  private final Op update;
  private final Session session;

  OptimizerHarness(Optimizer optimizer) {
    GraphContext context = GraphContext.inference(graph, variables, "test");
    this.tf = context.tf();
    this.step = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    Class<TFloating> type = FloatType.FLOAT64.tensorClass();
    this.denseGradient = tf.placeholder(type, Placeholder.shape(Shape.of(DENSE)));
    this.unique = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    this.inverse = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(PLACES)));
    this.coefficients = tf.placeholder(type, Placeholder.shape(Shape.of(PLACES, WIDTH)));
    this.dense = variables.get("dense", Shape.of(DENSE), Initializer.zeros());
    this.table = variables.table("table", ROWS, WIDTH, Initializer.zeros());
    UpdateContext updates = new UpdateContext(tf, variables, step);
    Op rows = optimizer.updateRows(updates, table, unique, rowGradient());
    Op whole = optimizer.updateDense(updates, dense, denseGradient);
    this.update = tf.withControlDependencies(rows, whole).noOp();
    this.session = new Session(graph);
  }

  private Operand<TFloating> rowGradient() {
    Operand<TFloating> rows = table.gather(tf, unique);
    Operand<TFloating> places = tf.gather(rows, inverse, tf.constant(0));
    Operand<TFloating> sum =
        tf.sum(tf.math.mul(places, coefficients), tf.constant(new int[] {0, 1}));
    return Gradients.of(graph, sum, List.of(rows)).get(0).orElseThrow();
  }

  /** Sets the variable and the table, and gives the slots their first values. */
  void start(double[] denseValues, double[] tableValues) {
    List<Op> assigns = new ArrayList<>();
    for (Variable variable : variables.dense()) {
      double[] values =
          variable.equals(dense) ? denseValues : variable.initialValues(new Seed(TestSeed.value()));
      assigns.add(tf.assignVariableOp(variable.handle(), constant(variable.shape(), values)));
    }
    for (RowTable rows : variables.tables()) {
      double[] values = tableValues;
      if (!rows.equals(table)) {
        double initial = ((Initializer.Constant) rows.initializer()).value();
        values = IntStream.range(0, ROWS * rows.width()).mapToDouble(i -> initial).toArray();
      }
      assigns.add(
          tf.assignVariableOp(rows.handle(), constant(Shape.of(ROWS, rows.width()), values)));
    }
    Session.Runner runner = session.runner();
    assigns.forEach(runner::addTarget);
    runner.run().close();
  }

  private Operand<TFloat64> constant(Shape shape, double[] values) {
    return tf.constant(shape, DataBuffers.of(values, false, false));
  }

  /** Takes a step. */
  void take(Step drawn) {
    long[] ids = IntStream.of(drawn.ids()).asLongStream().distinct().toArray();
    List<Long> order = LongStream.of(ids).boxed().toList();
    int[] positions = IntStream.of(drawn.ids()).map(id -> order.indexOf((long) id)).toArray();
    try (TInt64 number = TInt64.scalarOf(drawn.number());
        TFloat64 whole = Doubles.tensor(Shape.of(DENSE), drawn.denseGradient());
        TInt64 touched = TInt64.vectorOf(ids);
        TInt32 places = TInt32.vectorOf(positions);
        TFloat64 factors = Doubles.tensor(Shape.of(PLACES, WIDTH), drawn.coefficients())) {
      session
          .runner()
          .feed(step, number)
          .feed(denseGradient, whole)
          .feed(unique, touched)
          .feed(inverse, places)
          .feed(coefficients, factors)
          .addTarget(update)
          .run()
          .close();
    }
  }

  /** The dense variable. */
  double[] dense() {
    return fetch(dense.value());
  }

  /** The table, row by row. */
  double[] table() {
    return rows(table);
  }

  /** The table and the slots beside it, by name: [ROWS][width]. */
  Map<String, double[][]> tables() {
    Map<String, double[][]> tables = new LinkedHashMap<>();
    for (RowTable rows : variables.tables()) {
      double[] flat = rows(rows);
      double[][] matrix = new double[ROWS][rows.width()];
      for (int id = 0; id < ROWS; id++) {
        System.arraycopy(flat, id * rows.width(), matrix[id], 0, rows.width());
      }
      tables.put(rows.name(), matrix);
    }
    return tables;
  }

  private double[] rows(RowTable rows) {
    Operand<TInt64> all = tf.constant(LongStream.range(0, ROWS).toArray());
    return fetch(rows.gather(tf, all));
  }

  private double[] fetch(Operand<TFloating> tensor) {
    try (Result result = session.runner().fetch(tensor).run()) {
      return Doubles.read(result.get(0));
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
