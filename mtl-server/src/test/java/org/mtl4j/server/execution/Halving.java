package org.mtl4j.server.execution;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** y = x / 2 row by row, and how many rows it was asked for at a time. No row may be negative. */
final class Halving implements Computation {
  final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());

  static SortedMap<String, TensorValue> x(float... values) {
    return new TreeMap<>(Map.of("x", TensorValue.floats(values)));
  }

  static float[] y(SortedMap<String, TensorValue> outputs) {
    ByteBuffer numbers = outputs.get("y").numbers();
    float[] values = new float[numbers.remaining() / 4];
    numbers.asFloatBuffer().get(values);
    return values;
  }

  @Override
  public SortedMap<String, TensorValue> run(
      SortedMap<String, TensorValue> inputs, Collection<String> outputs) {
    TensorValue x = inputs.get("x");
    asked.add(x.shape().sizes().get(0).intValue());
    ByteBuffer numbers = x.numbers();
    ByteBuffer halves = ByteBuffer.allocate(numbers.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      float value = numbers.getFloat();
      if (value < 0) {
        throw new IllegalArgumentException("a negative row");
      }
      halves.putFloat(value / 2);
    }
    TensorShape shape = x.shape();
    return new TreeMap<>(
        Map.of("y", TensorValue.ofNumbers(TensorType.FLOAT, shape, halves.flip())));
  }

  @Override
  public boolean byRows() {
    return true;
  }
}
