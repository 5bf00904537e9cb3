package org.mtl4j.experiment.run;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Says when there is room for a run beside others. */
@FunctionalInterface
public interface MemoryGate {
  /** There always is. */
  MemoryGate OPEN = (bytes, training) -> training.get();

  /**
   * Waits until there is room, and has it taken as long as a run is trained.
   *
   * @param bytes what the run needs, asked for where that matters
   * @param training makes the model, and drops it
   * @throws org.mtl4j.core.error.MtlException MEMORY if there never will be
   */
  Run within(LongSupplier bytes, Supplier<Run> training);
}
