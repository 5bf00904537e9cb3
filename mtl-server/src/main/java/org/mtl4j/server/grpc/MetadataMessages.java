package org.mtl4j.server.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Int64Value;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.protocol.serving.GetModelMetadataRequest;
import org.mtl4j.protocol.serving.GetModelMetadataResponse;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.protocol.serving.SignatureDefMap;
import org.mtl4j.protocol.tensorflow.DataType;
import org.mtl4j.protocol.tensorflow.SignatureDef;
import org.mtl4j.protocol.tensorflow.TensorInfo;
import org.mtl4j.protocol.tensorflow.TensorShapeProto;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;

/** Messages that say what a model computes. */
public final class MetadataMessages {
  private static final String SIGNATURES = "signature_def";

  private MetadataMessages() {}

  /**
   * The model that a request is for.
   *
   * @throws RequestException INVALID_ARGUMENT if it names none, or asks for nothing or for other
   *     than {@code signature_def}
   */
  public static ModelAddress read(GetModelMetadataRequest request) {
    ModelAddress model = ModelSpecs.address(request.getModelSpec());
    if (request.getMetadataFieldCount() == 0) {
      throw RequestException.invalid(
          "GetModelMetadataRequest must specify at least one metadata_field");
    }
    for (String field : request.getMetadataFieldList()) {
      if (!field.equals(SIGNATURES)) {
        throw RequestException.invalid("Metadata field " + field + " is not supported");
      }
    }
    return model;
  }

  /**
   * The reply.
   *
   * @param model the model's name
   * @param version the one that has these signatures
   * @param signatures by name
   */
  public static GetModelMetadataResponse write(
      String model, long version, Map<String, Signature> signatures) {
    SignatureDefMap.Builder map = SignatureDefMap.newBuilder();
    signatures.forEach((name, signature) -> map.putSignatureDef(name, message(signature)));
    return GetModelMetadataResponse.newBuilder()
        .setModelSpec(ModelSpec.newBuilder().setName(model).setVersion(Int64Value.of(version)))
        .putMetadata(SIGNATURES, Any.pack(map.build()))
        .build();
  }

  private static SignatureDef message(Signature signature) {
    SignatureDef.Builder message = SignatureDef.newBuilder().setMethodName(signature.method());
    infos(signature.inputs()).forEach(message::putInputs);
    infos(signature.outputs()).forEach(message::putOutputs);
    return message.build();
  }

  private static Map<String, TensorInfo> infos(SortedMap<String, TensorSpec> specs) {
    Map<String, TensorInfo> infos = new TreeMap<>();
    specs.forEach(
        (name, spec) -> {
          TensorShapeProto.Builder shape =
              TensorShapeProto.newBuilder().setUnknownRank(spec.sizes().isEmpty());
          spec.sizes()
              .ifPresent(
                  sizes ->
                      sizes.forEach(
                          size -> shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size))));
          infos.put(
              name,
              TensorInfo.newBuilder()
                  .setName(spec.tensor())
                  .setDtype(DataType.forNumber(spec.type().number()))
                  .setTensorShape(shape)
                  .build());
        });
    return infos;
  }
}
