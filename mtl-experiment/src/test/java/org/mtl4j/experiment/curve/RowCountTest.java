package org.mtl4j.experiment.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.experiment.run.ExperimentListener;

class RowCountTest {
  /** Also one that a listener is told of later on: it would be lost without a word. */
  @Test
  void everyEventIsPassedOn() throws ReflectiveOperationException {
    List<String> told = new ArrayList<>();
    ExperimentListener noting =
        (ExperimentListener)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ExperimentListener.class},
                (proxy, event, values) -> {
                  told.add(event.getName());
                  return event.getReturnType() == boolean.class ? true : null;
                });
    RowCount count = new RowCount(noting);
    List<String> events = new ArrayList<>();
    for (Method event : ExperimentListener.class.getMethods()) {
      if (!Modifier.isStatic(event.getModifiers())) {
        events.add(event.getName());
        event.invoke(
            count,
            Arrays.stream(event.getParameterTypes())
                .map(
                    type ->
                        type == Map.class
                            ? Map.of("train", 7)
                            : type == int.class ? (Object) 1 : null)
                .toArray());
      }
    }
    assertThat(told).isEqualTo(events).contains("onData", "onStep", "stopRequested");
    assertThat(count.train()).isEqualTo(7);
  }
}
