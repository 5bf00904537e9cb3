package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.Balanced;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.optimizer.RowwiseAdagrad;
import org.mtl4j.core.optimizer.Sgd;
import org.mtl4j.core.optimizer.UpdateContext;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** What a step may write: when a model's own updates run, and what of foreign parts is refused. */
class StepUpdatesTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final String STEPS = "counted/steps";
  private static final String SEEN = "counted/seen";

  /**
   * A linear model that counts its steps and adds the count to the logit of click times 0. It also
   * keeps the count that the forward pass saw.
   */
  private record Counting() implements MultiTaskModel {
    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      GraphContext scope = context.graph().scope("counted");
      Ops tf = scope.tf();
      Variable steps = scope.variables().get(STEPS, Shape.scalar(), Initializer.zeros());
      Variable seen = scope.variables().get(SEEN, Shape.scalar(), Initializer.zeros());
      Operand<TFloating> nothing = tf.math.mul(steps.value(), scope.constant(0));
      List<OutputTensor> outputs =
          new LinearModel()
              .build(inputs, context).outputs().stream()
                  .<OutputTensor>map(
                      o -> new OutputTensor.Logit(o.name(), tf.math.add(o.tensor(), nothing)))
                  .toList();
      return ModelOutputs.of(outputs, Set.of())
          .withUpdates(
              List.of(
                  ops -> ops.assignAddVariableOp(steps.handle(), scope.constant(1)),
                  ops -> ops.assignVariableOp(seen.handle(), tf.stopGradient(steps.value()))));
    }
  }

  private static EncodedRows rows(MultiTaskModel model) {
    return PROBLEM.rows(20, model, TestSeed.random());
  }

  private static StepLosses step(TrainingSession session, EncodedRows rows) {
    return ModelContractTest.train(session, rows, 1);
  }

  private static double value(TrainingSession session, String name) {
    return StateValues.of(session.state()).get(name)[0];
  }

  @Test
  void updatesOfAModelRunOnceAStepBehindAllThatReadsWhatTheyWrite() {
    MultiTaskModel model = new Counting();
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(model, 1))) {
      EncodedRows rows = rows(model);
      for (int done = 0; done < 20; done++) {
        assertThat(value(session, STEPS)).isEqualTo(done);
        step(session, rows);
        assertThat(value(session, SEEN)).isEqualTo(done);
      }
      session.predict(rows);
      assertThat(value(session, STEPS)).isEqualTo(20);
    }
  }

  @Test
  void updatesOfAModelDoNotRunInAStepThatIsRefused() {
    MultiTaskModel model = new Counting();
    EncodedRows good = rows(model);
    EncodedRows bad = rows(model);
    bad.labels().get("rating").labels()[7] = Float.NaN;
    bad.labels().get("rating").mask()[7] = true;
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(model, 1))) {
      step(session, good);
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> step(session, bad)).isInstanceOf(MtlException.class);
        assertThat(value(session, STEPS)).isEqualTo(1);
      }
      step(session, good);
      assertThat(value(session, STEPS)).isEqualTo(2);
    }
  }

  private interface Edit {
    List<Optional<Operand<TFloating>>> of(Ops tf, List<Optional<Operand<TFloating>>> gradients);
  }

  /** Static weights whose gradients are edited. */
  private record Edited(Edit edit) implements LossBalancing {
    @Override
    public Balanced balance(Inputs inputs) {
      Balanced honest = new StaticWeights().balance(inputs);
      return new Balanced(honest.loss(), edit.of(inputs.context().tf(), honest.gradients()));
    }

    @Override
    public String toString() {
      return "Edited";
    }
  }

  private static TrainingSession session(LossBalancing balancing) {
    return new TrainingSession(
        PROBLEM.trainer(new LinearModel(), SmallProblem.updates(balancing), 1));
  }

  @Test
  void balancingMethodWhoseGradientsDoNotFitIsRefusedByName() {
    assertThatThrownBy(() -> session(new Edited((tf, g) -> g.subList(1, g.size()))).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The balancing method Edited was expected to give a gradient, or")
        .hasMessageContaining("for each of the 8 trained tensors [")
        .hasMessageEndingWith("; found 7 of them.");
    assertThatThrownBy(() -> session(new Edited(StepUpdatesTest::lastTwoExchanged)).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The balancing method Edited was expected to give a gradient of")
        .hasMessageContaining(
            "embedding_store/dim_2 in its shape [-1, 2], found one of shape [-1, 4] (-1:");
  }

  /** A row too few, and in a shape that only a run tells. */
  @Test
  void gradientThatDoesNotFitTheRowsOfABatchFailsItsStep() {
    Edit edit =
        (tf, gradients) -> {
          List<Optional<Operand<TFloating>>> edited = new ArrayList<>(gradients);
          int last = gradients.size() - 1;
          Operand<TFloating> rows = gradients.get(last).orElseThrow();
          edited.set(
              last,
              Optional.of(
                  tf.slice(rows, tf.constant(new int[] {1, 0}), tf.constant(new int[] {-1, -1}))));
          return edited;
        };
    for (Optimizer optimizer :
        List.of(
            new Adam(0.01, 0.9, 0.999, 1e-7),
            new Adagrad(0.1, 0.1, 1e-7),
            new RowwiseAdagrad(0.1, 0.1, 1e-7),
            new Sgd(0.1, 0.9))) {
      TrainerSpec.Updates updates = new TrainerSpec.Updates(new Edited(edit), optimizer, optimizer);
      try (TrainingSession session =
          new TrainingSession(PROBLEM.trainer(new LinearModel(), updates, 1))) {
        assertThatThrownBy(() -> step(session, rows(new LinearModel())))
            .as("%s", optimizer)
            .isInstanceOf(TFInvalidArgumentException.class);
      }
    }
  }

  private static List<Optional<Operand<TFloating>>> lastTwoExchanged(
      Ops tf, List<Optional<Operand<TFloating>>> gradients) {
    List<Optional<Operand<TFloating>>> edited = new ArrayList<>(gradients);
    int last = edited.size() - 1;
    edited.set(last, gradients.get(last - 1));
    edited.set(last - 1, gradients.get(last));
    return edited;
  }

  /** Writes what it is given, each row twice over: as wide, or as many. */
  private record Doubling(int axis) implements Optimizer {
    @Override
    public Op updateDense(UpdateContext context, Variable variable, Operand<TFloating> gradient) {
      return context.tf().noOp();
    }

    @Override
    public Op updateRows(
        UpdateContext context, RowTable table, Operand<TInt64> ids, Operand<TFloating> gradient) {
      Ops tf = context.tf();
      return table.write(tf, ids, tf.concat(List.of(gradient, gradient), tf.constant(axis)));
    }
  }

  private static TrainingSession session(Optimizer optimizer) {
    return new TrainingSession(
        PROBLEM.trainer(
            new LinearModel(),
            new TrainerSpec.Updates(new StaticWeights(), optimizer, optimizer),
            1));
  }

  @Test
  void optimiserWhoseRowsDoNotFitIsRefusedByNameOrFailsItsStep() {
    assertThatThrownBy(() -> session(new Doubling(1)).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The table embedding_store/dim_2 was expected to be given rows of 2 values to write,"
                + " shape [-1, 2]; found the shape [-1, 4].");
    try (TrainingSession session = session(new Doubling(0))) {
      assertThatThrownBy(() -> step(session, rows(new LinearModel())))
          .isInstanceOf(TFInvalidArgumentException.class);
    }
  }
}
