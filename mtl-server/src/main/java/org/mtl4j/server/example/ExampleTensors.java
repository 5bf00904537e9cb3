package org.mtl4j.server.example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorValue;

/** Serialised tf.Examples as the one tensor that signatures of examples take. */
public final class ExampleTensors {
  /** What a string takes besides its bytes. */
  private static final long STRING_BYTES = 16;

  private ExampleTensors() {}

  /**
   * Joins examples and their context. Of two messages one after the other a parser takes both, and
   * of a feature in both the latter: so each example's own features win over the context's, whole
   * lists of values, as in TensorFlow Serving.
   *
   * @param context what all rows have in common, a serialised tf.Example; empty if there is nothing
   * @param examples a serialised tf.Example a row
   * @return strings [rows]
   * @throws RequestException INVALID_ARGUMENT if there are no examples, more than a request may
   *     have, or they are too large with the context in each
   */
  public static TensorValue join(byte[] context, List<byte[]> examples, RequestLimits limits) {
    if (examples.isEmpty()) {
      throw RequestException.invalid("Input is empty.");
    }
    limits.checkRows("examples", examples.size());
    long bytes = examples.size() * (context.length + STRING_BYTES);
    for (byte[] example : examples) {
      bytes += example.length;
    }
    limits.checkBytes("examples", bytes);
    return TensorValue.ofStrings(
        TensorShape.of(examples.size()), context.length == 0 ? examples : all(context, examples));
  }

  private static List<byte[]> all(byte[] context, List<byte[]> examples) {
    List<byte[]> joined = new ArrayList<>(examples.size());
    for (byte[] example : examples) {
      byte[] both = Arrays.copyOf(context, context.length + example.length);
      System.arraycopy(example, 0, both, context.length, example.length);
      joined.add(both);
    }
    return joined;
  }
}
