package org.mtl4j.server.execution;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** Rows of tensors, by the first dimension: put one under the other, and taken apart. */
final class Rows {
  private Rows() {}

  /**
   * All inputs' rows, one job's after the other's, and then the first ones again until there are
   * enough.
   *
   * @param inputs of each job
   * @param rows how many there are to be
   */
  static SortedMap<String, TensorValue> joined(
      List<SortedMap<String, TensorValue>> inputs, int rows) {
    SortedMap<String, TensorValue> joined = new TreeMap<>();
    for (String name : inputs.get(0).keySet()) {
      joined.put(name, under(inputs.stream().map(each -> each.get(name)).toList(), rows));
    }
    return joined;
  }

  private static TensorValue under(List<TensorValue> parts, int rows) {
    TensorValue first = parts.get(0);
    TensorShape shape = first.shape().inner().under(rows);
    if (first.type() == TensorType.STRING) {
      List<byte[]> strings = new ArrayList<>(shape.elements());
      parts.forEach(part -> strings.addAll(part.strings()));
      for (int i = 0; strings.size() < shape.elements(); i++) {
        strings.add(strings.get(i));
      }
      return TensorValue.ofStrings(shape, strings);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(shape.elements(), first.type().bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    parts.forEach(part -> bytes.put(part.numbers()));
    for (int i = 0; bytes.hasRemaining(); i++) {
      bytes.put(bytes.get(i));
    }
    return TensorValue.ofNumbers(first.type(), shape, bytes.flip());
  }

  /** Rows of each tensor. */
  static SortedMap<String, TensorValue> slice(
      SortedMap<String, TensorValue> tensors, int from, int rows) {
    SortedMap<String, TensorValue> slices = new TreeMap<>();
    tensors.forEach((name, tensor) -> slices.put(name, slice(tensor, from, rows)));
    return slices;
  }

  private static TensorValue slice(TensorValue tensor, int from, int rows) {
    TensorShape row = tensor.shape().inner();
    TensorShape shape = row.under(rows);
    if (tensor.type() == TensorType.STRING) {
      int begin = from * row.elements();
      return TensorValue.ofStrings(
          shape, tensor.strings().subList(begin, begin + shape.elements()));
    }
    int width = row.elements() * tensor.type().bytes();
    return TensorValue.ofNumbers(
        tensor.type(), shape, tensor.numbers().slice(from * width, rows * width));
  }

  /** Whether each tensor has that many rows. */
  static boolean have(SortedMap<String, TensorValue> tensors, int rows) {
    return tensors.values().stream()
        .allMatch(tensor -> tensor.shape().rank() > 0 && tensor.shape().sizes().get(0) == rows);
  }
}
