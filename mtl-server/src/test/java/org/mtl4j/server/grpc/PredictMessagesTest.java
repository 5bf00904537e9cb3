package org.mtl4j.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mtl4j.protocol.serving.PredictRequest;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;
import tensorflow.serving.Model;
import tensorflow.serving.Predict;

/** Requests of TensorFlow Serving's own classes, and what its tests of Predict ask for. */
class PredictMessagesTest {
  private static final Signature HALF =
      new Signature(
          "tensorflow/serving/predict",
          new TreeMap<>(
              Map.of("x", new TensorSpec(TensorType.FLOAT, Optional.of(List.of(-1L)), "x:0"))),
          new TreeMap<>(
              Map.of(
                  "y", new TensorSpec(TensorType.FLOAT, Optional.empty(), "y:0"),
                  "z", new TensorSpec(TensorType.FLOAT, Optional.empty(), "z:0"))));

  private static TensorProto floats(float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(values.length)));
    for (float value : values) {
      tensor.addFloatVal(value);
    }
    return tensor.build();
  }

  private static PredictTensors read(Predict.PredictRequest.Builder theirs) {
    try {
      return PredictMessages.read(
          PredictRequest.parseFrom(theirs.build().toByteString()), HALF, new RequestLimits(40, 1));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(ThrowingCallable call, StatusCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static Predict.PredictRequest.Builder request(TensorProto x) {
    return Predict.PredictRequest.newBuilder()
        .setModelSpec(Model.ModelSpec.newBuilder().setName("m"))
        .putInputs("x", x);
  }

  @Test
  void inputsAndOutputsByName() {
    PredictTensors all = read(request(floats(1, 2)));
    assertThat(all.inputs()).containsOnlyKeys("x");
    assertThat(all.inputs().get("x").numbers().asFloatBuffer().get(1)).isEqualTo(2f);
    assertThat(all.outputs()).containsExactly("y", "z");
    assertThat(read(request(floats(1)).addOutputFilter("z")).outputs()).containsExactly("z");
  }

  @Test
  void inputsThatDoNotFit() {
    StatusCode invalid = StatusCode.INVALID_ARGUMENT;
    refused(
        () -> read(Predict.PredictRequest.newBuilder()),
        invalid,
        "input size does not match signature: 0!=1 len({}) != len({x})."
            + " Sent extra: {}. Missing but required: {x}.");
    refused(
        () ->
            read(
                Predict.PredictRequest.newBuilder()
                    .putInputs("unknown_key2", floats(1))
                    .putInputs("unknown_key1", floats(1))),
        invalid,
        "2!=1 len({unknown_key1,unknown_key2}) != len({x})."
            + " Sent extra: {unknown_key1,unknown_key2}. Missing but required: {x}.");
    refused(
        () -> read(Predict.PredictRequest.newBuilder().putInputs("a", floats(1))),
        invalid,
        "input names do not match signature: 1!=1 len({a}) != len({x})."
            + " Sent extra: {a}. Missing but required: {x}.");
    refused(
        () ->
            read(
                request(
                    TensorProto.newBuilder()
                        .setDtype(DataType.DT_STRING)
                        .setTensorShape(floats(1).getTensorShape())
                        .addStringVal(ByteString.copyFromUtf8("any_value"))
                        .build())),
        invalid,
        "to be float but string is provided");
    refused(
        () -> read(request(floats(1).toBuilder().clearTensorShape().build())),
        invalid,
        "Input \"x\": Expects the shape [?] but [] is provided");
    refused(() -> read(request(floats(new float[11]))), invalid, "at most 40 bytes");
  }

  @Test
  void outputsThatAreNone() {
    refused(
        () -> read(request(floats(1)).addOutputFilter("output_filter")),
        StatusCode.INVALID_ARGUMENT,
        "output tensor alias not found in signature: output_filter"
            + " Outputs expected to be in the set {y,z}.");
    refused(
        () -> read(request(floats(1)).addOutputFilter("y").addOutputFilter("y")),
        StatusCode.INVALID_ARGUMENT,
        "duplicate output tensor alias: y");
  }

  @Test
  void signaturesByName() {
    assertThat(PredictMessages.signature(Map.of("s", HALF), "s")).isSameAs(HALF);
    refused(
        () -> PredictMessages.signature(Map.of("s", HALF), "t"),
        StatusCode.FAILED_PRECONDITION,
        "Serving signature key \"t\" not found.");
  }

  @Test
  void theReplyIsTheirs() throws InvalidProtocolBufferException {
    Predict.PredictResponse reply =
        Predict.PredictResponse.parseFrom(
            PredictMessages.write(
                    Map.of("y", TensorValue.floats(2.5f, 3)), ModelSpecs.of("m", 3, "s"))
                .toByteString());
    assertThat(reply.getOutputsMap()).containsExactly(Map.entry("y", floats(2.5f, 3)));
    assertThat(reply.getModelSpec().getName()).isEqualTo("m");
    assertThat(reply.getModelSpec().getVersion().getValue()).isEqualTo(3);
    assertThat(reply.getModelSpec().getSignatureName()).isEqualTo("s");
  }
}
