package org.mtl4j.server.http;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import java.util.List;
import java.util.Optional;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.trace.RequestEnd;
import org.mtl4j.server.trace.RequestListener;

/** Tells listeners of every request that ended, those among them that came to no service. */
final class EndedRequests implements AccessLogWriter {
  private final List<RequestListener> listeners;

  EndedRequests(List<RequestListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void log(RequestLog log) {
    RequestEnd end = end(log, (ServiceRequestContext) log.context());
    listeners.forEach(listener -> listener.ended(end));
  }

  private static RequestEnd end(RequestLog log, ServiceRequestContext context) {
    RequestNotes notes = RequestNotes.of(context);
    RequestHeaders headers = log.requestHeaders();
    RequestEnd.Entry entry = entry(headers);
    String path = headers.path();
    int query = path.indexOf('?');
    return new RequestEnd(
        new RequestEnd.Origin(
            notes.id(),
            entry,
            context.clientAddress().getHostAddress(),
            headers.method().name(),
            query < 0 ? path : path.substring(0, query)),
        notes.api(),
        notes.target(),
        new RequestEnd.Outcome(
            entry == RequestEnd.Entry.GRPC ? grpc(log) : rest(log, notes),
            log.responseStatus().code(),
            log.responseLength(),
            log.totalDurationNanos(),
            notes.computeNanos()));
  }

  /** Which protocol a request speaks. */
  static RequestEnd.Entry entry(RequestHeaders headers) {
    String type = headers.get("content-type", "");
    return type.startsWith("application/grpc") ? RequestEnd.Entry.GRPC : RequestEnd.Entry.REST;
  }

  private static StatusCode grpc(RequestLog log) {
    String sent =
        log.responseTrailers().get("grpc-status", log.responseHeaders().get("grpc-status", ""));
    for (StatusCode code : StatusCode.values()) {
      if (String.valueOf(code.number()).equals(sent)) {
        return code;
      }
    }
    return gone(log).orElse(StatusCode.UNKNOWN);
  }

  private static StatusCode rest(RequestLog log, RequestNotes notes) {
    Optional<StatusCode> gone = gone(log);
    if (gone.isPresent()) {
      return gone.get();
    }
    int http = log.responseStatus().code();
    Optional<StatusCode> noted = notes.failure().filter(code -> code.http() == http);
    return noted.orElseGet(() -> code(http));
  }

  /** A client that did not wait for its reply. */
  private static Optional<StatusCode> gone(RequestLog log) {
    return log.responseCause() != null && log.responseStatus().code() < 400
        ? Optional.of(StatusCode.CANCELLED)
        : Optional.empty();
  }

  private static StatusCode code(int http) {
    if (http < 400) {
      return StatusCode.OK;
    }
    for (StatusCode code : StatusCode.values()) {
      if (code.http() == http) {
        return code;
      }
    }
    return http < 500 ? StatusCode.INVALID_ARGUMENT : StatusCode.UNKNOWN;
  }
}
