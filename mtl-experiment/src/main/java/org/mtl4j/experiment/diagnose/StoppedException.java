package org.mtl4j.experiment.diagnose;

import java.io.Serial;

/** A listener asked to stop: what was gathered so far is given up. */
final class StoppedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;
}
