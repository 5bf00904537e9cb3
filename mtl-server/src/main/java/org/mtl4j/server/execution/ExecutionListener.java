package org.mtl4j.server.execution;

/** What happens to computations, for metrics. Called by many threads. */
public interface ExecutionListener {
  /** One that does nothing. */
  ExecutionListener NONE = new ExecutionListener() {};

  /**
   * Something was computed.
   *
   * @param origin whose they are
   * @param jobs requests that went together
   * @param rows that they have
   * @param computed rows that were computed, those that fill up among them
   * @param nanos how long it took
   */
  default void computed(Origin origin, int jobs, int rows, int computed, long nanos) {}

  /**
   * A request left the queue to be run.
   *
   * @param origin whose it is
   * @param nanos how long it had waited
   */
  default void waited(Origin origin, long nanos) {}

  /** A request was refused, for the queue was full. */
  default void refused(Origin origin) {}

  /** A request was not run, for its time was over or its client gone. */
  default void expired(Origin origin) {}
}
