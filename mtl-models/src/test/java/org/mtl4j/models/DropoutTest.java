package org.mtl4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.models.cgc.Cgc;
import org.mtl4j.models.component.Gating;
import org.mtl4j.models.crossstitch.CrossStitch;
import org.mtl4j.models.esmm.Esmm;
import org.mtl4j.models.l2constrained.L2Constrained;
import org.mtl4j.models.mmoe.Mmoe;
import org.mtl4j.models.mtan.Mtan;
import org.mtl4j.models.omoe.Omoe;
import org.mtl4j.models.ple.Ple;
import org.mtl4j.models.sharedbottom.SharedBottom;
import org.mtl4j.models.sharedembedding.SharedEmbedding;
import org.mtl4j.models.singletask.SingleTask;
import org.mtl4j.models.sluice.Sluice;
import org.mtl4j.models.tensorfactorization.TensorFactorization;
import org.mtl4j.models.tiedweights.TiedWeights;
import org.mtl4j.testkit.SmallProblem;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;

/** Every ReLU layer of every model is followed by dropout in training, and none in inference. */
class DropoutTest {
  private static final double RATE = 0.5;
  private static final List<MultiTaskModel> MODELS =
      List.of(
          new SingleTask(List.of(5, 4), RATE),
          new SharedBottom(List.of(5, 4), List.of(3), RATE),
          new Mmoe(3, List.of(5, 4), List.of(3), RATE),
          new Omoe(3, List.of(5, 4), List.of(3), RATE),
          new Cgc(1, 2, List.of(5, 4), List.of(3), RATE),
          new Ple(
              2, 1, Map.of(), 2, List.of(5), List.of(3), RATE, Normalization.NONE, Gating.plain()),
          new Mtan(List.of(5, 4), 3, List.of(3), RATE, Normalization.NONE),
          new CrossStitch(List.of(5, 4), 0.9, RATE),
          new Sluice(List.of(4, 4), 0.9, 0.01, RATE, Normalization.NONE),
          new L2Constrained(List.of(5, 4), 0.01, RATE, Normalization.NONE),
          new TensorFactorization(List.of(5, 4), 3, 2, RATE, Normalization.NONE),
          new SharedEmbedding(List.of(5, 4), RATE, Normalization.NONE),
          new TiedWeights(List.of(5, 4), RATE, Normalization.NONE),
          new Esmm(List.of("click", "purchase"), List.of(5, 4), RATE));

  /** The kinds of the operations of one forward pass. */
  private static List<String> operations(MultiTaskModel model, boolean training) {
    SmallProblem problem = SmallProblem.withFunnel("click", "purchase");
    List<String> types = new ArrayList<>();
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      GraphContext root = GraphContext.inference(graph, variables, "inputs");
      Placeholder<TInt64> step = root.tf().placeholder(TInt64.class);
      GraphContext pass =
          training
              ? GraphContext.training(graph, variables, new Seed(1), step)
              : GraphContext.inference(graph, variables, "inference");
      var x =
          root.tf()
              .placeholder(FloatType.FLOAT32.tensorClass(), Placeholder.shape(Shape.of(-1, 6)));
      FeatureTensors features =
          new FeatureTensors(root, List.of(new FeatureTensors.Block(x, List.of())));
      model.build(new ModelInputs(features, Map.of()), new ModelContext(pass, problem.tasks()));
      graph.operations().forEachRemaining((GraphOperation o) -> types.add(o.type()));
    }
    return types;
  }

  private static long count(List<String> types, String prefix) {
    return types.stream().filter(type -> type.startsWith(prefix)).count();
  }

  @Test
  void everyReluHasItsMaskInTrainingAndNoneInInference() {
    for (MultiTaskModel model : MODELS) {
      List<String> training = operations(model, true);
      assertThat(count(training, "Relu")).as("layers of %s", model).isPositive();
      assertThat(count(training, "StatelessRandomUniform"))
          .as("masks of %s", model)
          .isEqualTo(count(training, "Relu"));
      assertThat(operations(model, false))
          .as("%s in inference", model)
          .noneMatch(type -> type.startsWith("StatelessRandom"));
    }
  }
}
