package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.optimizer.Optimizer;

/**
 * Whether everything that has a contract test of its kind has one: asked of compiled classes, so
 * that a new model, optimiser or layer without a check is found by the build.
 */
public final class ContractCoverage {
  private ContractCoverage() {}

  /**
   * Every model of a module is what some contract test of the tests gives back.
   *
   * @param main a class of the module
   * @param test a class of the tests
   */
  public static void ofModels(Class<?> main, Class<?> test) {
    assertCovered(
        ModuleClasses.implementations(main, MultiTaskModel.class),
        subjects(test, ModelContractTest.class, contract -> contract.model().getClass()));
  }

  /** Every optimiser of a module is what some contract test of the tests gives back. */
  public static void ofOptimizers(Class<?> main, Class<?> test) {
    assertCovered(
        ModuleClasses.implementations(main, Optimizer.class),
        subjects(test, OptimizerContractTest.class, contract -> contract.optimizer().getClass()));
  }

  /** Every metric of a module is what some contract test of the tests gives back. */
  public static void ofMetrics(Class<?> main, Class<?> test) {
    assertCovered(
        ModuleClasses.implementations(main, Metric.class),
        subjects(test, MetricContractTest.class, contract -> contract.metric().getClass()));
  }

  /**
   * Every layer of a module is the subject of some contract test of the tests. A layer is a public
   * class with a public method that makes something out of a {@link GraphContext}.
   *
   * @param packageName where the module keeps its layers
   */
  public static void ofLayers(Class<?> main, String packageName, Class<?> test) {
    List<Class<?>> layers =
        ModuleClasses.beside(main).stream()
            .filter(type -> type.getPackageName().equals(packageName))
            .filter(type -> Modifier.isPublic(type.getModifiers()))
            .filter(
                type -> Arrays.stream(type.getDeclaredMethods()).anyMatch(ContractCoverage::makes))
            .<Class<?>>map(type -> type)
            .toList();
    assertCovered(layers, subjects(test, LayerContractTest.class, LayerContractTest::subject));
  }

  private static boolean makes(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !method.getReturnType().equals(void.class)
        && Arrays.asList(method.getParameterTypes()).contains(GraphContext.class);
  }

  private static <T> Set<Class<?>> subjects(
      Class<?> test, Class<T> contract, Function<T, Class<?>> subject) {
    return ModuleClasses.implementations(test, contract).stream()
        .map(type -> subject.apply(make(type)))
        .collect(Collectors.toSet());
  }

  private static <T> T make(Class<T> type) {
    try {
      Constructor<T> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a contract test needs a constructor without parameters", e);
    }
  }

  private static void assertCovered(
      List<? extends Class<?>> implementations, Set<Class<?>> subjects) {
    assertThat(implementations).as("found in the module").isNotEmpty();
    assertThat(implementations.stream().filter(type -> !subjects.contains(type)).toList())
        .as("without a contract test; there are such tests of %s", subjects)
        .isEmpty();
  }
}
