package org.mtl4j.models.mmoe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;

/** One run with products taken together and one with separate ones. */
class MmoeMatrixProductsTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click", "purchase");

  /** An MMoE that notes how each pass takes its products. */
  private record Noting(Mmoe mmoe, List<MatrixProducts> passes) implements MultiTaskModel {
    static Noting small() {
      return new Noting(new Mmoe(3, List.of(10, 8), List.of(6), 0), new ArrayList<>());
    }

    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      passes.add(context.graph().matrixProducts());
      return mmoe.build(inputs, context);
    }
  }

  private static TrainerSpec spec(MultiTaskModel model, MatrixProducts products) {
    TrainerSpec spec = PROBLEM.trainer(model, 1);
    TrainerSpec.Execution execution = spec.execution();
    return new TrainerSpec(
        spec.pipeline(),
        spec.tasks(),
        spec.model(),
        spec.updates(),
        new TrainerSpec.Execution(
            execution.seed(), execution.type(), execution.threads(), products));
  }

  private static Map<String, float[]> trained(TrainerSpec spec, EncodedRows rows) {
    try (TrainingSession session = new TrainingSession(spec)) {
      for (int step = 1; step <= 5; step++) {
        session.step(PlainNetwork.batch(session, rows), step);
      }
      Predictions predictions = session.predict(rows);
      return predictions.values();
    }
  }

  /** Of fixed rows: a ReLU that rounding opens in one run alone would take it another way. */
  @Test
  void bothPassesOfATrainerTakeThemAsItsExecutionSaysAndLearnTheSame() {
    Noting separate = Noting.small();
    Noting merged = Noting.small();
    EncodedRows rows = PROBLEM.rows(12, merged, new Random(5));
    Map<String, float[]> expected = trained(spec(separate, MatrixProducts.SEPARATE), rows);
    Map<String, float[]> found = trained(spec(merged, MatrixProducts.MERGED), rows);
    assertThat(separate.passes()).hasSize(2).containsOnly(MatrixProducts.SEPARATE);
    assertThat(merged.passes()).hasSize(2).containsOnly(MatrixProducts.MERGED);
    expected.forEach(
        (task, values) ->
            assertThat(found.get(task)).as(task).containsExactly(values, within(1e-5f)));
  }

  /** It may be served elsewhere; its certificate compares it with the trainer's pass. */
  @Test
  void exportTakesThemSeparately(@TempDir Path folder) {
    Noting merged = Noting.small();
    SmallExport.write(
        spec(merged, MatrixProducts.MERGED),
        SmallExport.batch(SmallExport.rows(16, new Random(5))),
        folder.resolve("1"));
    assertThat(merged.passes())
        .containsExactly(MatrixProducts.MERGED, MatrixProducts.MERGED, MatrixProducts.SEPARATE);
  }
}
