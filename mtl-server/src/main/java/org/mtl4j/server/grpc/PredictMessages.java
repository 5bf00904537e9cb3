package org.mtl4j.server.grpc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.protocol.serving.PredictResponse;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorValue;

/** Messages of Predict, with TensorFlow Serving's codes for what does not fit the signature. */
public final class PredictMessages {
  private PredictMessages() {}

  /**
   * The signature of a request.
   *
   * @param signatures the model's by name
   * @throws RequestException FAILED_PRECONDITION if there is none of that name
   */
  public static Signature signature(Map<String, Signature> signatures, String name) {
    Signature signature = signatures.get(name);
    if (signature == null) {
      throw new RequestException(
          StatusCode.FAILED_PRECONDITION, "Serving signature key \"" + name + "\" not found.");
    }
    return signature;
  }

  /**
   * Reads a request.
   *
   * @param signature the one that it names
   * @throws RequestException INVALID_ARGUMENT if its inputs are not those of the signature by name,
   *     type and shape, or too large together, or {@code output_filter} names an output that there
   *     is not, or one twice
   */
  public static PredictTensors read(
      PredictRequest request, Signature signature, RequestLimits limits) {
    checkNames(request.getInputsMap().keySet(), signature.inputs().keySet());
    SortedMap<String, TensorValue> inputs =
        new TensorReader(limits.bytes()).read(request.getInputsMap());
    inputs.forEach((name, tensor) -> checkTensor(name, signature.inputs().get(name), tensor));
    return new PredictTensors(
        inputs, outputs(request.getOutputFilterList(), signature.outputs().keySet()));
  }

  private static void checkNames(Set<String> sent, Set<String> expected) {
    if (sent.equals(expected)) {
      return;
    }
    Set<String> extra = new TreeSet<>(sent);
    extra.removeAll(expected);
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(sent);
    throw RequestException.invalid(
        (sent.size() == expected.size() ? "input names do" : "input size does")
            + " not match signature: %d!=%d len(%s) != len(%s)."
                .formatted(sent.size(), expected.size(), set(sent), set(expected))
            + " Sent extra: %s. Missing but required: %s.".formatted(set(extra), set(missing)));
  }

  private static String set(Collection<String> names) {
    return "{" + String.join(",", new TreeSet<>(names)) + "}";
  }

  private static void checkTensor(String name, TensorSpec spec, TensorValue tensor) {
    if (tensor.type() != spec.type()) {
      throw RequestException.invalid(
          "Input \"%s\": Expects it to be %s but %s is provided"
              .formatted(name, spec.type().label(), tensor.type().label()));
    }
    if (!spec.takes(tensor.shape())) {
      throw RequestException.invalid(
          "Input \"%s\": Expects the shape %s but %s is provided"
              .formatted(name, spec.printedSizes(), tensor.shape()));
    }
  }

  private static List<String> outputs(List<String> filter, Set<String> known) {
    List<String> outputs = new ArrayList<>();
    for (String output : filter) {
      if (!known.contains(output)) {
        throw RequestException.invalid(
            "output tensor alias not found in signature: %s Outputs expected to be in the set %s."
                .formatted(output, set(known)));
      }
      if (outputs.contains(output)) {
        throw RequestException.invalid("duplicate output tensor alias: " + output);
      }
      outputs.add(output);
    }
    return outputs.isEmpty() ? List.copyOf(known) : outputs;
  }

  /**
   * The reply.
   *
   * @param outputs by name those that were wanted
   * @param spec what answered
   */
  public static PredictResponse write(Map<String, TensorValue> outputs, ModelSpec spec) {
    PredictResponse.Builder response = PredictResponse.newBuilder().setModelSpec(spec);
    outputs.forEach((name, tensor) -> response.putOutputs(name, TensorWriter.write(tensor)));
    return response.build();
  }
}
