package org.mtl4j.server.example;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * A request to classify and to regress the same rows by several signatures of one model.
 *
 * @param tasks what to do, at least one
 * @param examples the rows as serialised tf.Examples: strings [rows]
 */
public record MultiInference(List<Task> tasks, TensorValue examples) {
  /**
   * One thing to do.
   *
   * @param signature the signature's name
   * @param call what to do by it
   */
  public record Task(String signature, ExampleCall call) {}

  /**
   * Checks the tasks.
   *
   * @throws RequestException INVALID_ARGUMENT if there are none, or two by one signature
   */
  public MultiInference {
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty()) {
      throw RequestException.invalid("Expected at least one task in a MultiInferenceRequest.");
    }
    Set<String> names = new HashSet<>();
    for (Task task : tasks) {
      if (!names.add(task.signature())) {
        throw RequestException.invalid("Duplicate evaluation of signature: " + task.signature());
      }
    }
  }

  /** What it asks one of its signatures. */
  public ExampleRequest request(Task task) {
    return new ExampleRequest(task.signature(), examples);
  }

  /**
   * Checks that the signatures of all tasks read the same tensor.
   *
   * @param signatures those that {@link ExampleCall#outputs} has checked
   * @throws RequestException INVALID_ARGUMENT if they do not
   */
  public static void checkSameInput(Collection<Signature> signatures) {
    long inputs =
        signatures.stream()
            .map(signature -> signature.inputs().get(ExampleCall.INPUTS).tensor())
            .distinct()
            .count();
    if (inputs > 1) {
      throw RequestException.invalid("Input tensor must be the same for all Signatures.");
    }
  }
}
