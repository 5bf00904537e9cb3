package com.example.parts;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs a contract test as a build does. */
public final class ContractRun {
  private ContractRun() {}

  /** The names of the tests that fail, sorted. */
  public static List<String> failures(Class<?> contract) {
    SummaryGeneratingListener listener = run(List.of(selectClass(contract)));
    if (listener.getSummary().getTestsFoundCount() == 0) {
      throw new IllegalStateException(contract + " has no tests");
    }
    return failures(listener);
  }

  /** Which of some tests fail, sorted: a whole contract trains models, and takes its time. */
  public static List<String> failuresAmong(Class<?> contract, String... tests) {
    SummaryGeneratingListener listener =
        run(Arrays.stream(tests).map(test -> selectMethod(contract, test)).toList());
    if (listener.getSummary().getTestsFoundCount() != tests.length) {
      throw new IllegalStateException(contract + " lacks one of " + List.of(tests));
    }
    return failures(listener);
  }

  private static SummaryGeneratingListener run(List<? extends DiscoverySelector> selectors) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(LauncherDiscoveryRequestBuilder.request().selectors(selectors).build(), listener);
    return listener;
  }

  private static List<String> failures(SummaryGeneratingListener listener) {
    return listener.getSummary().getFailures().stream()
        .map(failure -> failure.getTestIdentifier().getDisplayName().replace("()", ""))
        .sorted()
        .toList();
  }
}
