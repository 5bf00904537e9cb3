package org.mtl4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.UncertaintyWeights;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.mmoe.Mmoe;
import org.mtl4j.models.sharedbottom.SharedBottom;
import org.mtl4j.models.sluice.Sluice;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.StateValues;
import org.mtl4j.testkit.TestSeed;

/**
 * Equal seeds give equal bytes with more tasks and experts than TensorFlow's gradients go through
 * in order, as {@code WideOps} says.
 */
@Tag("slow")
class ManyPartsTest {
  private static final int AGAIN = 2;

  private static Map<String, ByteBuffer> afterAStep(TrainerSpec spec, EncodedRows rows) {
    try (TrainingSession session = new TrainingSession(spec)) {
      session.step(PlainNetwork.batch(session, rows), 1);
      return StateValues.bytes(session.state());
    }
  }

  private static void assertSameBytes(SmallProblem problem, MultiTaskModel model) {
    assertSameBytes(problem.trainer(model, TestSeed.value()), problem);
  }

  private static void assertSameBytes(TrainerSpec spec, SmallProblem problem) {
    EncodedRows rows = problem.rows(64, spec.model(), TestSeed.random());
    Map<String, ByteBuffer> first = afterAStep(spec, rows);
    for (int i = 0; i < AGAIN; i++) {
      assertThat(afterAStep(spec, rows)).as("seed %d", TestSeed.value()).isEqualTo(first);
    }
  }

  @Test
  void manyTasks() {
    SmallProblem tenTasks = SmallProblem.withFunnel("a", "b", "c", "d", "e", "f", "g", "h");
    MultiTaskModel model = new SharedBottom(List.of(6), List.of(), 0);
    assertSameBytes(tenTasks, model);
    TrainerSpec.Updates updates = SmallProblem.updates(new UncertaintyWeights(0.01));
    assertSameBytes(tenTasks.trainer(model, updates, TestSeed.value()), tenTasks);
  }

  @Test
  void manyExperts() {
    assertSameBytes(SmallProblem.withFunnel("click"), new Mmoe(10, List.of(4), List.of(), 0));
  }

  @Test
  void manySubspaces() {
    SmallProblem fiveTasks = SmallProblem.withFunnel("a", "b", "c");
    assertSameBytes(fiveTasks, new Sluice(List.of(6, 6), 0.9, 0.01, 0, Normalization.NONE));
  }
}
