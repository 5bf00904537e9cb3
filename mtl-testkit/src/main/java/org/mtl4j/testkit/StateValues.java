package org.mtl4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.core.training.TrainedState;

/** Reads a whole trained state into Java: for small models. */
public final class StateValues {
  private StateValues() {}

  /**
   * Per tensor its bytes; equal maps are equal states.
   *
   * @throws UncheckedIOException if they cannot be read
   */
  public static Map<String, ByteBuffer> bytes(TrainedState state) {
    Map<String, ByteBuffer> bytes = new LinkedHashMap<>();
    for (StateTensor tensor : state.tensors()) {
      int size = Math.toIntExact(tensor.bytes());
      bytes.put(tensor.name(), ByteBuffer.allocate(size).order(ByteOrder.nativeOrder()));
    }
    try {
      state.readAll((tensor, piece) -> bytes.get(tensor.name()).put(piece));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.forEach((name, all) -> check(name, all.flip()));
    return bytes;
  }

  private static void check(String name, ByteBuffer all) {
    if (all.limit() < all.capacity()) {
      throw new IllegalStateException(
          name + ": " + all.limit() + " of " + all.capacity() + " bytes were given");
    }
  }

  /** Per tensor its elements in row-major order. */
  public static Map<String, double[]> of(TrainedState state) {
    Map<String, double[]> values = new LinkedHashMap<>();
    Map<String, ByteBuffer> all = bytes(state);
    for (StateTensor tensor : state.tensors()) {
      ByteBuffer bytes = all.get(tensor.name());
      boolean wide = tensor.type() == FloatType.FLOAT64;
      double[] elements = new double[bytes.remaining() / (wide ? Double.BYTES : Float.BYTES)];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = wide ? bytes.getDouble() : bytes.getFloat();
      }
      values.put(tensor.name(), elements);
    }
    return values;
  }
}
