package org.mtl4j.server.http;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.protocol.ranking.RankingServiceGrpc;
import org.mtl4j.protocol.serving.ModelServiceGrpc;
import org.mtl4j.protocol.serving.PredictionServiceGrpc;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.trace.Api;

/** gRPC's health protocol: of the server as a whole, "", and of its services. */
final class GrpcHealthService extends HealthGrpc.HealthImplBase {
  private static final Set<String> SERVICES =
      Set.of(
          "",
          PredictionServiceGrpc.SERVICE_NAME,
          ModelServiceGrpc.SERVICE_NAME,
          RankingServiceGrpc.SERVICE_NAME);

  private final Readiness readiness;

  GrpcHealthService(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
    GrpcCalls.answer(
        observer,
        Api.OTHER,
        context -> {
          if (!SERVICES.contains(request.getService())) {
            throw new RequestException(StatusCode.NOT_FOUND, "There is no such service.");
          }
          return CompletableFuture.completedFuture(
              HealthCheckResponse.newBuilder()
                  .setStatus(
                      readiness.isReady()
                          ? HealthCheckResponse.ServingStatus.SERVING
                          : HealthCheckResponse.ServingStatus.NOT_SERVING)
                  .build());
        });
  }
}
