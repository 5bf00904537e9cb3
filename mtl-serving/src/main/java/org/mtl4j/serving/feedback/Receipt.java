package org.mtl4j.serving.feedback;

/** What became of events that were handed in. */
public enum Receipt {
  /** They are written, all of them; and forced to the disk where that is asked for. */
  WRITTEN,
  /** None is written: too many wait already. */
  QUEUE_FULL,
  /** None is written: the disk does not take them now. */
  NO_ROOM,
  /** None is written: the log is closed. */
  CLOSED
}
