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

  /** Per tensor its bytes; equal maps are equal states. */
  public static Map<String, ByteBuffer> bytes(TrainedState state) {
    Map<String, ByteBuffer> bytes = new LinkedHashMap<>();
    state.tensors().forEach(tensor -> bytes.put(tensor.name(), bytes(state, tensor)));
    return bytes;
  }

  /** Per tensor its elements in row-major order. */
  public static Map<String, double[]> of(TrainedState state) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (StateTensor tensor : state.tensors()) {
      ByteBuffer bytes = bytes(state, tensor);
      boolean wide = tensor.type() == FloatType.FLOAT64;
      double[] elements = new double[bytes.remaining() / (wide ? Double.BYTES : Float.BYTES)];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = wide ? bytes.getDouble() : bytes.getFloat();
      }
      values.put(tensor.name(), elements);
    }
    return values;
  }

  private static ByteBuffer bytes(TrainedState state, StateTensor tensor) {
    ByteBuffer all =
        ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.nativeOrder());
    try {
      state.read(tensor, all::put);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (all.hasRemaining()) {
      throw new IllegalStateException(
          tensor.name() + ": " + all.remaining() + " of " + all.capacity() + " bytes are missing");
    }
    return all.flip();
  }
}
