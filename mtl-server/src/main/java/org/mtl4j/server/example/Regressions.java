package org.mtl4j.server.example;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * What regressing gives.
 *
 * @param values a number a row
 */
public record Regressions(List<Float> values) {
  static final String OUTPUTS = "outputs";

  /** Copies the values. */
  public Regressions {
    values = List.copyOf(values);
  }

  /**
   * Reads outputs.
   *
   * @param outputs those that {@link ExampleCall#outputs} asks for
   * @param rows how many examples there were
   * @throws RequestException INVALID_ARGUMENT if the tensor is not one of so many rows
   */
  public static Regressions of(Map<String, TensorValue> outputs, int rows) {
    TensorValue tensor = outputs.get(OUTPUTS);
    List<Long> sizes = tensor.shape().sizes();
    if (sizes.isEmpty() || sizes.size() > 2 || (sizes.size() == 2 && sizes.get(1) != 1)) {
      throw RequestException.invalid(
          "Expected output Tensor shape to be either [batch_size] or [batch_size, 1] but got "
              + tensor.shape());
    }
    if (sizes.get(0) != rows) {
      throw RequestException.invalid(
          "Input batch size did not match output batch size: %d vs. %d"
              .formatted(rows, sizes.get(0)));
    }
    if (tensor.type() != TensorType.FLOAT) {
      throw RequestException.invalid(
          "Expected output Tensor of float. Got: " + tensor.type().label());
    }
    FloatBuffer numbers = tensor.numbers().asFloatBuffer();
    List<Float> values = new ArrayList<>(rows);
    while (numbers.hasRemaining()) {
      values.add(numbers.get());
    }
    return new Regressions(values);
  }
}
