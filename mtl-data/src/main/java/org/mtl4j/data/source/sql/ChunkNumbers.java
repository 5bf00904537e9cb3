package org.mtl4j.data.source.sql;

import java.util.Arrays;

/** Doubles, or floats by their digits. */
final class ChunkNumbers implements ChunkColumn {
  private final boolean floats;
  private double[] numbers = new double[0];
  private int taken;

  /** None yet. */
  ChunkNumbers(ValueKind kind) {
    this.floats = kind == ValueKind.FLOAT;
  }

  @Override
  public void take(DuckVector vector, int from, int count, LongTexts texts) {
    numbers = Arrays.copyOf(numbers, taken + count);
    if (floats) {
      for (int i = 0; i < count; i++) {
        float value = vector.data().getFloat((from + i) * Float.BYTES);
        numbers[taken + i] = Double.parseDouble(Float.toString(value));
      }
    } else {
      vector.data().asDoubleBuffer().get(from, numbers, taken, count);
    }
    if (vector.validity().isPresent()) {
      for (int i = 0; i < count; i++) {
        if (vector.isMissing(from + i)) {
          numbers[taken + i] = Double.NaN;
        }
      }
    }
    taken += count;
  }

  @Override
  public int taken() {
    return taken;
  }

  @Override
  public Object values() {
    return numbers;
  }
}
