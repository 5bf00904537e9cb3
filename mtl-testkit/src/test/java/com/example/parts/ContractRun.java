package com.example.parts;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs a contract test as a build does. */
public final class ContractRun {
  private ContractRun() {}

  /** The names of the tests that fail, sorted. */
  public static List<String> failures(Class<?> contract) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
            listener);
    if (listener.getSummary().getTestsFoundCount() == 0) {
      throw new IllegalStateException(contract + " has no tests");
    }
    return listener.getSummary().getFailures().stream()
        .map(failure -> failure.getTestIdentifier().getDisplayName().replace("()", ""))
        .sorted()
        .toList();
  }
}
