package org.mtl4j.server.grpc;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.mtl4j.protocol.ranking.FeedbackRequest;
import org.mtl4j.protocol.ranking.Impression;
import org.mtl4j.protocol.ranking.Outcome;
import org.mtl4j.server.feedback.FeedbackDraft;
import org.mtl4j.server.feedback.FeedbackReader;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.rest.JsonFields;
import org.mtl4j.serving.feedback.FeedbackEvent;

/** Feedback as messages. */
public final class FeedbackMessages {
  private FeedbackMessages() {}

  /**
   * The events of a message, under the same rules as JSON.
   *
   * @param reader whose limits hold
   * @param server whose recommendations were shown
   * @param now for what says no time
   * @return at least one
   * @throws RequestException INVALID_ARGUMENT if it has a value that its field does not allow
   */
  public static List<FeedbackEvent> events(
      FeedbackRequest message, FeedbackReader reader, FeedbackEvent.Server server, Instant now) {
    FeedbackDraft draft = new FeedbackDraft(reader.most(), server, now);
    for (int i = 0; i < message.getImpressionsCount(); i++) {
      Impression impression = message.getImpressions(i);
      String path = "impressions[%d]".formatted(i);
      draft.add(
          new FeedbackDraft.Impression(path)
              .of(
                  impression.getRequestId(),
                  impression.getUser(),
                  RecommendMessages.columns(impression.getColumns(), path + ".columns"),
                  impression.getItemsList().stream()
                      .map(shown -> new FeedbackDraft.Item(shown.getItem(), shown.getRank()))
                      .toList())
              .at(impression.hasTime() ? time(impression.getTime(), path) : now)
              .by(
                  impression.hasVersion()
                      ? OptionalLong.of(impression.getVersion())
                      : OptionalLong.empty(),
                  impression.getVariant()));
    }
    for (int i = 0; i < message.getOutcomesCount(); i++) {
      Outcome outcome = message.getOutcomes(i);
      String path = "outcomes[%d]".formatted(i);
      draft.add(
          new FeedbackDraft.Outcome(path)
              .of(outcome.getRequestId(), outcome.getItem(), outcome.getTask(), outcome.getValue())
              .at(outcome.hasTime() ? time(outcome.getTime(), path) : now));
    }
    return draft.events();
  }

  private static Instant time(Timestamp time, String path) {
    try {
      return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    } catch (DateTimeException | ArithmeticException e) {
      throw JsonFields.refusal(path + ".time", "a time of the years 1 to 9999", "another one");
    }
  }
}
