package org.mtl4j.server.grpc;

import java.util.List;
import org.mtl4j.protocol.serving.Class;
import org.mtl4j.protocol.serving.ClassificationRequest;
import org.mtl4j.protocol.serving.ClassificationResponse;
import org.mtl4j.protocol.serving.ClassificationResult;
import org.mtl4j.protocol.serving.Input;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.Regression;
import org.mtl4j.protocol.serving.RegressionRequest;
import org.mtl4j.protocol.serving.RegressionResponse;
import org.mtl4j.protocol.serving.RegressionResult;
import org.mtl4j.protocol.tensorflow.Example;
import org.mtl4j.server.example.Classifications;
import org.mtl4j.server.example.ExampleRequest;
import org.mtl4j.server.example.ExampleTensors;
import org.mtl4j.server.example.Regressions;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.serving.tensor.TensorValue;

/** Messages of Classify and Regress. */
public final class ExampleMessages {
  private ExampleMessages() {}

  /**
   * Reads a request to classify.
   *
   * @throws RequestException INVALID_ARGUMENT if it has no examples, or more than the limits allow
   */
  public static ExampleRequest read(ClassificationRequest request, RequestLimits limits) {
    return new ExampleRequest(
        ModelSpecs.signature(request.getModelSpec()), examples(request.getInput(), limits));
  }

  /**
   * Reads a request to regress.
   *
   * @throws RequestException INVALID_ARGUMENT if it has no examples, or more than the limits allow
   */
  public static ExampleRequest read(RegressionRequest request, RequestLimits limits) {
    return new ExampleRequest(
        ModelSpecs.signature(request.getModelSpec()), examples(request.getInput(), limits));
  }

  /**
   * Examples as a tensor: strings [rows].
   *
   * @throws RequestException INVALID_ARGUMENT if there are none, or more than the limits allow
   */
  public static TensorValue examples(Input input, RequestLimits limits) {
    return switch (input.getKindCase()) {
      case EXAMPLE_LIST -> join(new byte[0], input.getExampleList().getExamplesList(), limits);
      case EXAMPLE_LIST_WITH_CONTEXT ->
          join(
              input.getExampleListWithContext().getContext().toByteArray(),
              input.getExampleListWithContext().getExamplesList(),
              limits);
      case KIND_NOT_SET -> throw RequestException.invalid("Input is empty.");
    };
  }

  private static TensorValue join(byte[] context, List<Example> examples, RequestLimits limits) {
    limits.checkRows("examples", examples.size());
    return ExampleTensors.join(
        context, examples.stream().map(Example::toByteArray).toList(), limits);
  }

  /**
   * The reply to a request to classify.
   *
   * @param spec what answered
   */
  public static ClassificationResponse write(Classifications classifications, ModelSpec spec) {
    return ClassificationResponse.newBuilder()
        .setResult(result(classifications))
        .setModelSpec(spec)
        .build();
  }

  /**
   * The reply to a request to regress.
   *
   * @param spec what answered
   */
  public static RegressionResponse write(Regressions regressions, ModelSpec spec) {
    return RegressionResponse.newBuilder()
        .setResult(result(regressions))
        .setModelSpec(spec)
        .build();
  }

  static ClassificationResult result(Classifications classifications) {
    ClassificationResult.Builder result = ClassificationResult.newBuilder();
    for (List<Classifications.ScoredClass> row : classifications.rows()) {
      org.mtl4j.protocol.serving.Classifications.Builder classes =
          result.addClassificationsBuilder();
      for (Classifications.ScoredClass scored : row) {
        classes.addClasses(Class.newBuilder().setLabel(scored.label()).setScore(scored.score()));
      }
    }
    return result.build();
  }

  static RegressionResult result(Regressions regressions) {
    RegressionResult.Builder result = RegressionResult.newBuilder();
    for (float value : regressions.values()) {
      result.addRegressions(Regression.newBuilder().setValue(value));
    }
    return result.build();
  }
}
