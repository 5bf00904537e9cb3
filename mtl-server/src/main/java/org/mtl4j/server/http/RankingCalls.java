package org.mtl4j.server.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.mtl4j.server.feedback.FeedbackDesk;
import org.mtl4j.server.inference.Inference;
import org.mtl4j.server.model.Lease;
import org.mtl4j.server.recommend.RecommendReader;
import org.mtl4j.server.recommend.RecommendReply;
import org.mtl4j.server.recommend.RecommendRequest;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.feedback.FeedbackEvent;
import org.mtl4j.serving.ranking.RankingLimits;

/** Recommending, and what came of it, whatever protocol it came by. Safe for several threads. */
final class RankingCalls {
  /** What requests may ask for. */
  static final RecommendReader READER =
      new RecommendReader(RankingLimits.DEFAULT, Optional.empty());

  private final Inference inference;
  private final Optional<FeedbackDesk> feedback;

  RankingCalls(Inference inference, Optional<FeedbackDesk> feedback) {
    this.inference = inference;
    this.feedback = feedback;
  }

  /** What a version recommends, which is remembered if feedback is kept. */
  CompletableFuture<RecommendReply> recommend(
      ServiceRequestContext context, Lease lease, RecommendRequest request) {
    String id = request.requestId().orElseGet(() -> RequestNotes.of(context).id());
    RecommendReply.Server server =
        new RecommendReply.Server(lease.model(), lease.version(), lease.variant());
    return Deadlines.bound(context, inference.rank(lease, request.ranking(), Deadlines.of(context)))
        .thenApply(
            result -> {
              RecommendReply reply = new RecommendReply(id, server, result, request.fields());
              feedback.ifPresent(
                  desk ->
                      lease
                          .servable()
                          .manifest()
                          .ifPresent(ours -> desk.remember(ours, request.ranking(), reply)));
              return reply;
            });
  }

  /**
   * Takes feedback; completed with how many events were written. The version need not be there any
   * more, and is that of the address if it has one: the version of now may not be what was shown.
   *
   * @param read given what is known of the version, and the time
   * @throws RequestException FAILED_PRECONDITION if none is taken, NOT_FOUND for a model that is
   *     not served
   */
  CompletableFuture<Integer> feedback(
      ServiceRequestContext context,
      ModelAddress address,
      BiFunction<FeedbackEvent.Server, Instant, List<FeedbackEvent>> read) {
    FeedbackDesk desk =
        feedback.orElseThrow(
            () ->
                new RequestException(
                    StatusCode.FAILED_PRECONDITION, "This server takes no feedback."));
    if (!inference.models().served().containsKey(address.name())) {
      throw new RequestException(
          StatusCode.NOT_FOUND, "Servable not found for request: " + address);
    }
    FeedbackEvent.Server server =
        new FeedbackEvent.Server(address.name(), address.version(), Optional.empty());
    return Deadlines.bound(context, desk.take(read.apply(server, desk.clock().instant())));
  }
}
