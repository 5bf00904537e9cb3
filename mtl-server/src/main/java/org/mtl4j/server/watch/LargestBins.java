package org.mtl4j.server.watch;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Rows of several columns, probabilities of classes say: which column is the largest.
 *
 * @param width how many columns there are
 */
record LargestBins(int width) implements ValueBins {
  @Override
  public Optional<Rows> rows(TensorValue tensor) {
    if (tensor.type() != TensorType.FLOAT
        || tensor.shape().elements() != (long) width * ValueBins.size(tensor)) {
      return Optional.empty();
    }
    ByteBuffer numbers = tensor.numbers();
    return Optional.of(
        row -> {
          int most = 0;
          for (int column = 1; column < width; column++) {
            if (number(numbers, row, column) > number(numbers, row, most)) {
              most = column;
            }
          }
          return 1 + most;
        });
  }

  private float number(ByteBuffer numbers, int row, int column) {
    return numbers.getFloat((row * width + column) * Float.BYTES);
  }
}
