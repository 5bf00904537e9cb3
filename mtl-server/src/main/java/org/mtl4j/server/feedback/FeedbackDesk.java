package org.mtl4j.server.feedback;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.recommend.RecommendReply;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.serving.feedback.FeedbackEvent;
import org.mtl4j.serving.feedback.FeedbackLog;
import org.mtl4j.serving.feedback.Impressions;
import org.mtl4j.serving.feedback.Receipt;
import org.mtl4j.serving.ranking.RankingRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where feedback is handed in. Safe for several threads.
 *
 * @param log that it is written to, which stays the caller's
 * @param userColumn the column of users by whose value they can ask to be forgotten; empty: nobody
 *     can by what the server itself recommended
 * @param clock that says when things came
 */
public record FeedbackDesk(FeedbackLog log, Optional<String> userColumn, InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger("org.mtl4j.server.feedback");

  /**
   * Takes what a client hands in.
   *
   * @return how many events there were, once all are written; fails with a {@link RequestException}
   *     if none was
   */
  public CompletableFuture<Integer> take(List<FeedbackEvent> events) {
    return log.append(events)
        .thenApply(
            receipt -> {
              Optional<RequestException> failure = FeedbackAnswers.failure(receipt);
              if (failure.isPresent()) {
                throw failure.get();
              }
              return events.size();
            });
  }

  /**
   * Remembers what the server recommends. The recommendation is answered whether it could be or
   * not: a full disk should not take a shop's front page away, and the log says what lacks.
   */
  public void remember(ModelManifest manifest, RankingRequest request, RecommendReply reply) {
    FeedbackEvent.Server server =
        new FeedbackEvent.Server(
            reply.server().model(),
            OptionalLong.of(reply.server().version()),
            reply.server().variant());
    FeedbackEvent.Impression impression;
    try {
      impression =
          new Impressions(manifest, userColumn, true)
              .of(reply.requestId(), clock.instant(), server, request, reply.result());
    } catch (RuntimeException e) {
      LOG.error("what request {} was shown cannot be written", reply.requestId(), e);
      return;
    }
    var unused =
        log.append(List.of(impression))
            .thenAccept(
                receipt -> {
                  if (receipt != Receipt.WRITTEN) {
                    LOG.warn(
                        "what request {} was shown is not written: {}", reply.requestId(), receipt);
                  }
                });
  }
}
