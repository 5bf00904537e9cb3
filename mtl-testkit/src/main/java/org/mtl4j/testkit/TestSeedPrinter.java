package org.mtl4j.testkit;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Prints once a run how to repeat it. JUnit finds it by itself (META-INF/services). */
public final class TestSeedPrinter implements TestExecutionListener {
  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    System.out.printf("test seed %1$d: repeat with -Dmtl.test.seed=%1$d%n", TestSeed.value());
  }
}
