package org.mtl4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Graph;
import org.tensorflow.types.TInt64;

class MatrixProductsTest {
  @AfterEach
  void askForNoGpu() {
    System.clearProperty("mtl.gpu");
  }

  @Test
  void whoAsksForAGpuPrefersThemTogether() {
    assertThat(MatrixProducts.preferred()).isEqualTo(MatrixProducts.SEPARATE);
    System.setProperty("mtl.gpu", "true");
    assertThat(MatrixProducts.preferred()).isEqualTo(MatrixProducts.MERGED);
  }

  @Test
  void scopesBelowTakeThemAsTheRootDoes() {
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      GraphContext inputs = GraphContext.inference(graph, variables, "inputs");
      assertThat(inputs.scope("a").matrixProducts()).isEqualTo(MatrixProducts.SEPARATE);
      var step = inputs.tf().placeholder(TInt64.class);
      GraphContext merged =
          GraphContext.training(graph, variables, new Seed(1), step).with(MatrixProducts.MERGED);
      GraphContext below = merged.scope("a").onProcessor().scope("b");
      assertThat(below.matrixProducts()).isEqualTo(MatrixProducts.MERGED);
      assertThat(below.path()).isEqualTo("a/b");
      assertThat(below.isTraining()).isTrue();
    }
  }
}
