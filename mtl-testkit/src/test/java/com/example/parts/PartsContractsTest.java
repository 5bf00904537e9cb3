package com.example.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Module;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.wiring.MetricBinder;
import org.mtl4j.core.wiring.Registries;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.wiring.PartsContractTest;

/** A part without a contract test fails the module that binds it. */
class PartsContractsTest {
  /** Both have their contract tests in this module's own test classes. */
  static class CoveredContract extends PartsContractTest {
    @Override
    protected Module module() {
      return binder -> {
        Registries.models(binder)
            .addBinding("linear")
            .toInstance(ConfiguredFactory.ofRecord(LinearModel.class));
        Registries.optimizers(binder)
            .addBinding("adam")
            .toInstance(ConfiguredFactory.ofRecord(Adam.class));
      };
    }
  }

  /** It would be a model if anybody built it. */
  private record UntestedModel() implements MultiTaskModel {
    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      return new LinearModel().build(inputs, context);
    }
  }

  /** It would be a metric if anybody asked for it. */
  private record UntestedMetric() implements Metric {
    @Override
    public String key() {
      return "lift";
    }

    @Override
    public boolean appliesTo(TaskType type) {
      return true;
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }

    @Override
    public OptionalDouble compute(EvaluationRows rows) {
      return OptionalDouble.empty();
    }
  }

  /** A model that nobody tests. */
  static class UntestedModelContract extends PartsContractTest {
    @Override
    protected Module module() {
      return binder ->
          Registries.models(binder)
              .addBinding("mine")
              .toInstance(ConfiguredFactory.ofRecord(UntestedModel.class));
    }
  }

  /** A family of metrics, two of one key. */
  static class SameKeyContract extends PartsContractTest {
    @Override
    protected Module module() {
      return binder ->
          MetricBinder.metric(
              binder, "lift", settings -> List.of(new UntestedMetric(), new UntestedMetric()));
    }
  }

  /** Nothing at all is bound: a module of the wrong kind. */
  static class EmptyContract extends PartsContractTest {
    @Override
    protected Module module() {
      return binder -> {};
    }
  }

  @Test
  void partWithAContractTestIsCovered() {
    assertThat(ContractRun.failures(CoveredContract.class)).isEmpty();
  }

  @Test
  void partWithoutAContractTestIsFound() {
    for (Class<?> contract :
        List.of(UntestedModelContract.class, SameKeyContract.class, EmptyContract.class)) {
      assertThat(ContractRun.failures(contract))
          .as("%s", contract)
          .containsExactly("everyPartHasItsContractTest");
    }
  }
}
