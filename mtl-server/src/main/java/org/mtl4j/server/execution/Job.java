package org.mtl4j.server.execution;

import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * A computation that somebody waits for.
 *
 * @param lane with which others it can go
 * @param inputs by name
 * @param rows how many; at least 1, whatever the inputs
 * @param times when it came, and when it need not be run any more
 * @param result completed with its outputs, or with what it failed with
 */
record Job(
    Lane lane,
    SortedMap<String, TensorValue> inputs,
    int rows,
    Times times,
    CompletableFuture<SortedMap<String, TensorValue>> result) {
  /**
   * Nanoseconds of {@link System#nanoTime}.
   *
   * @param came when it came
   * @param deadline when it need not be run any more
   * @param expected how long it should take
   */
  record Times(long came, long deadline, long expected) {}

  /** Whether nobody waits for it any more. */
  boolean isOver(long now) {
    return result.isDone() || now - times.deadline() >= 0;
  }
}
