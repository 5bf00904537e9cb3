package org.mtl4j.server.grpc;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.protocol.serving.InferenceResult;
import org.mtl4j.protocol.serving.InferenceTask;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.MultiInferenceRequest;
import org.mtl4j.protocol.serving.MultiInferenceResponse;
import org.mtl4j.server.example.Classifications;
import org.mtl4j.server.example.ExampleCall;
import org.mtl4j.server.example.MultiInference;
import org.mtl4j.server.example.Regressions;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.request.StatusCode;

/** Messages of MultiInference. */
public final class MultiInferenceMessages {
  private MultiInferenceMessages() {}

  /**
   * The model of a request: that of its first task, which answers for all.
   *
   * @throws RequestException INVALID_ARGUMENT if it has no tasks, or the first one names no model
   */
  public static ModelAddress address(MultiInferenceRequest request) {
    if (request.getTasksCount() == 0) {
      return ModelSpecs.address(ModelSpec.getDefaultInstance());
    }
    ModelSpec first = request.getTasks(0).getModelSpec();
    checkNamed(first);
    return ModelSpecs.address(first);
  }

  /**
   * Reads a request.
   *
   * @throws RequestException INVALID_ARGUMENT if it has no tasks or examples, too many of these, or
   *     its tasks name no model, several, or a signature twice; UNIMPLEMENTED for other methods
   *     than to classify and to regress
   */
  public static MultiInference read(MultiInferenceRequest request, RequestLimits limits) {
    String model = address(request).name();
    List<MultiInference.Task> tasks =
        request.getTasksList().stream().map(task -> task(task, model)).toList();
    return new MultiInference(tasks, ExampleMessages.examples(request.getInput(), limits));
  }

  private static MultiInference.Task task(InferenceTask task, String model) {
    checkNamed(task.getModelSpec());
    if (!task.getModelSpec().getName().equals(model)) {
      throw RequestException.invalid(
          "All ModelSpecs in a MultiInferenceRequest must access the same model name.");
    }
    ExampleCall call =
        Arrays.stream(ExampleCall.values())
            .filter(known -> known.method().equals(task.getMethodName()))
            .findFirst()
            .orElseThrow(
                () ->
                    new RequestException(
                        StatusCode.UNIMPLEMENTED,
                        "Unsupported signature method_name: " + task.getMethodName()));
    return new MultiInference.Task(ModelSpecs.signature(task.getModelSpec()), call);
  }

  private static void checkNamed(ModelSpec spec) {
    if (spec.getName().isEmpty()) {
      throw RequestException.invalid("Found ModelSpec with an empty model name.");
    }
  }

  /**
   * A task's part of the reply.
   *
   * @param spec what answered
   */
  public static InferenceResult result(Classifications classifications, ModelSpec spec) {
    return InferenceResult.newBuilder()
        .setModelSpec(spec)
        .setClassificationResult(ExampleMessages.result(classifications))
        .build();
  }

  /**
   * A task's part of the reply.
   *
   * @param spec what answered
   */
  public static InferenceResult result(Regressions regressions, ModelSpec spec) {
    return InferenceResult.newBuilder()
        .setModelSpec(spec)
        .setRegressionResult(ExampleMessages.result(regressions))
        .build();
  }

  /**
   * The reply.
   *
   * @param results in the order of the tasks
   */
  public static MultiInferenceResponse write(List<InferenceResult> results) {
    return MultiInferenceResponse.newBuilder().addAllResults(results).build();
  }
}
