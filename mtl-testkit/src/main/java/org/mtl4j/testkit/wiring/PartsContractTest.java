package org.mtl4j.testkit.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.core.model.Baseline;
import org.mtl4j.core.model.Model;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.optimizer.LearningRateSchedule;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.wiring.MetricBinder;
import org.mtl4j.core.wiring.Registries;
import org.mtl4j.testkit.BaselineContractTest;
import org.mtl4j.testkit.BatchSourceContractTest;
import org.mtl4j.testkit.FeatureLookupContractTest;
import org.mtl4j.testkit.LearningRateScheduleContractTest;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.ModelContractTest;
import org.mtl4j.testkit.OptimizerContractTest;

/**
 * What every Guice module promises that binds parts by name: each of them has its contract test
 * among the tests that stand beside the subclass of this one. Subclass it once for each module, of
 * an application too. A contract test says by the return type of its method what it tests: {@code
 * protected Adam optimizer()}, not {@code Optimizer optimizer()}.
 */
public abstract class PartsContractTest {
  /** The open sets: what is bound, its contract, and the contract's method that gives the part. */
  private static final List<Spi> SPIS =
      List.of(
          new Spi(BatchSource.class, BatchSourceContractTest.class, "source"),
          new Spi(LookupTable.class, FeatureLookupContractTest.class, "table"),
          new Spi(MultiTaskModel.class, ModelContractTest.class, "model"),
          new Spi(Baseline.class, BaselineContractTest.class, "baseline"),
          new Spi(Optimizer.class, OptimizerContractTest.class, "optimizer"),
          new Spi(LearningRateSchedule.class, LearningRateScheduleContractTest.class, "schedule"),
          new Spi(LossBalancing.class, LossBalancingContractTest.class, "balancing"),
          new Spi(Metric.class, MetricContractTest.class, "metric"));

  private static final TypeLiteral<Map<String, ConfiguredFactory<?, ? extends BatchSource>>>
      SOURCES = new TypeLiteral<>() {};
  private static final TypeLiteral<Map<String, ConfiguredFactory<?, ? extends LookupTable>>>
      LOOKUPS = new TypeLiteral<>() {};
  private static final TypeLiteral<Map<String, ConfiguredFactory<?, ? extends Model>>> MODELS =
      new TypeLiteral<>() {};
  private static final TypeLiteral<Map<String, ConfiguredFactory<?, ? extends Optimizer>>>
      OPTIMIZERS = new TypeLiteral<>() {};
  private static final TypeLiteral<
          Map<String, ConfiguredFactory<?, ? extends LearningRateSchedule>>>
      SCHEDULES = new TypeLiteral<>() {};
  private static final TypeLiteral<Map<String, ConfiguredFactory<?, ? extends LossBalancing>>>
      BALANCINGS = new TypeLiteral<>() {};
  private static final TypeLiteral<Map<String, MetricFactory>> METRICS = new TypeLiteral<>() {};

  private record Spi(Class<?> type, Class<?> contract, String method) {}

  /** The module under test. */
  protected abstract Module module();

  @Test
  void everyPartHasItsContractTest() {
    Map<Class<?>, Map<String, Class<?>>> bound = bound();
    assertThat(bound.values()).as("what the module binds").anyMatch(parts -> !parts.isEmpty());
    List<String> lacking = new ArrayList<>();
    for (Spi spi : SPIS) {
      Set<Class<?>> tested = tested(spi);
      bound
          .get(spi.type())
          .forEach(
              (name, part) -> {
                if (!tested.contains(part)) {
                  lacking.add(
                      "\"%s\" (%s): expected a test class that extends %s, with the method %s %s()"
                          .formatted(
                              name,
                              part.getName(),
                              spi.contract().getSimpleName(),
                              part.getSimpleName(),
                              spi.method()));
                }
              });
    }
    assertThat(lacking).as("parts without a contract test").isEmpty();
  }

  /** Per open set the parts by name. */
  private Map<Class<?>, Map<String, Class<?>>> bound() {
    Injector injector =
        Guice.createInjector(
            module(),
            binder -> {
              Registries.sources(binder);
              Registries.lookups(binder);
              Registries.models(binder);
              Registries.optimizers(binder);
              Registries.schedules(binder);
              Registries.balancings(binder);
              MetricBinder.metrics(binder);
            });
    Map<Class<?>, Map<String, Class<?>>> bound = new LinkedHashMap<>();
    bound.put(BatchSource.class, classes(injector.getInstance(Key.get(SOURCES))));
    bound.put(LookupTable.class, classes(injector.getInstance(Key.get(LOOKUPS))));
    Map<String, Class<?>> models = classes(injector.getInstance(Key.get(MODELS)));
    bound.put(MultiTaskModel.class, only(MultiTaskModel.class, models));
    bound.put(Baseline.class, only(Baseline.class, models));
    bound.put(Optimizer.class, classes(injector.getInstance(Key.get(OPTIMIZERS))));
    bound.put(LearningRateSchedule.class, classes(injector.getInstance(Key.get(SCHEDULES))));
    bound.put(LossBalancing.class, classes(injector.getInstance(Key.get(BALANCINGS))));
    bound.put(Metric.class, metrics(injector.getInstance(Key.get(METRICS))));
    return bound;
  }

  private static <T> Map<String, Class<?>> classes(
      Map<String, ConfiguredFactory<?, ? extends T>> factories) {
    Map<String, Class<?>> classes = new LinkedHashMap<>();
    factories.forEach((name, factory) -> classes.put(name, factory.partType()));
    return classes;
  }

  private static Map<String, Class<?>> only(Class<?> kind, Map<String, Class<?>> all) {
    Map<String, Class<?>> some = new LinkedHashMap<>(all);
    some.values().removeIf(part -> !kind.isAssignableFrom(part));
    return some;
  }

  /** A bound name may make several metrics, one for each cut-off; each has its key. */
  private static Map<String, Class<?>> metrics(Map<String, MetricFactory> factories) {
    Map<String, Class<?>> classes = new LinkedHashMap<>();
    for (MetricFactory factory : factories.values()) {
      for (Metric metric : factory.create(new EvaluationSettings(List.of(5, 10), List.of(0.5)))) {
        Class<?> other = classes.put(metric.key(), metric.getClass());
        assertThat(other).as("another metric of the key %s", metric.key()).isNull();
      }
    }
    return classes;
  }

  /** The parts that have a contract test where this test's own class comes from. */
  private Set<Class<?>> tested(Spi spi) {
    return ReflectionSupport.findAllClassesInClasspathRoot(
            root(),
            type ->
                spi.contract().isAssignableFrom(type)
                    && !Modifier.isAbstract(type.getModifiers())
                    && !type.isMemberClass(),
            name -> name.endsWith("Test"))
        .stream()
        .map(type -> part(type, spi))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private URI root() {
    try {
      return getClass().getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      return fail(e);
    }
  }

  /** The narrowest return type of the method that gives the part. */
  private static Optional<Class<?>> part(Class<?> test, Spi spi) {
    for (Class<?> type = test; type != spi.contract(); type = type.getSuperclass()) {
      Optional<Method> method =
          Arrays.stream(type.getDeclaredMethods())
              .filter(m -> m.getName().equals(spi.method()) && m.getParameterCount() == 0)
              .filter(m -> !m.isBridge())
              .findFirst();
      if (method.isPresent()) {
        return method.map(Method::getReturnType);
      }
    }
    return Optional.empty();
  }
}
