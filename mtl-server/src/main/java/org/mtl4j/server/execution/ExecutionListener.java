package org.mtl4j.server.execution;

/** What happens to computations, for metrics. Called by many threads. */
public interface ExecutionListener {
  /** One that does nothing. */
  ExecutionListener NONE = new ExecutionListener() {};

  /**
   * Something was computed.
   *
   * @param jobs requests that went together
   * @param rows that they have
   * @param computed rows that were computed, those that fill up among them
   * @param nanos how long it took
   */
  default void computed(int jobs, int rows, int computed, long nanos) {}

  /**
   * A request left the queue to be run.
   *
   * @param nanos how long it had waited
   */
  default void waited(long nanos) {}

  /** A request was refused, for the queue was full. */
  default void refused() {}

  /** A request was not run, for its time was over or its client gone. */
  default void expired() {}
}
