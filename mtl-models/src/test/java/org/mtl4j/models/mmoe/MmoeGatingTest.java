package org.mtl4j.models.mmoe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.component.Gating;
import org.mtl4j.testkit.SmallProblem;

/** What load balancing is in a training step, and what it comes to. */
class MmoeGatingTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click", "purchase");
  private static final int ROWS = 64;
  private static final int EXPERTS = 4;
  private static final Mmoe MODEL = new Mmoe(EXPERTS, List.of(8), List.of(4), 0);
  private static final EncodedRows DATA = PROBLEM.rows(ROWS, MODEL, new Random(3));

  private static Map<String, float[]> probes(TrainingSession session) {
    return session.probes().values(DATA, IntStream.range(0, ROWS).toArray());
  }

  /** CV^2 of the gates' sums, over the rows that have a say in a task, summed over tasks. */
  private static double variation(Map<String, float[]> probes) {
    double sum = 0;
    for (FittedTask task : PROBLEM.tasks()) {
      float[] gate = probes.get("gate/" + task.name());
      boolean[] mask = DATA.labels().get(task.name()).mask();
      double[] shares = new double[EXPERTS];
      for (int i = 0; i < gate.length; i++) {
        shares[i % EXPERTS] += mask[i / EXPERTS] ? gate[i] : 0;
      }
      double mean = IntStream.range(0, EXPERTS).mapToDouble(e -> shares[e]).average().orElseThrow();
      for (double share : shares) {
        sum += Math.pow(share - mean, 2) / EXPERTS / (mean * mean);
      }
    }
    return sum;
  }

  @Test
  void stepsLossHasTheVariationOfEveryTasksGate() {
    double weight = 0.7;
    try (TrainingSession plain = new TrainingSession(PROBLEM.trainer(MODEL, 1));
        TrainingSession balanced =
            new TrainingSession(PROBLEM.trainer(MODEL.with(new Gating(1, weight, 0)), 1))) {
      double expected = weight * variation(probes(balanced));
      StepLosses with = balanced.step(PlainNetwork.batch(balanced, DATA), 1);
      StepLosses without = plain.step(PlainNetwork.batch(plain, DATA), 1);
      assertThat(with.tasks()).isEqualTo(without.tasks());
      assertThat(expected).isPositive();
      assertThat(with.total() - without.total()).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void expertsSharesComeTogetherByIt() {
    double plain = trained(MODEL);
    assertThat(trained(MODEL.with(new Gating(1, 10, 0)))).isLessThan(plain / 10);
  }

  private static double trained(Mmoe model) {
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(model, 1))) {
      for (int step = 1; step <= 60; step++) {
        session.step(PlainNetwork.batch(session, DATA), step);
      }
      return variation(probes(session));
    }
  }
}
