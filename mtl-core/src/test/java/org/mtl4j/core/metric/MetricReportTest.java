package org.mtl4j.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.MetricReport.OutputMetrics;

class MetricReportTest {
  private final Map<String, OptionalDouble> figures = new LinkedHashMap<>();
  private final Map<String, OutputMetrics> outputs = new LinkedHashMap<>();

  private MetricReport report() {
    figures.put("log_loss", OptionalDouble.of(0.3));
    figures.put("auc", OptionalDouble.empty());
    outputs.put("purchase", new OutputMetrics(12, figures, List.of("purchase/auc: one class")));
    outputs.put("click", new OutputMetrics(9, Map.of("auc", OptionalDouble.of(0.8)), List.of()));
    return new MetricReport(outputs);
  }

  @Test
  void figuresAreFoundByOutputAndMetric() {
    assertThat(report().get("click/auc")).hasValue(0.8);
    assertThat(report().get("purchase/log_loss")).hasValue(0.3);
    assertThat(report().get("purchase/auc")).isEmpty();
  }

  @Test
  void keysKeepTheOrderOfOutputsAndMetrics() {
    assertThat(report().keys()).containsExactly("purchase/log_loss", "purchase/auc", "click/auc");
  }

  @Test
  void warningsOfAllOutputsAreGathered() {
    assertThat(report().warnings()).containsExactly("purchase/auc: one class");
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    for (String key : List.of("clik/auc", "click/acu", "click_auc")) {
      assertThatThrownBy(() -> report().get(key))
          .isInstanceOfSatisfying(
              MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_NAME))
          .hasMessageContainingAll("found \"" + key + "\"", "Did you mean \"click/auc\"?");
    }
  }

  @Test
  void whatTheCallerDoesToItsMapsLaterChangesNothing() {
    MetricReport report = report();
    figures.clear();
    outputs.clear();

    assertThat(report.keys()).hasSize(3);
  }

  @Test
  void cutOffsMustBePositiveAndDifferent() {
    assertThat(new EvaluationSettings(List.of(10, 5), List.of()).k()).containsExactly(10, 5);
    for (List<Integer> bad : List.of(List.of(0), List.of(5, -1), List.of(5, 5))) {
      assertThatThrownBy(() -> new EvaluationSettings(bad, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("evaluation.k", bad.toString());
    }
  }

  @Test
  void quantilesMustBeBetweenZeroAndOneAndDifferent() {
    for (List<Double> bad : List.of(List.of(0.0), List.of(1.0), List.of(.5, .5))) {
      assertThatThrownBy(() -> new EvaluationSettings(List.of(), bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "evaluation.quantiles: expected numbers between 0 and 1, each once, found " + bad);
    }
  }
}
