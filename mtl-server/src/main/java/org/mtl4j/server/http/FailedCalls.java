package org.mtl4j.server.http;

import com.linecorp.armeria.common.CancellationException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.TimeoutException;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.CancelledSubscriptionException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.common.util.Exceptions;
import org.mtl4j.server.inference.FailedRequest;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;

/** What clients are told of failures, those of the connection among them, which are no faults. */
final class FailedCalls {
  private FailedCalls() {}

  /** A failure as an answer, which nobody may be there to read. */
  static RequestException of(Throwable failure) {
    Throwable cause = Exceptions.peel(failure);
    if (cause instanceof TimeoutException) {
      return new RequestException(
          StatusCode.DEADLINE_EXCEEDED, "The request's time was over before its answer.");
    }
    if (cause instanceof ContentTooLargeException) {
      return RequestException.invalid("The request is larger than what this server takes.");
    }
    return hasGone(cause)
        ? new RequestException(StatusCode.CANCELLED, "The client went away.")
        : FailedRequest.of(cause);
  }

  private static boolean hasGone(Throwable cause) {
    return cause instanceof ClosedStreamException
        || cause instanceof CancelledSubscriptionException
        || cause instanceof AbortedStreamException
        || cause instanceof CancellationException
        || cause instanceof java.util.concurrent.CancellationException;
  }

  /** Whether the server itself says it, by {@link ErrorReplies}, and more than a code. */
  static boolean isArmerias(Throwable failure) {
    Throwable cause = Exceptions.peel(failure);
    return cause instanceof TimeoutException || cause instanceof ContentTooLargeException;
  }
}
