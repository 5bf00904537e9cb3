package org.mtl4j.server.grpc;

import java.util.List;
import org.mtl4j.protocol.serving.GetModelStatusResponse;
import org.mtl4j.protocol.serving.ModelVersionStatus;
import org.mtl4j.protocol.serving.StatusProto;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.version.VersionStatus;

/** Messages that say how models and requests are. */
public final class StatusMessages {
  private StatusMessages() {}

  /** The reply to a request for the states of a model's versions, the highest first. */
  public static GetModelStatusResponse write(List<VersionStatus> versions) {
    GetModelStatusResponse.Builder response = GetModelStatusResponse.newBuilder();
    for (VersionStatus version : VersionStatus.ordered(versions)) {
      response.addModelVersionStatus(
          ModelVersionStatus.newBuilder()
              .setVersion(version.version())
              .setStateValue(version.state().number())
              .setStatus(status(version.code(), version.message())));
    }
    return response.build();
  }

  /** An outcome. */
  public static StatusProto status(StatusCode code, String message) {
    return StatusProto.newBuilder()
        .setErrorCodeValue(code.number())
        .setErrorMessage(message)
        .build();
  }
}
