package org.mtl4j.server.inference;

import java.util.concurrent.CompletionException;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.TensorMismatchException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients are told of failures. TensorFlow's own words may have values of the request. */
public final class FailedRequest {
  private static final Logger LOG = LoggerFactory.getLogger(FailedRequest.class);

  private FailedRequest() {}

  /**
   * A failure as an answer. One that is no answer is a fault of the server's, and is logged.
   *
   * @param failure what was thrown, or what a future was completed with
   */
  public static RequestException of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof RequestException answer) {
      return answer;
    }
    if (cause instanceof TensorMismatchException) {
      return RequestException.invalid(cause.getMessage());
    }
    if (cause instanceof IllegalArgumentException && cause.getCause() != null) {
      LOG.debug("TensorFlow refused the inputs", cause);
      return RequestException.invalid("The model cannot compute these inputs.");
    }
    LOG.error("a request failed", cause);
    return new RequestException(
        StatusCode.INTERNAL, "The server failed on this request; its log says how.");
  }
}
