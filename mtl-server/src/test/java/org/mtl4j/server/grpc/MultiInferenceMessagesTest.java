package org.mtl4j.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.MultiInferenceRequest;
import org.mtl4j.server.example.Classifications;
import org.mtl4j.server.example.ExampleCall;
import org.mtl4j.server.example.MultiInference;
import org.mtl4j.server.example.Regressions;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.tensorflow.example.Example;
import tensorflow.serving.Inference;
import tensorflow.serving.InputOuterClass;
import tensorflow.serving.Model;

/** Messages of MultiInference, written and read by TensorFlow Serving's own classes. */
class MultiInferenceMessagesTest {
  private static final String CLASSIFY = "tensorflow/serving/classify";
  private static final String REGRESS = "tensorflow/serving/regress";

  private static Inference.InferenceTask task(String model, String signature, String method) {
    return Inference.InferenceTask.newBuilder()
        .setModelSpec(Model.ModelSpec.newBuilder().setName(model).setSignatureName(signature))
        .setMethodName(method)
        .build();
  }

  private static MultiInference read(Inference.InferenceTask... tasks) {
    Inference.MultiInferenceRequest theirs =
        Inference.MultiInferenceRequest.newBuilder()
            .addAllTasks(List.of(tasks))
            .setInput(
                InputOuterClass.Input.newBuilder()
                    .setExampleList(
                        InputOuterClass.ExampleList.newBuilder()
                            .addExamples(Example.getDefaultInstance())))
            .build();
    try {
      MultiInferenceRequest ours = MultiInferenceRequest.parseFrom(theirs.toByteString());
      assertThat(MultiInferenceMessages.address(ours)).isEqualTo(ModelAddress.latest("m"));
      return MultiInferenceMessages.read(ours, RequestLimits.DEFAULT);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(StatusCode code, String message, Inference.InferenceTask... tasks) {
    assertThatThrownBy(() -> read(tasks))
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void tasks() {
    MultiInference request = read(task("m", "a", CLASSIFY), task("m", "", REGRESS));
    assertThat(request.tasks())
        .containsExactly(
            new MultiInference.Task("a", ExampleCall.CLASSIFY),
            new MultiInference.Task("serving_default", ExampleCall.REGRESS));
    assertThat(request.request(request.tasks().get(0)).signature()).isEqualTo("a");
    assertThat(request.request(request.tasks().get(1)).rows()).isEqualTo(1);
  }

  @Test
  void tasksThatAreNone() {
    StatusCode invalid = StatusCode.INVALID_ARGUMENT;
    refused(invalid, "Missing ModelSpec");
    refused(invalid, "empty model name", task("", "a", CLASSIFY));
    refused(invalid, "same model name", task("m", "a", CLASSIFY), task("n", "b", REGRESS));
    refused(
        invalid,
        "Duplicate evaluation of signature: serving_default",
        task("m", "", CLASSIFY),
        task("m", "serving_default", REGRESS));
    refused(StatusCode.UNIMPLEMENTED, "method_name: other", task("m", "a", "other"));
  }

  @Test
  void signaturesOfOneInput() {
    Signature one = signature("examples:0");
    Signature other = signature("examples:1");
    MultiInference.checkSameInput(List.of(one, signature("examples:0")));
    assertThatThrownBy(() -> MultiInference.checkSameInput(List.of(one, other)))
        .isInstanceOf(RequestException.class)
        .hasMessage("Input tensor must be the same for all Signatures.");
  }

  private static Signature signature(String tensor) {
    return new Signature(
        "tensorflow/serving/regress",
        new TreeMap<>(
            Map.of("inputs", new TensorSpec(TensorType.STRING, Optional.empty(), tensor))),
        new TreeMap<>());
  }

  @Test
  void theReplyIsTheirs() throws InvalidProtocolBufferException {
    ModelSpec spec = ModelSpecs.of("m", 1, "s");
    Classifications classes =
        new Classifications(List.of(List.of(new Classifications.ScoredClass("a", 0.5f))));
    Inference.MultiInferenceResponse reply =
        Inference.MultiInferenceResponse.parseFrom(
            MultiInferenceMessages.write(
                    List.of(
                        MultiInferenceMessages.result(classes, spec),
                        MultiInferenceMessages.result(new Regressions(List.of(7f)), spec)))
                .toByteString());
    assertThat(
            reply
                .getResults(0)
                .getClassificationResult()
                .getClassifications(0)
                .getClasses(0)
                .getLabel())
        .isEqualTo("a");
    assertThat(reply.getResults(1).getRegressionResult().getRegressions(0).getValue())
        .isEqualTo(7f);
    assertThat(reply.getResults(1).getModelSpec().getSignatureName()).isEqualTo("s");
  }
}
