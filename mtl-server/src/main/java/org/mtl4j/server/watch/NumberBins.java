package org.mtl4j.server.watch;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.core.metric.StabilityIndex;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** Numbers, a row each: NaN is missing, the others lie between edges. */
final class NumberBins implements ValueBins {
  private final double[] edges;
  private final float min;
  private final float max;

  /**
   * Bins of a profile.
   *
   * @param range what is not out of range; empty: any finite number
   */
  NumberBins(TrainingProfile.Bins bins, Optional<TrainingProfile.Range> range) {
    this.edges = bins.edges().stream().mapToDouble(Double::doubleValue).toArray();
    this.min = range.map(TrainingProfile.Range::min).orElse(-Float.MAX_VALUE);
    this.max = range.map(TrainingProfile.Range::max).orElse(Float.MAX_VALUE);
  }

  @Override
  public Optional<Rows> rows(TensorValue tensor) {
    return tensor.type() == TensorType.FLOAT
            && tensor.shape().elements() == ValueBins.size(tensor) // [n] and [n, 1].
        ? Optional.of(new Numbers(tensor.numbers()))
        : Optional.empty();
  }

  private final class Numbers implements Rows {
    private final ByteBuffer numbers;

    Numbers(ByteBuffer numbers) {
      this.numbers = numbers;
    }

    @Override
    public int bin(int row) {
      float number = numbers.getFloat(row * Float.BYTES);
      return Float.isNaN(number) ? MISSING : 1 + StabilityIndex.bin(edges, number);
    }

    /** NaN is missing, and compares as neither. */
    @Override
    public boolean isOutOfRange(int row) {
      float number = numbers.getFloat(row * Float.BYTES);
      return number < min || number > max;
    }
  }
}
