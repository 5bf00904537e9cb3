package org.mtl4j.core.lookup;

import java.util.List;

/** Closes several things of which one may fail, an application's own lookup say. */
final class Closing {
  private Closing() {}

  /**
   * Closes every one, then throws the first failure with the others beside it, if there was one.
   */
  static void all(List<Runnable> closings) {
    RuntimeException failure = null;
    for (Runnable closing : closings) {
      try {
        closing.run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
