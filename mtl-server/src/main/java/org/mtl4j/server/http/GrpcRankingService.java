package org.mtl4j.server.http;

import io.grpc.stub.StreamObserver;
import org.mtl4j.protocol.ranking.FeedbackRequest;
import org.mtl4j.protocol.ranking.FeedbackResponse;
import org.mtl4j.protocol.ranking.RankingServiceGrpc;
import org.mtl4j.protocol.ranking.RecommendRequest;
import org.mtl4j.protocol.ranking.RecommendResponse;
import org.mtl4j.server.feedback.FeedbackReader;
import org.mtl4j.server.grpc.FeedbackMessages;
import org.mtl4j.server.grpc.ModelSpecs;
import org.mtl4j.server.grpc.RecommendMessages;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.trace.Api;

/** Our own RankingService, beside those of TensorFlow Serving. Safe for several threads. */
final class GrpcRankingService extends RankingServiceGrpc.RankingServiceImplBase {
  private final Inference inference;
  private final RankingCalls ranking;

  GrpcRankingService(Inference inference, RankingCalls ranking) {
    this.inference = inference;
    this.ranking = ranking;
  }

  @Override
  public void recommend(RecommendRequest request, StreamObserver<RecommendResponse> observer) {
    GrpcCalls.answer(
        observer,
        Api.RECOMMEND,
        context ->
            Answering.with(
                inference,
                context,
                ModelSpecs.address(request.getModelSpec()),
                lease ->
                    ranking
                        .recommend(
                            context, lease, RecommendMessages.request(request, RankingCalls.READER))
                        .thenApply(RecommendMessages::response)));
  }

  @Override
  public void feedback(FeedbackRequest request, StreamObserver<FeedbackResponse> observer) {
    GrpcCalls.answer(
        observer,
        Api.FEEDBACK,
        context ->
            ranking
                .feedback(
                    context,
                    ModelSpecs.address(request.getModelSpec()),
                    (server, now) ->
                        FeedbackMessages.events(request, FeedbackReader.DEFAULT, server, now))
                .thenApply(
                    accepted -> FeedbackResponse.newBuilder().setAccepted(accepted).build()));
  }
}
