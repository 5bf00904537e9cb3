package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.parts.ContractRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Probe;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/** The contract of models finds what it is there to find. */
class BrokenModelTest {
  /** Those that train nothing. */
  private static final String[] QUICK = {
    "trainingAndInferenceAskForTheSameVariables",
    "passGivesItsOutputsInOrder",
    "everyTaskIsAnOutputOfItsOwnName",
    "variablesStandInTheModelsOwnScopeOrInATasks",
    "whatIsSaidToBeSharedIsMovedBySeveralTasks",
    "everyElementOfEveryVariableIsMovedByATask",
    "noTwoExpertsStartAlike",
    "gradientsAgreeWithFiniteDifferences",
    "rowsWithoutASayChangeNothing",
    "rowsOutsideATasksSampleSpaceChangeNothingOfThatTask",
    "whatStandsInMaskedSlotsChangesNothing",
    "onlyRatiosOfExampleWeightsMatter",
    "lossesAddUpOverRows"
  };

  /** A linear model that does something to its input first. */
  private interface Bent extends MultiTaskModel {
    Operand<TFloating> bend(GraphContext context, Operand<TFloating> x);

    @Override
    default ModelOutputs build(ModelInputs inputs, ModelContext context) {
      Operand<TFloating> x = bend(context.graph(), inputs.features().all());
      List<OutputTensor> logits =
          context.tasks().stream()
              .<OutputTensor>map(task -> TaskHead.logit(context.graph(), task, x))
              .toList();
      return ModelOutputs.of(logits, Set.of());
    }
  }

  /** Half of the way back to the embeddings is cut. */
  private record CutGradient() implements Bent {
    @Override
    public Operand<TFloating> bend(GraphContext context, Operand<TFloating> x) {
      return context.tf().math.add(x, context.tf().stopGradient(x));
    }
  }

  /** Each row sees the others. */
  private record MixedRows() implements Bent {
    @Override
    public Operand<TFloating> bend(GraphContext context, Operand<TFloating> x) {
      var tf = context.tf();
      return tf.math.sub(x, tf.math.mean(x, tf.constant(0)));
    }
  }

  /** A variable that only inference knows. */
  private record ForgottenVariable() implements Bent {
    @Override
    public Operand<TFloating> bend(GraphContext context, Operand<TFloating> x) {
      if (!context.isTraining()) {
        TaskHead.logit(context.scope("late"), SmallProblem.withFunnel("click").tasks().get(0), x);
      }
      return x;
    }
  }

  /** Of two biases the second is never used. */
  private record IdleElements() implements Bent {
    @Override
    public Operand<TFloating> bend(GraphContext context, Operand<TFloating> x) {
      int width = GraphContext.width(x);
      var both =
          context.scope("idle").variable("bias", Shape.of(2, width), new Initializer.Uniform(1));
      return context
          .tf()
          .math
          .add(x, context.tf().gather(both, context.tf().constant(0), context.tf().constant(0)));
    }
  }

  /** Two scopes of its own. */
  private record StrayNames() implements Bent {
    @Override
    public Operand<TFloating> bend(GraphContext context, Operand<TFloating> x) {
      int width = GraphContext.width(x);
      Operand<TFloating> once =
          new Dense(width, Activation.LINEAR).apply(context.scope("first"), x);
      return new Dense(width, Activation.LINEAR).apply(context.scope("second"), once);
    }
  }

