package org.mtl4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;

class InitializerTest {
  private static final Seed ROOT = new Seed(Long.getLong("mtl.test.seed", 1L));
  private static final Initializer GLOROT = Initializer.glorotUniform(30, 24);

  private static double[] valuesOf(String wanted, String... names) {
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      for (String name : names) {
        variables.get(name, Shape.of(30, 24), GLOROT);
      }
      return variables.find(wanted).orElseThrow().initialValues(ROOT);
    }
  }

  @Test
  void addingAVariableChangesNoOther() {
    double[] alone = valuesOf("head/kernel", "head/kernel");
    assertThat(valuesOf("head/kernel", "tower/kernel", "head/kernel")).isEqualTo(alone);
    assertThat(valuesOf("tower/kernel", "tower/kernel")).isNotEqualTo(alone);
  }

  @Test
  void anotherSeedGivesOtherValues() {
    double[] values = valuesOf("head/kernel", "head/kernel");
    try (Graph graph = new Graph()) {
      Variable variable =
          new Variables(graph, FloatType.FLOAT32).get("head/kernel", Shape.of(30, 24), GLOROT);
      assertThat(variable.initialValues(new Seed(ROOT.value() + 1))).isNotEqualTo(values);
    }
  }

  @Test
  void glorotValuesFillTheirRangeEvenly() {
    // sqrt(6 / 54) = 1/3; a uniform distribution of that limit has deviation limit / sqrt(3).
    double[] values = valuesOf("head/kernel", "head/kernel");
    double limit = 1.0 / 3;
    assertThat(DoubleStream.of(values).map(Math::abs).max().orElseThrow())
        .as("seed %d", ROOT.value())
        .isBetween(0.95 * limit, limit);
    double deviation = Math.sqrt(DoubleStream.of(values).map(v -> v * v).average().orElseThrow());
    // 720 draws: the estimate's own deviation is about 2 %; 5 of them.
    assertThat(deviation)
        .as("seed %d", ROOT.value())
        .isCloseTo(limit / Math.sqrt(3), within(0.1 * limit / Math.sqrt(3)));
  }

  @Test
  void rowOfATableDependsOnNameAndIdOnly() {
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      Initializer uniform = new Initializer.Uniform(0.05);
      RowTable small = variables.table("small", 10, 4, uniform);
      RowTable large = variables.table("large", 1000, 4, uniform);
      double[] row = row(new EmbeddingTable("item", small, 0, 10), 7);
      assertThat(row(new EmbeddingTable("item", large, 500, 400), 7)).isEqualTo(row);
      assertThat(row(new EmbeddingTable("item", small, 0, 10), 6)).isNotEqualTo(row);
      assertThat(row(new EmbeddingTable("user", small, 0, 10), 7)).isNotEqualTo(row);
      assertThat(Arrays.stream(row).map(Math::abs).max().orElseThrow()).isLessThan(0.05);
    }
  }

  private static double[] row(EmbeddingTable table, long id) {
    double[] row = new double[table.store().width()];
    table.initialRow(table.seed(ROOT), id, row);
    return row;
  }

  @Test
  void rowsOfADiagonalSumToOne() {
    Initializer diagonal = new Initializer.Diagonal(3, 0.8);
    double[] matrix = new double[9];
    for (int i = 0; i < 9; i++) {
      matrix[i] = diagonal.next(ROOT.random(), i);
    }
    assertThat(matrix)
        .containsExactly(new double[] {.8, .1, .1, .1, .8, .1, .1, .1, .8}, within(1e-15));
    assertThat(new Initializer.Diagonal(1, 0.8).next(ROOT.random(), 0)).isEqualTo(1);
  }
}
