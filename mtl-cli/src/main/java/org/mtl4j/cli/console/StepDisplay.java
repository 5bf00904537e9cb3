package org.mtl4j.cli.console;

import org.mtl4j.core.training.TrainingListener;

/** Shows how far training is. */
interface StepDisplay extends AutoCloseable {
  /**
   * Shows a step.
   *
   * @param step what was done
   * @param throughput how fast it goes
   */
  void step(TrainingListener.Step step, Throughput throughput);

  /** Makes room for a line that stays. */
  void pause();

  @Override
  void close();
}
