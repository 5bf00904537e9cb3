package org.mtl4j.server.http;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.protocol.serving.GetModelStatusRequest;
import org.mtl4j.protocol.serving.GetModelStatusResponse;
import org.mtl4j.protocol.serving.ModelServiceGrpc;
import org.mtl4j.protocol.serving.ReloadConfigRequest;
import org.mtl4j.protocol.serving.ReloadConfigResponse;
import org.mtl4j.server.grpc.ModelSpecs;
import org.mtl4j.server.grpc.StatusMessages;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.trace.Api;
import org.mtl4j.server.version.VersionStatus;

/** TensorFlow Serving's ModelService. Safe for several threads. */
final class GrpcModelService extends ModelServiceGrpc.ModelServiceImplBase {
  private final Models models;
  private final Reloading reloading;

  GrpcModelService(Models models, Reloading reloading) {
    this.models = models;
    this.reloading = reloading;
  }

  @Override
  public void getModelStatus(
      GetModelStatusRequest request, StreamObserver<GetModelStatusResponse> observer) {
    GrpcCalls.answer(
        observer,
        Api.STATUS,
        context -> {
          List<VersionStatus> versions = models.status(ModelSpecs.address(request.getModelSpec()));
          return CompletableFuture.completedFuture(StatusMessages.write(versions));
        });
  }

  @Override
  public void handleReloadConfigRequest(
      ReloadConfigRequest request, StreamObserver<ReloadConfigResponse> observer) {
    GrpcCalls.answer(
        observer,
        Api.RELOAD,
        context ->
            CompletableFuture.supplyAsync(
                () -> {
                  reloading.reload(request);
                  return ReloadConfigResponse.newBuilder()
                      .setStatus(StatusMessages.status(StatusCode.OK, ""))
                      .build();
                },
                context.blockingTaskExecutor()));
  }
}
