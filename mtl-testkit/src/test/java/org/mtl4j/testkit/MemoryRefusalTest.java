package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.optimizer.RowwiseAdagrad;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/** Tables larger than any machine are refused before anything is made. */
class MemoryRefusalTest {
  private static FittedFeature categorical(String name, int dim, int ids) {
    return new FittedCategorical(
        new CategoricalFeature(
            name, name, Optional.empty(), name, dim, new CategoricalFeature.Hashed(ids - 1)),
        Optional.empty());
  }

  private static String refusal(FloatType type, Optimizer embedding) {
    TrainerSpec spec =
        new TrainerSpec(
            new FeaturePipeline(
                List.of(
                    categorical("user", 1024, 2_000_000_000),
                    categorical("item", 1024, 1_000_000_000),
                    categorical("hour", 8, 25))),
            SmallProblem.withFunnel("click").tasks().subList(0, 1),
            new LinearModel(),
            new TrainerSpec.Updates(
                new StaticWeights(), new Adam(0.01, 0.9, 0.999, 1e-7), embedding),
            new TrainerSpec.Execution(new Seed(1), type, 2));
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> new TrainingSession(spec).close());
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(failure.code().isUserInput()).isTrue();
    assertThat(failure.problems().get(0).where()).isEqualTo("embedding/user");
    assertThat(failure)
        .hasMessageContaining("The largest table, embedding/user, has 2,000,000,000 rows of 1024:");
    return failure.getMessage();
  }

  @Test
  void messageHasTheArithmeticOfTablesAndSlots() {
    assertThat(refusal(FloatType.FLOAT32, new Adagrad(0.1, 0.1, 1e-7)))
        .contains("25 rows x (8 + 8 adagrad) x 4 bytes = 0.00 GB")
        .contains("3,000,000,000 rows x (1024 + 1024 adagrad) x 4 bytes = 24,576.00 GB")
        .contains("found 24,576.00 GB:");
    assertThat(refusal(FloatType.FLOAT32, new Adam(0.1, 0.9, 0.999, 1e-7)))
        .contains("x (1024 + 1024 adam_m + 1024 adam_v) x 4 bytes = 36,864.00 GB");
    assertThat(refusal(FloatType.FLOAT32, new RowwiseAdagrad(0.1, 0.1, 1e-7)))
        .contains("x (1024 + 1 rowwise_adagrad) x 4 bytes = 12,300.00 GB");
    assertThat(refusal(FloatType.FLOAT64, new Adagrad(0.1, 0.1, 1e-7)))
        .contains("x 8 bytes = 49,152.00 GB");
  }
}
