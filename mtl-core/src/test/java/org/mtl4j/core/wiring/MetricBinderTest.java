package org.mtl4j.core.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.MetricFactory;

class MetricBinderTest {
  private static final Key<Map<String, MetricFactory>> METRICS = Key.get(new TypeLiteral<>() {});

  @Test
  void modulesAddToOneMap() {
    Map<String, MetricFactory> metrics =
        Guice.createInjector(
                binder -> MetricBinder.metric(binder, "lift", settings -> List.of()),
                binder -> MetricBinder.metric(binder, "auc", settings -> List.of()))
            .getInstance(METRICS);

    assertThat(metrics).containsOnlyKeys("lift", "auc");
  }

  @Test
  void theMapIsThereEvenWhenNothingIsBound() {
    assertThat(Guice.createInjector(MetricBinder::metrics).getInstance(METRICS)).isEmpty();
  }

  @Test
  void aNameBoundTwiceFails() {
    assertThatThrownBy(
            () ->
                Guice.createInjector(
                    binder -> {
                      MetricBinder.metric(binder, "auc", settings -> List.of());
                      MetricBinder.metric(binder, "auc", settings -> List.of());
                    }))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("auc");
  }
}
