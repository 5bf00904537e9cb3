package org.mtl4j.server.example;

import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * A request to classify or to regress.
 *
 * @param signature the signature's name
 * @param examples its rows as serialised tf.Examples: strings [rows]
 */
public record ExampleRequest(String signature, TensorValue examples) {
  /**
   * Checks the tensor.
   *
   * @throws IllegalArgumentException if it is no list of strings, or an empty one
   */
  public ExampleRequest {
    if (examples.type() != TensorType.STRING
        || examples.shape().rank() != 1
        || examples.shape().elements() == 0) {
      throw new IllegalArgumentException("examples: expected string[rows], found " + examples);
    }
  }

  /** How many examples there are: at least one. */
  public int rows() {
    return examples.shape().elements();
  }
}
