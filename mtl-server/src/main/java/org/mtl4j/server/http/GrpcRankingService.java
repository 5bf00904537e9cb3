package org.mtl4j.server.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.protocol.ranking.FeedbackRequest;
import org.mtl4j.protocol.ranking.FeedbackResponse;
import org.mtl4j.protocol.ranking.RankingServiceGrpc;
import org.mtl4j.protocol.ranking.RecommendRequest;
import org.mtl4j.protocol.ranking.RecommendResponse;
import org.mtl4j.server.feedback.FeedbackReader;
import org.mtl4j.server.grpc.FeedbackMessages;
import org.mtl4j.server.grpc.ModelSpecs;
import org.mtl4j.server.grpc.RecommendMessages;
import org.mtl4j.server.trace.Api;

/** Our own RankingService, beside those of TensorFlow Serving. Safe for several threads. */
final class GrpcRankingService extends RankingServiceGrpc.RankingServiceImplBase {
  private final GrpcCalls calls;
  private final RankingCalls ranking;

  GrpcRankingService(GrpcCalls calls, RankingCalls ranking) {
    this.calls = calls;
    this.ranking = ranking;
  }

  @Override
  public void recommend(RecommendRequest request, StreamObserver<RecommendResponse> observer) {
    calls.compute(
        observer,
        Api.RECOMMEND,
        request,
        () -> ModelSpecs.address(request.getModelSpec()),
        (context, lease) ->
            ranking
                .recommend(context, lease, RecommendMessages.request(request, RankingCalls.READER))
                .thenApply(RecommendMessages::response));
  }

  /** It is not computed, and so it waits for no room. */
  @Override
  public void feedback(FeedbackRequest request, StreamObserver<FeedbackResponse> observer) {
    calls.read(observer, Api.FEEDBACK, request, context -> feedback(context, request));
  }

  private CompletableFuture<FeedbackResponse> feedback(
      ServiceRequestContext context, FeedbackRequest request) {
    return ranking
        .feedback(
            context,
            ModelSpecs.address(request.getModelSpec()),
            (server, now) -> FeedbackMessages.events(request, FeedbackReader.DEFAULT, server, now))
        .thenApply(accepted -> FeedbackResponse.newBuilder().setAccepted(accepted).build());
  }
}
