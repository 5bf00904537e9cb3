package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.parts.ContractRun;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The contract of models finds what it is there to find. */
class BrokenModelTest {
  /** Those that train nothing. */
  private static final String[] QUICK = {
    "trainingAndInferenceAskForTheSameVariables",
    "passGivesItsOutputsInOrder",
    "everyTaskIsAnOutputOfItsOwnName",
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

  /** They train and predict all the same. */
  @Test
  @Tag("slow")
  void nothingElseIsFound() {
    assertThat(ContractRun.failures(CutGradientContract.class)).hasSize(1);
    assertThat(ContractRun.failures(MixedRowsContract.class)).hasSize(2);
  }
}
