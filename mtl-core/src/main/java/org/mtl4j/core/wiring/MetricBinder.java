package org.mtl4j.core.wiring;

import com.google.inject.Binder;
import com.google.inject.multibindings.MapBinder;
import org.mtl4j.core.metric.MetricFactory;

/** Binds metrics by name; inject them as {@code Map<String, MetricFactory>}, in binding order. */
public final class MetricBinder {
  private MetricBinder() {}

  /** Opens the map of metrics, so that it can be injected even while nothing is bound to it. */
  public static MapBinder<String, MetricFactory> metrics(Binder binder) {
    return MapBinder.newMapBinder(binder, String.class, MetricFactory.class);
  }

  /**
   * Binds a metric, or a family such as {@code ndcg}, to its name; a name bound twice fails. It is
   * reported unless an experiment names others, or only where one names it ({@link
   * MetricFactory#onRequest}).
   */
  public static void metric(Binder binder, String name, MetricFactory factory) {
    metrics(binder).addBinding(name).toInstance(factory);
  }
}
