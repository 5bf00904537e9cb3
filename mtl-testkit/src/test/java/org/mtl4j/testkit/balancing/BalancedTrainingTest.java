package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.balancing.DecayingWeights;
import org.mtl4j.core.balancing.DynamicTaskPrioritization;
import org.mtl4j.core.balancing.DynamicWeightAverage;
import org.mtl4j.core.balancing.Famo;
import org.mtl4j.core.balancing.GradNorm;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.MetaBalance;
import org.mtl4j.core.balancing.MetaWeights;
import org.mtl4j.core.balancing.PcGrad;
import org.mtl4j.core.balancing.RandomWeights;
import org.mtl4j.core.balancing.UncertaintyWeights;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.testkit.Folders;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

/** Methods that remember something, in a run that is interrupted in the middle of an epoch. */
@Tag("slow")
class BalancedTrainingTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final LinearModel MODEL = new LinearModel();

  @TempDir Path folder;

  private static List<LossBalancing> methods() {
    return List.of(
        new DecayingWeights(Map.of("rating", 0.5), Optional.empty()),
        new DynamicWeightAverage(2, Optional.empty()),
        new DynamicWeightAverage(2, Optional.of(4)),
        new DynamicTaskPrioritization(1, 0.1),
        new UncertaintyWeights(0.01),
        new Famo(0.025, 0.001),
        new MetaWeights(0.25, 0.01, 0.001),
        new GradNorm(1.5, 0.025),
        new MetaBalance("click", 0.7, 0.9, MetaBalance.Adjust.BOTH),
        new RandomWeights(),
        new PcGrad());
  }

  private Map<String, String> train(LossBalancing method, String name, long stopAt)
      throws IOException {
    CheckpointStore store = new CheckpointStore(folder.resolve(name));
    TrainerSpec spec = PROBLEM.trainer(MODEL, SmallProblem.updates(method), 1);
    // 50 rows in batches of 8: seven steps an epoch.
    TrainingPlan plan =
        new TrainingPlan(
            PROBLEM.rows(50, MODEL, TestSeed.random()), Optional.empty(), 4, 8, Optional.empty());
    TrainingListener stopping =
        new TrainingListener() {
          private long step;

          @Override
          public void onStep(Step taken) {
            step = taken.step();
          }

          @Override
          public boolean stopRequested() {
            return step == stopAt;
          }
        };
    try (TrainingSession session = new TrainingSession(spec)) {
      Progress progress = Progress.start();
      Optional<Checkpoint> latest = store.latest();
      if (latest.isPresent()) {
        session.restore(latest.get());
        progress = latest.get().progress();
      }
      new Trainer(session, plan, store, stopping, progress).run();
    }
    return Folders.content(folder.resolve(name).resolve("step-" + store.latestStep()));
  }

  @Test
  void runThatIsInterruptedInAnEpochEndsWithTheBytesOfOneThatWasNot() throws IOException {
    for (LossBalancing method : methods()) {
      String name = method.getClass().getSimpleName() + method.hashCode();
      Map<String, String> whole = train(method, name + "-whole", -1);
      train(method, name + "-stopped", 17);
      assertThat(train(method, name + "-stopped", -1))
          .as("%s, seed %d", method, TestSeed.value())
          .isEqualTo(whole);
    }
  }
}
