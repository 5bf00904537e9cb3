package org.mtl4j.server.grpc;

import com.google.protobuf.Int64Value;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.serving.tensor.Signature;

/** Which model and signature messages are about. */
public final class ModelSpecs {
  private ModelSpecs() {}

  /**
   * The model that a request is for; one without a specification comes as an empty one.
   *
   * @throws RequestException INVALID_ARGUMENT if it names none
   */
  public static ModelAddress address(ModelSpec spec) {
    if (spec.getName().isEmpty()) {
      throw RequestException.invalid(
          spec.equals(ModelSpec.getDefaultInstance())
              ? "Missing ModelSpec"
              : "ModelSpec has no name specified.");
    }
    if (spec.hasVersion()) {
      return ModelAddress.of(spec.getName(), spec.getVersion().getValue());
    }
    // An empty label is none: older clients cannot tell the two apart.
    return spec.getVersionLabel().isEmpty()
        ? ModelAddress.latest(spec.getName())
        : ModelAddress.labelled(spec.getName(), spec.getVersionLabel());
  }

  /** The name of the signature that a request is for. */
  public static String signature(ModelSpec spec) {
    return spec.getSignatureName().isEmpty() ? Signature.DEFAULT : spec.getSignatureName();
  }

  /** What answered. */
  public static ModelSpec of(String model, long version, String signature) {
    return ModelSpec.newBuilder()
        .setName(model)
        .setVersion(Int64Value.of(version))
        .setSignatureName(signature)
        .build();
  }
}
