package org.mtl4j.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mtl4j.protocol.serving.GetModelMetadataRequest;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.server.grpc.MetadataMessages;
import org.mtl4j.server.grpc.StatusMessages;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.version.VersionStatus;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.tensorflow.framework.DataType;
import tensorflow.serving.GetModelMetadata;
import tensorflow.serving.GetModelStatus;

/**
 * States and signatures: the messages as TensorFlow Serving's own classes read them, and JSON as
 * protobuf's own printer makes it of those.
 */
class ModelRepliesTest {
  private static final List<VersionStatus> VERSIONS =
      List.of(
          VersionStatus.of(1, VersionStatus.State.UNLOADING),
          VersionStatus.of(9_007_199_254_740_993L, VersionStatus.State.AVAILABLE),
          new VersionStatus(
              2, VersionStatus.State.END, StatusCode.NOT_FOUND, "no \"saved_model.pb\"\n"));

  private static final Map<String, Signature> SIGNATURES =
      new TreeMap<>(
          Map.of(
              "serving_default",
              new Signature(
                  "tensorflow/serving/predict",
                  new TreeMap<>(
                      Map.of(
                          "a", spec(TensorType.FLOAT, Optional.of(List.of(-1L, 3L))),
                          "b", spec(TensorType.STRING, Optional.empty()),
                          "c", spec(TensorType.INT64, Optional.of(List.of())))),
                  new TreeMap<>(Map.of("y", spec(TensorType.HALF, Optional.of(List.of(-1L)))))),
              "empty",
              new Signature("", new TreeMap<>(), new TreeMap<>())));

  private static TensorSpec spec(TensorType type, Optional<List<Long>> sizes) {
    return new TensorSpec(type, sizes, "t_" + type.label() + ":0");
  }

  private static String json(Message message) throws InvalidProtocolBufferException {
    return JsonFormat.printer()
        .includingDefaultValueFields()
        .preservingProtoFieldNames()
        .sortingMapKeys()
        .omittingInsignificantWhitespace()
        .print(message);
  }

  @Test
  void states() throws InvalidProtocolBufferException {
    GetModelStatus.GetModelStatusResponse theirs =
        GetModelStatus.GetModelStatusResponse.parseFrom(
            StatusMessages.write(VERSIONS).toByteString());
    assertThat(theirs.getModelVersionStatusList())
        .extracting(GetModelStatus.ModelVersionStatus::getVersion)
        .containsExactly(9_007_199_254_740_993L, 2L, 1L);
    assertThat(theirs.getModelVersionStatus(1).getStatus().getErrorMessage())
        .isEqualTo("no \"saved_model.pb\"\n");
    String ours = new String(StatusWriter.write(VERSIONS), StandardCharsets.UTF_8);
    assertThat(ours).isEqualTo(json(theirs));
    assertThat(ours)
        .startsWith(
            "{\"model_version_status\":[{\"version\":\"9007199254740993\",\"state\":\"AVAILABLE\","
                + "\"status\":{\"error_code\":\"OK\",\"error_message\":\"\"}}");
  }

  @ParameterizedTest
  @EnumSource(VersionStatus.State.class)
  void everyState(VersionStatus.State state) throws InvalidProtocolBufferException {
    GetModelStatus.GetModelStatusResponse theirs =
        GetModelStatus.GetModelStatusResponse.parseFrom(
            StatusMessages.write(List.of(VersionStatus.of(1, state))).toByteString());
    assertThat(theirs.getModelVersionStatus(0).getState().name()).isEqualTo(state.name());
  }

  @ParameterizedTest
  @EnumSource(StatusCode.class)
  void everyCode(StatusCode code) throws InvalidProtocolBufferException {
    GetModelStatus.GetModelStatusResponse theirs =
        GetModelStatus.GetModelStatusResponse.parseFrom(
            StatusMessages.write(List.of(new VersionStatus(1, VersionStatus.State.END, code, "m")))
                .toByteString());
    assertThat(theirs.getModelVersionStatus(0).getStatus().getErrorCode().name())
        .isEqualTo(code.name());
  }

  @Test
  void signatures() throws InvalidProtocolBufferException {
    GetModelMetadata.GetModelMetadataResponse theirs =
        GetModelMetadata.GetModelMetadataResponse.parseFrom(
            MetadataMessages.write("m", 123, SIGNATURES).toByteString());
    assertThat(theirs.getModelSpec().getVersion().getValue()).isEqualTo(123);
    GetModelMetadata.SignatureDefMap map =
        theirs.getMetadataOrThrow("signature_def").unpack(GetModelMetadata.SignatureDefMap.class);
    var inputs = map.getSignatureDefOrThrow("serving_default").getInputsMap();
    assertThat(inputs.get("a").getDtype()).isEqualTo(DataType.DT_FLOAT);
    assertThat(inputs.get("a").getTensorShape().getDim(1).getSize()).isEqualTo(3);
    assertThat(inputs.get("b").getTensorShape().getUnknownRank()).isTrue();
    // Defaults of inputs are younger than these classes.
    String printed = json(map).replaceAll("(\"method_name\":\"[^\"]*\")}", "$1,\"defaults\":{}}");
    assertThat(new String(MetadataWriter.write("m", 123, SIGNATURES), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"model_spec\":%s,\"metadata\":{\"signature_def\":%s}}"
                .formatted(json(theirs.getModelSpec()), printed));
  }

  @Test
  void everyType() throws InvalidProtocolBufferException {
    for (TensorType type : TensorType.values()) {
      Map<String, Signature> one =
          Map.of(
              "s",
              new Signature(
                  "m", new TreeMap<>(Map.of("x", spec(type, Optional.empty()))), new TreeMap<>()));
      GetModelMetadata.SignatureDefMap map =
          GetModelMetadata.GetModelMetadataResponse.parseFrom(
                  MetadataMessages.write("m", 1, one).toByteString())
              .getMetadataOrThrow("signature_def")
              .unpack(GetModelMetadata.SignatureDefMap.class);
      String dtype = map.getSignatureDefOrThrow("s").getInputsOrThrow("x").getDtype().name();
      assertThat(new String(MetadataWriter.write("m", 1, one), StandardCharsets.UTF_8))
          .contains("\"dtype\":\"" + dtype + "\"");
    }
  }

  @Test
  void requestsForSignatures() {
    GetModelMetadataRequest.Builder request =
        GetModelMetadataRequest.newBuilder().setModelSpec(ModelSpec.newBuilder().setName("m"));
    assertThatThrownBy(() -> MetadataMessages.read(request.build()))
        .isInstanceOf(RequestException.class)
        .hasMessage("GetModelMetadataRequest must specify at least one metadata_field");
    request.addMetadataField("signature_def");
    assertThat(MetadataMessages.read(request.build())).isEqualTo(ModelAddress.latest("m"));
    assertThatThrownBy(() -> MetadataMessages.read(request.addMetadataField("other").build()))
        .isInstanceOf(RequestException.class)
        .hasMessage("Metadata field other is not supported");
    assertThatThrownBy(() -> MetadataMessages.read(request.clearModelSpec().build()))
        .hasMessage("Missing ModelSpec");
  }
}
