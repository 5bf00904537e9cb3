package org.mtl4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

class GraphContextTest {
  private static final Seed SEED = new Seed(Long.getLong("mtl.test.seed", 1L));
  private static final int ONES = 4000;
  private static final double RATE = 0.25;

  /** Ones after dropout in a scope at a step. */
  private static double[] dropout(Seed seed, String scope, long step) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Variables variables = new Variables(graph, FloatType.FLOAT64);
      Placeholder<TInt64> at =
          GraphContext.inference(graph, variables, "inputs").tf().placeholder(TInt64.class);
      GraphContext context = GraphContext.training(graph, variables, seed, at).scope(scope);
      Operand<TFloating> dropped = context.dropout(ones(context), RATE);
      try (TInt64 fed = TInt64.scalarOf(step);
          Result result = session.runner().feed(at, fed).fetch(dropped).run()) {
        double[] values = new double[ONES];
        result.get(0).asRawTensor().data().asDoubles().read(values);
        return values;
      }
    }
  }

  private static Operand<TFloating> ones(GraphContext context) {
    double[] ones = new double[ONES];
    Arrays.fill(ones, 1);
    return context.toFloating(context.tf().constant(ones));
  }

  @Test
  void dropoutKeepsTheExpectedShareAndTheMean() {
    double[] values = dropout(SEED, "tower", 1);
    double kept = 1 / (1 - RATE);
    assertThat(Arrays.stream(values).distinct().boxed()).containsExactlyInAnyOrder(0.0, kept);
    // The share of zeros of 4000 has a deviation of 0.7 %; 6 of them.
    long zeros = Arrays.stream(values).filter(v -> v == 0).count();
    assertThat((double) zeros / ONES).as("seed %s", SEED).isCloseTo(RATE, within(0.042));
  }

  @Test
  void dropoutMaskIsAFunctionOfSeedScopeAndStep() {
    double[] mask = dropout(SEED, "tower", 1);
    assertThat(dropout(SEED, "tower", 1)).isEqualTo(mask);
    assertThat(dropout(SEED, "tower", 2)).isNotEqualTo(mask);
    assertThat(dropout(SEED, "expert", 1)).isNotEqualTo(mask);
    assertThat(dropout(new Seed(SEED.value() + 1), "tower", 1)).isNotEqualTo(mask);
  }

  @Test
  void inferenceHasNoDropout() {
    try (Graph graph = new Graph()) {
      GraphContext context =
          GraphContext.inference(graph, new Variables(graph, FloatType.FLOAT64), "inference");
      Operand<TFloating> x = ones(context);
      assertThat(context.dropout(x, RATE)).isSameAs(x);
    }
  }

  @Test
  void variableAskedForWithAnotherShapeIsAnError() {
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      Variable first = variables.get("head/bias", Shape.of(2), Initializer.zeros());
      assertThat(variables.get("head/bias", Shape.of(2), Initializer.zeros())).isSameAs(first);
      assertThatThrownBy(() -> variables.get("head/bias", Shape.of(3), Initializer.zeros()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("head/bias")
          .hasMessageContaining("[2]")
          .hasMessageContaining("[3]");
    }
  }

  @Test
  void variablesAreNamedByTheirScopeWithoutThePass() {
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      GraphContext pass = GraphContext.inference(graph, variables, "inference");
      new Dense(2, Activation.RELU)
          .apply(pass.scope("mmoe").scope("gate_click"), matrix(pass, 1, 3));
      assertThat(variables.dense())
          .extracting(Variable::name)
          .containsExactly("mmoe/gate_click/kernel", "mmoe/gate_click/bias");
      assertThat(graph.operation("mmoe/gate_click/kernel")).isNotNull();
    }
  }

  private static Operand<TFloating> matrix(GraphContext context, int rows, int columns) {
    double[] zeros = new double[rows * columns];
    return context
        .tf()
        .reshape(
            context.toFloating(context.tf().constant(zeros)),
            context.tf().constant(new int[] {rows, columns}));
  }

  @Test
  void gradientByAnUnrelatedTensorIsEmpty() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      GraphContext context =
          GraphContext.inference(graph, new Variables(graph, FloatType.FLOAT64), "test");
      Operand<TFloating> x = context.constant(3);
      Operand<TFloating> unrelated = context.constant(4);
      Operand<TFloating> square = context.tf().math.square(x);
      List<Optional<Operand<TFloating>>> gradients =
          Gradients.of(graph, square, List.of(unrelated, x, unrelated));
      assertThat(gradients.get(0)).isEmpty();
      assertThat(gradients.get(2)).isEmpty();
      try (Result result = session.runner().fetch(gradients.get(1).orElseThrow()).run()) {
        assertThat(result.get(0).asRawTensor().data().asDoubles().getDouble(0)).isEqualTo(6);
      }
      assertThat(Gradients.of(graph, square, List.of(unrelated))).containsExactly(Optional.empty());
    }
  }

  /** TensorFlow gives an operation without a handle there, which fails only when it is run. */
  @Test
  void gradientAlongWaysWithoutADerivativeIsEmpty() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      GraphContext context =
          GraphContext.inference(graph, new Variables(graph, FloatType.FLOAT64), "test");
      var tf = context.tf();
      Operand<TFloating> rounded = context.constant(3);
      Operand<TFloating> stopped = context.constant(4);
      Operand<TFloating> x = context.constant(5);
      Operand<TFloating> whole = context.toFloating(tf.dtypes.cast(rounded, TInt64.class));
      Operand<TFloating> product = tf.math.mul(tf.math.mul(whole, tf.stopGradient(stopped)), x);
      List<Optional<Operand<TFloating>>> gradients =
          Gradients.of(graph, product, List.of(rounded, x, stopped));
      assertThat(gradients.get(0)).isEmpty();
      assertThat(gradients.get(2)).isEmpty();
      try (Result result = session.runner().fetch(gradients.get(1).orElseThrow()).run()) {
        assertThat(result.get(0).asRawTensor().data().asDoubles().getDouble(0)).isEqualTo(12);
      }
    }
  }
}
