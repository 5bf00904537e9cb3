package org.mtl4j.server.watch;

import java.util.Optional;
import java.util.OptionalInt;
import org.mtl4j.serving.tensor.TensorValue;

/** Which bin each row of a tensor falls into. Safe from any number of threads. */
interface ValueBins {
  /** The bin of missing values. */
  int MISSING = 0;

  /** The rows of a tensor; empty if it is not of the type and shape that this has bins for. */
  Optional<Rows> rows(TensorValue tensor);

  /** The bin of values that no vocabulary knows, if there is one. */
  default OptionalInt unknown() {
    return OptionalInt.empty();
  }

  /** How many rows a tensor has: its first dimension. */
  static int size(TensorValue tensor) {
    return tensor.shape().rank() == 0 ? 1 : Math.toIntExact(tensor.shape().sizes().get(0));
  }

  /** The rows of one tensor. */
  @FunctionalInterface
  interface Rows {
    /** The bin of a row. */
    int bin(int row);

    /** Whether a row is a number that training has not seen the like of. */
    default boolean isOutOfRange(int row) {
      return false;
    }
  }
}
