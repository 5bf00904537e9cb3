package com.example.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.Balanced;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.Objective;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A method with a state of its own keeps the contract of balancing; broken ones do not. */
@Tag("slow")
class LossBalancingContractsTest {
  /** What follows from one scalar. */
  private static Balanced of(LossBalancing.Inputs inputs, List<Operand<TFloating>> terms) {
    Operand<TFloating> loss = inputs.context().tf().math.addN(terms);
    return new Balanced(loss, inputs.gradients().apply(loss));
  }

  private static List<Operand<TFloating>> means(LossBalancing.Inputs inputs) {
    return inputs.objectives().stream().map(Objective::loss).toList();
  }

  private static List<Operand<TFloating>> with(
      List<Operand<TFloating>> terms, List<Operand<TFloating>> more) {
    List<Operand<TFloating>> all = new ArrayList<>(terms);
    all.addAll(more);
    return all;
  }

  /** Each task times a weight that is kept in a variable. */
  private record Kept() implements LossBalancing {
    @Override
    public Balanced balance(Inputs inputs) {
      List<Operand<TFloating>> terms = new ArrayList<>(inputs.regularizers());
      for (Objective objective : inputs.objectives()) {
        Operand<TFloating> weight =
            inputs
                .context()
                .scope(objective.task().name())
                .variable("weight", Shape.scalar(), new Initializer.Constant(0.75));
        terms.add(inputs.context().tf().math.mul(objective.loss(), weight));
      }
      return of(inputs, terms);
    }
  }

  /** Each task by its own size: 0 / 0 without a row. */
  private record BySize() implements LossBalancing {
    @Override
    public Balanced balance(Inputs inputs) {
      Ops tf = inputs.context().tf();
      List<Operand<TFloating>> terms = new ArrayList<>(inputs.regularizers());
      means(inputs).forEach(mean -> terms.add(tf.math.div(mean, tf.stopGradient(mean))));
      return of(inputs, terms);
    }
  }

  /** Knows tasks alone. */
  private record Forgetful() implements LossBalancing {
    @Override
    public Balanced balance(Inputs inputs) {
      return of(inputs, means(inputs));
    }
  }

  /** Counts a regulariser twice. */
  private record Strict() implements LossBalancing {
    @Override
    public Balanced balance(Inputs inputs) {
      List<Operand<TFloating>> regularizers = inputs.regularizers();
      return of(inputs, with(with(means(inputs), regularizers), regularizers));
    }
  }

  /** The first task takes all. */
  private record Partial() implements LossBalancing {
    @Override
    public Balanced balance(Inputs inputs) {
      return of(inputs, with(means(inputs).subList(0, 1), inputs.regularizers()));
    }
  }

  /** Gives the gradients in another order. */
  private record Reversed() implements LossBalancing {
    @Override
    public Balanced balance(Inputs inputs) {
      Balanced honest = new Kept().balance(inputs);
      List<Optional<Operand<TFloating>>> gradients = new ArrayList<>(honest.gradients());
      Collections.reverse(gradients);
      return new Balanced(honest.loss(), gradients);
    }
  }

  static class KeptContract extends LossBalancingContractTest {
    @Override
    protected LossBalancing balancing() {
      return new Kept();
    }
  }

  static class BySizeContract extends LossBalancingContractTest {
    @Override
    protected LossBalancing balancing() {
      return new BySize();
    }
  }

  static class ForgetfulContract extends LossBalancingContractTest {
    @Override
    protected LossBalancing balancing() {
      return new Forgetful();
    }
  }

  static class StrictContract extends LossBalancingContractTest {
    @Override
    protected LossBalancing balancing() {
      return new Strict();
    }
  }

  static class PartialContract extends LossBalancingContractTest {
    @Override
    protected LossBalancing balancing() {
      return new Partial();
    }
  }

  static class ReversedContract extends LossBalancingContractTest {
    @Override
    protected LossBalancing balancing() {
      return new Reversed();
    }
  }

  @Test
  void methodWithVariablesOfItsOwnKeepsTheContract() {
    assertThat(ContractRun.failures(KeptContract.class)).isEmpty();
  }

  @Test
  void taskWithoutARowThatSpoilsTheOthersIsFound() {
    assertThat(
            ContractRun.failuresAmong(
                BySizeContract.class,
                "batchWithoutAnyLabelMovesNothingButByRegularisers",
                "taskThatIsAloneInABatchIsFollowedWhateverTheOthersLack",
                "lossAndGradientsAreFinite"))
        .containsExactly(
            "batchWithoutAnyLabelMovesNothingButByRegularisers",
            "taskThatIsAloneInABatchIsFollowedWhateverTheOthersLack");
  }

  @Test
  void regulariserThatIsForgottenOrDoubledIsFound() {
    assertThat(ContractRun.failures(ForgetfulContract.class))
        .contains("regularisersCountAsTheyAre", "gradientsHaveTheOrderAndShapesOfWhatIsTrained");
    assertThat(
            ContractRun.failuresAmong(
                StrictContract.class,
                "regularisersCountAsTheyAre",
                "gradientsHaveTheOrderAndShapesOfWhatIsTrained",
                "taskThatIsAloneInABatchIsFollowedWhateverTheOthersLack",
                "lossAndGradientsAreFinite"))
        .containsExactly("regularisersCountAsTheyAre");
  }

  @Test
  void taskThatIsLeftOutIsFound() {
    assertThat(ContractRun.failures(PartialContract.class))
        .contains(
            "taskThatIsAloneInABatchIsFollowedWhateverTheOthersLack",
            "trainingLowersEveryTasksLoss");
  }

  @Test
  void gradientsInAnotherOrderAreFound() {
    assertThat(ContractRun.failures(ReversedContract.class))
        .contains(
            "gradientsHaveTheOrderAndShapesOfWhatIsTrained",
            "sameSeedGivesTheSameBytes",
            "trainingLowersEveryTasksLoss");
  }
}
