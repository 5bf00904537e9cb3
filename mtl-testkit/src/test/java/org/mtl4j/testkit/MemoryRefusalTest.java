package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.optimizer.RowwiseAdagrad;
import org.mtl4j.core.optimizer.Sgd;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

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
            new TrainerSpec.Execution(new Seed(1), type, 2, MatrixProducts.SEPARATE));
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

  /** A layer over all features before the linear one. */
  private record Wide(int units) implements MultiTaskModel {
    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      Operand<TFloating> hidden =
          new Dense(units, Activation.RELU)
              .apply(context.graph().scope("wide"), inputs.features().all());
      return ModelOutputs.of(
          List.of(TaskHead.logit(context.graph(), context.tasks().get(0), hidden)), Set.of());
    }
  }

  private static Problem refusal(int dim, int units) {
    TrainerSpec spec =
        new TrainerSpec(
            new FeaturePipeline(List.of(categorical("user", dim, 4))),
            SmallProblem.withFunnel("click").tasks().subList(0, 1),
            new Wide(units),
            new TrainerSpec.Updates(
                new StaticWeights(), new Sgd(0.1, 0), new Adagrad(0.1, 0.1, 1e-7)),
            new TrainerSpec.Execution(new Seed(1), FloatType.FLOAT32, 1, MatrixProducts.SEPARATE));
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> new TrainingSession(spec).close());
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.MEMORY);
    return failure.problems().get(0);
  }

  @Test
  void layerThatTakesMoreThanTheTablesIsToBlame() {
    Problem problem = refusal(1 << 20, 1 << 20);
    assertThat(problem.where()).isEqualTo("wide/kernel");
    assertThat(problem.remedy()).contains("wide/kernel, has the shape [1048576, 1048576]");
    assertThat(problem.what())
        .contains("4 rows x (1048576 + 1048576 adagrad) x 4 bytes = 0.03 GB")
        .contains("dense variables with their slots 8,796.11 GB.");
  }

  /** 2^32 rows of 2^31 values are more bytes than a long counts. */
  @Test
  void needBeyondALongIsNoSmallOne() {
    assertThat(refusal(Integer.MAX_VALUE, 1).what()).contains("4 rows x (2147483647 +");
    TrainerSpec spec =
        new TrainerSpec(
            new FeaturePipeline(List.of(categorical("user", 2_000_000_000, 2_000_000_000))),
            SmallProblem.withFunnel("click").tasks().subList(0, 1),
            new LinearModel(),
            new TrainerSpec.Updates(
                new StaticWeights(), new Sgd(0.1, 0), new Adagrad(0.1, 0.1, 1e-7)),
            new TrainerSpec.Execution(new Seed(1), FloatType.FLOAT32, 1, MatrixProducts.SEPARATE));
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> new TrainingSession(spec).close());
    assertThat(failure).hasMessageContaining("found 9,223,372,036.85 GB");
    assertThat(failure.problems().get(0).where()).isEqualTo("embedding/user");
  }

  /** 2.2 GB and a slot of that size: they fit into most machines, but into no buffer of Java. */
  @Test
  void variableLargerThanABufferIsRefused() {
    Problem problem = refusal(520, 1 << 20);
    assertThat(problem.where()).isEqualTo("wide/kernel");
    assertThat(problem.what() + problem.remedy()).contains("the shape [520, 1048576]");
  }

  /** All vectors are one array: 8 TB of which 40 MB are there. */
  @Test
  void fileOfVectorsThatTakesMostIsToBlame() {
    int ids = 200_000;
    FittedFeature image =
        FittedPretrained.of(
            new PretrainedFeature("image", "image", Optional.empty(), "images.txt", false),
            new Vocabulary(IntStream.range(0, ids).mapToObj(i -> "i" + i).toList()),
            new PretrainedVectors(Collections.nCopies(ids, new float[10_000_000])),
            Set.of());
    TrainerSpec small = SmallProblem.withFunnel("click").trainer(new LinearModel(), 1);
    TrainerSpec spec =
        new TrainerSpec(
            new FeaturePipeline(List.of(image)),
            small.tasks().subList(0, 1),
            small.model(),
            small.updates(),
            small.execution());
    Problem problem =
        catchThrowableOfType(MtlException.class, () -> new TrainingSession(spec).close())
            .problems()
            .get(0);
    assertThat(problem.where()).isEqualTo("embedding/image");
    assertThat(problem.what()).contains("200,002 rows x (10000000) x 4 bytes = 8,000.08 GB");
    assertThat(problem.remedy())
        .isEqualTo(
            "The largest table, embedding/image, has 200,002 rows of 10000000 from a file: name one"
                + " with fewer or narrower vectors under features.image.path, or take a machine (or"
                + " container) with more memory.");
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
