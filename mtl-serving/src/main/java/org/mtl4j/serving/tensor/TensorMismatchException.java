package org.mtl4j.serving.tensor;

/**
 * Inputs or outputs are not those of a signature. The message has names, types and shapes and no
 * value, so that it can be told to whoever sent them.
 */
public final class TensorMismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Says what was expected and what was found. */
  public TensorMismatchException(String message) {
    super(message);
  }
}
