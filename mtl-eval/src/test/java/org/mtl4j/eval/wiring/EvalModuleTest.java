package org.mtl4j.eval.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.testkit.wiring.PartsContractTest;

class EvalModuleTest extends PartsContractTest {
  @Override
  protected EvalModule module() {
    return new EvalModule();
  }

  @Test
  void metricsAreBoundByNameInTheOrderOfReports() {
    Map<String, MetricFactory> factories =
        Guice.createInjector(new EvalModule())
            .getInstance(Key.get(new TypeLiteral<Map<String, MetricFactory>>() {}));

    assertThat(factories.values())
        .flatMap(factory -> factory.create(new EvaluationSettings(List.of(5, 10))))
        .extracting(Metric::key)
        .containsExactly(
            "auc",
            "macro_auc",
            "log_loss",
            "accuracy",
            "micro_f1",
            "macro_f1",
            "ndcg@5",
            "ndcg@10",
            "precision@5",
            "precision@10",
            "rmse",
            "mae");
  }
}
