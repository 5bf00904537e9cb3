package org.mtl4j.models.logisticregression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.testkit.StateValues;

class LogisticRegressionTest extends ForwardTest {
  @Override
  protected MultiTaskModel model() {
    return new LogisticRegression();
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> inputs = new LinkedHashMap<>();
    PROBLEM.tasks().forEach(task -> inputs.put(task.name(), x));
    return inputs;
  }

  @Test
  void nothingIsBetweenFeaturesAndHeads() {
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(model(), 1))) {
      assertThat(StateValues.of(session.state()).keySet())
          .filteredOn(name -> !name.startsWith("embedding/") && !name.startsWith("optimizer/"))
          .containsExactlyElementsOf(
              PROBLEM.tasks().stream()
                  .map(task -> "head_" + task.name() + "/logit/")
                  .flatMap(head -> Stream.of(head + "kernel", head + "bias"))
                  .toList());
    }
  }
}