  /** Says that tasks share a head, which one of them has. */
  private record FalseShare() implements MultiTaskModel {
    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      List<OutputTensor> outputs = new LinearModel().build(inputs, context).outputs();
      return ModelOutputs.of(outputs, Set.of("head_click"));
    }
  }

  /** Two experts with the same first values. */
  private record TwinExperts() implements MultiTaskModel {
    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      Operand<TFloating> x = inputs.features().all();
      Map<String, Probe> probes = new LinkedHashMap<>();
      List<Operand<TFloating>> experts = new ArrayList<>();
      for (String name : List.of("one", "other")) {
        GraphContext scope = context.graph().scope("twins").scope(name);
        Operand<TFloating> factors =
            scope.variable(
                "factors", Shape.of(GraphContext.width(x)), new Initializer.Constant(0.9));
        experts.add(scope.tf().math.mul(x, factors));
        probes.put(name, new Probe.Expert(experts.get(experts.size() - 1)));
      }
      Operand<TFloating> mixed = context.graph().tf().math.addN(experts);
      List<OutputTensor> logits =
          context.tasks().stream()
              .<OutputTensor>map(task -> TaskHead.logit(context.graph(), task, mixed))
              .toList();
      return ModelOutputs.of(logits, Set.of("twins")).withProbes(probes);
    }
  }

  /** Sees nothing but the dense inputs, by which a part of the labels can be told. */
  private record HalfBlind() implements Bent {
    @Override
    public Operand<TFloating> bend(GraphContext context, Operand<TFloating> x) {
      var tf = context.tf();
      int seen = 3;
      return tf.slice(
          x,
          tf.constant(new int[] {0, GraphContext.width(x) - seen}),
          tf.constant(new int[] {-1, seen}));
    }
  }

  /** Computes something else in the pass after training's two, which is the export's. */
  private static final class Fickle implements Bent {
    private int passes;

    @Override
    public Operand<TFloating> bend(GraphContext context, Operand<TFloating> x) {
      passes++;
      return passes > 2 ? context.tf().math.neg(x) : x;
    }
  }

  static class CutGradientContract extends ModelContractTest {
    @Override
    protected MultiTaskModel model() {
      return new CutGradient();
    }
  }

  static class MixedRowsContract extends ModelContractTest {
    @Override
    protected MultiTaskModel model() {
      return new MixedRows();
    }
  }

  static class ForgottenVariableContract extends ModelContractTest {
    @Override
    protected MultiTaskModel model() {
      return new ForgottenVariable();
    }
  }

  static class IdleElementsContract extends ModelContractTest {
    @Override
    protected MultiTaskModel model() {
      return new IdleElements();
    }
  }

  static class StrayNamesContract extends ModelContractTest {
    @Override
    protected MultiTaskModel model() {
      return new StrayNames();
    }
  }

  static class FalseShareContract extends ModelContractTest {
    @Override
    protected MultiTaskModel model() {
      return new FalseShare();
    }
  }

  static class TwinExpertsContract extends ModelContractTest {
    @Override
    protected MultiTaskModel model() {
      return new TwinExperts();
    }
  }

  static class HalfBlindContract extends ModelContractTest {
    @Override
    protected MultiTaskModel model() {
      return new HalfBlind();
    }
  }

  static class FickleContract extends ModelContractTest {
    @Override
    protected MultiTaskModel model() {
      return new Fickle();
    }
  }

  @Test
  void cutGradientIsFound() {
    assertThat(ContractRun.failuresAmong(CutGradientContract.class, QUICK))
        .containsExactly("gradientsAgreeWithFiniteDifferences");
  }

  @Test
  void rowThatSeesOthersIsFound() {
    assertThat(ContractRun.failuresAmong(MixedRowsContract.class, QUICK))
        .containsExactlyInAnyOrder(
            "rowsWithoutASayChangeNothing", "rowsOutsideATasksSampleSpaceChangeNothingOfThatTask");
  }

  @Test
  void variableOfOnePassOnlyIsFound() {
    assertThat(ContractRun.failuresAmong(ForgottenVariableContract.class, QUICK))
        .contains("trainingAndInferenceAskForTheSameVariables");
  }

  @Test
  void elementWithoutAGradientIsFound() {
    assertThat(ContractRun.failuresAmong(IdleElementsContract.class, QUICK))
        .containsExactly("everyElementOfEveryVariableIsMovedByATask");
  }

  @Test
  void strayScopesAreFound() {
    assertThat(ContractRun.failuresAmong(StrayNamesContract.class, QUICK))
        .containsExactly("variablesStandInTheModelsOwnScopeOrInATasks");
  }

  @Test
  void whatIsNotSharedIsFound() {
    assertThat(ContractRun.failuresAmong(FalseShareContract.class, QUICK))
        .containsExactly("whatIsSaidToBeSharedIsMovedBySeveralTasks");
  }

  @Test
  void equalExpertsAreFound() {
    assertThat(ContractRun.failuresAmong(TwinExpertsContract.class, QUICK))
        .containsExactly("noTwoExpertsStartAlike");
  }

  @Test
  @Tag("slow")
  void poorRankingIsFound() {
    assertThat(ContractRun.failures(HalfBlindContract.class))
        .contains("everyBinaryOutputRanksNewRowsAlmostAsTheirLabels");
  }

  @Test
  @Tag("slow")
  void exportOfAnotherModelIsFound() {
    assertThat(ContractRun.failures(FickleContract.class))
        .contains("exportGivesTheTrainersNumbersUnderTheTrainersNames");
  }

  /** They train and predict all the same. */
  @Test
  @Tag("slow")
  void nothingElseIsFound() {
    assertThat(ContractRun.failures(CutGradientContract.class)).hasSize(1);
    assertThat(ContractRun.failures(MixedRowsContract.class)).hasSize(2);
  }
}
