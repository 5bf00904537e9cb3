package org.mtl4j.server.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;

/** What the server answers by itself, in the protocol's words. */
final class ErrorReplies implements ServerErrorHandler {
  @Override
  public HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    if (cause instanceof RequestTimeoutException) {
      if (!context.sessionProtocol().isMultiplex() && !context.request().isComplete()) {
        // The rest of its body may come for years. Over HTTP/2 the stream ends by itself.
        var unused = context.initiateConnectionShutdown(Duration.ZERO);
      }
      return Replies.failed(
          new RequestException(
              StatusCode.DEADLINE_EXCEEDED, "The request's time was over before its answer."));
    }
    if (cause instanceof ContentTooLargeException) {
      return Replies.error(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE,
          "The request is larger than the %d bytes that this server takes."
              .formatted(context.maxRequestLength()));
    }
    return null; // Armeria's own answer, by the method below.
  }

  @Override
  public AggregatedHttpResponse onProtocolViolation(
      ServiceConfig config,
      RequestHeaders headers,
      HttpStatus status,
      String description,
      Throwable cause) {
    // Armeria stumbles over some headers (a quote in Connection, say): the client's fault too.
    return error(status.equals(HttpStatus.INTERNAL_SERVER_ERROR) ? HttpStatus.BAD_REQUEST : status);
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      ServiceRequestContext context,
      ServiceConfig config,
      RequestHeaders headers,
      HttpStatus status,
      String description,
      Throwable cause) {
    return error(status);
  }

  /** The status alone: descriptions may have a piece of the request. */
  private static AggregatedHttpResponse error(HttpStatus status) {
    return AggregatedHttpResponse.of(
        status, MediaType.JSON, HttpData.ofUtf8(Replies.errorJson(status.reasonPhrase() + ".")));
  }
}
