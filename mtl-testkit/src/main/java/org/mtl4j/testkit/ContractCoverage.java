package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.graph.GraphContext;

/**
 * Whether every layer has its contract test: asked of compiled classes, so that a new one without a
 * check is found by the build. What a Guice module binds by name is looked after by {@link
 * org.mtl4j.testkit.wiring.PartsContractTest}.
 */
public final class ContractCoverage {
  private ContractCoverage() {}

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
    Set<Class<?>> subjects =
        ModuleClasses.implementations(test, LayerContractTest.class).stream()
            .map(type -> make(type).subject())
            .collect(Collectors.toSet());
    assertThat(layers).as("found in the module").isNotEmpty();
    assertThat(layers.stream().filter(type -> !subjects.contains(type)).toList())
        .as("without a contract test; there are such tests of %s", subjects)
        .isEmpty();
  }

  private static boolean makes(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !method.getReturnType().equals(void.class)
        && Arrays.asList(method.getParameterTypes()).contains(GraphContext.class);
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
}
