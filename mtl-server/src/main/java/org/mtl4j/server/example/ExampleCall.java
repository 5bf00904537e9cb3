package org.mtl4j.server.example;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;

/**
 * What can be done with examples, and what a signature needs for it: names of inputs and outputs.
 * As in TensorFlow Serving where nothing else is said, the signature's own method does not matter,
 * for signatures that Keras and TensorFlow 2 write are all of {@code tensorflow/serving/predict}.
 */
public enum ExampleCall {
  /** Scored classes a row: of {@code classes} [rows, n], {@code scores} [rows, n] or both. */
  CLASSIFY("tensorflow/serving/classify", "classification") {
    @Override
    List<String> check(Set<String> outputs) {
      if (outputs.isEmpty() || outputs.size() > 2) {
        throw RequestException.invalid(
            "Expected one or two output Tensors, found " + outputs.size());
      }
      List<String> names =
          Stream.of(Classifications.CLASSES, Classifications.SCORES)
              .filter(outputs::contains)
              .toList();
      if (names.isEmpty()) {
        throw unfit(
            "Expected classification signature outputs to contain at least one of \"classes\" or"
                + " \"scores\". Signature has: "
                + outputs);
      }
      return names;
    }
  },
  /** A number a row: {@code outputs} [rows] or [rows, 1]. */
  REGRESS("tensorflow/serving/regress", "regression") {
    @Override
    List<String> check(Set<String> outputs) {
      if (outputs.size() != 1) {
        throw RequestException.invalid("Expected one output Tensor.");
      }
      if (!outputs.contains(Regressions.OUTPUTS)) {
        throw unfit("No regression outputs found in the signature, which has: " + outputs);
      }
      return List.of(Regressions.OUTPUTS);
    }
  };

  /** The name of the one input: serialised tf.Examples [rows]. */
  public static final String INPUTS = "inputs";

  private final String method;
  private final String noun;

  ExampleCall(String method, String noun) {
    this.method = method;
    this.noun = noun;
  }

  /** TensorFlow Serving's name of it. */
  public String method() {
    return method;
  }

  /**
   * The signature of a request.
   *
   * @param signatures the model's by name
   * @throws RequestException INVALID_ARGUMENT if there is none of that name
   */
  public static Signature signature(Map<String, Signature> signatures, String name) {
    Signature signature = signatures.get(name);
    if (signature == null) {
      throw RequestException.invalid("No signature was found with the name: " + name);
    }
    return signature;
  }

  /**
   * Checks that a signature takes examples and gives what this needs.
   *
   * @return the names of the outputs to compute
   * @throws RequestException INVALID_ARGUMENT if it has other than one input, or too many outputs;
   *     FAILED_PRECONDITION if their names are others
   */
  public List<String> outputs(Signature signature) {
    if (signature.inputs().size() != 1) {
      throw RequestException.invalid("Expected one input Tensor.");
    }
    TensorSpec input = signature.inputs().get(INPUTS);
    if (input == null) {
      throw unfit(
          "No %s inputs found in the signature, which has: %s"
              .formatted(noun, signature.inputs().keySet()));
    }
    if (input.type() != TensorType.STRING) {
      throw RequestException.invalid(
          "Expected serialised examples as the input Tensor of the signature, which is of type "
              + input.type().label());
    }
    return check(signature.outputs().keySet());
  }

  abstract List<String> check(Set<String> outputs);

  private static RequestException unfit(String message) {
    return new RequestException(StatusCode.FAILED_PRECONDITION, message);
  }
}
