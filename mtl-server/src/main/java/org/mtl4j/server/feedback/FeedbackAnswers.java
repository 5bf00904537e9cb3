package org.mtl4j.server.feedback;

import java.util.Optional;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.feedback.Receipt;

/** What a client is told of feedback that was not taken. */
public final class FeedbackAnswers {
  private FeedbackAnswers() {}

  /** The failure of a receipt; empty if all was written. */
  public static Optional<RequestException> failure(Receipt receipt) {
    return switch (receipt) {
      case WRITTEN -> Optional.empty();
      case QUEUE_FULL ->
          Optional.of(
              new RequestException(
                  StatusCode.RESOURCE_EXHAUSTED,
                  "Too much feedback waits to be written: none of this was taken, send it again."));
      case NO_ROOM ->
          Optional.of(
              new RequestException(
                  StatusCode.UNAVAILABLE,
                  "Feedback cannot be written now: none of this was taken, send it again."));
      case CLOSED ->
          Optional.of(
              new RequestException(
                  StatusCode.UNAVAILABLE,
                  "The server is ending: none of this was taken, send it to another."));
    };
  }
}
