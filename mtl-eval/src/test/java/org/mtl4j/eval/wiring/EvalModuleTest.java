package org.mtl4j.eval.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    assertThat(keys(factories.values().stream().filter(MetricFactory::isDefault)))
        .containsExactly(
            "auc",
            "pr_auc",
            "macro_auc",
            "log_loss",
            "accuracy",
            "micro_f1",
            "macro_f1",
            "class_mae",
            "quadratic_kappa",
            "ndcg@5",
            "ndcg@10",
            "precision@5",
            "precision@10",
            "rmse",
            "mae",
            "reconstruction_mse",
            "explained_variance",
            "silhouette",
            "nmi");
    assertThat(keys(factories.values().stream().filter(factory -> !factory.isDefault())))
        .containsExactly(
            "normalised_entropy",
            "brier",
            "ece",
            "adaptive_ece",
            "pcoc",
            "f1",
            "best_f1",
            "best_threshold",
            "ks",
            "top_accuracy@5",
            "top_accuracy@10",
            "gauc",
            "recall@5",
            "recall@10",
            "hit_rate@5",
            "hit_rate@10",
            "map@5",
            "map@10",
            "mrr",
            "coverage@5",
            "coverage@10",
            "popularity@5",
            "popularity@10",
            "diversity@5",
            "diversity@10",
            "mape",
            "r2",
            "spearman",
            "xauc",
            "quantile_loss@0.5");
  }

  private static List<String> keys(Stream<MetricFactory> factories) {
    EvaluationSettings settings = new EvaluationSettings(List.of(5, 10), List.of(.5));
    return factories
        .flatMap(factory -> factory.create(settings).stream())
        .map(Metric::key)
        .toList();
  }
}
