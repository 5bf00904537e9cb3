package org.mtl4j.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.KeyFile;
import org.mtl4j.server.security.RateLimiter;
import org.mtl4j.server.trace.RequestEnd;

/** Lets requests through that have a key, and not too many of them. Safe for several threads. */
final class Gate implements DecoratingHttpServiceFunction {
  private static final Pattern PROBE =
      Pattern.compile(
          "/v2/health/(live|ready)|/v2/models/[^/]+/ready|/grpc\\.health\\.v1\\.Health/Check");

  private final Access access;
  private final Set<String> open;
  private final Optional<KeyFile> keys;
  private final Optional<RateLimiter> limiter;

  /**
   * A gate.
   *
   * @param access who may pass
   * @param open paths that anybody may ask for, since they say nothing of what is served
   * @param nanos the clock
   */
  Gate(Access access, Set<String> open, LongSupplier nanos) {
    this.access = access;
    this.open = Set.copyOf(open);
    this.keys = access.keys().map(file -> new KeyFile(file, nanos));
    this.limiter = access.rate().map(rate -> new RateLimiter(rate, nanos));
  }

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    // The path that the request is routed by, so that no spelling of it leads past here.
    String path = context.path();
    if (PROBE.matcher(path).matches()
        || open.contains(path)
        || (access.openMetrics() && path.equals(MetricsService.PATH))) {
      return next.serve(context, request);
    }
    String client = context.clientAddress().getHostAddress();
    if (keys.isPresent()) {
      Optional<String> owner = key(request).flatMap(keys.get().keys()::owner);
      if (owner.isEmpty()) {
        return refused(
            context,
            request,
            new RequestException(
                StatusCode.UNAUTHENTICATED,
                "This server answers requests with a key: Authorization: Bearer KEY, or X-API-Key: KEY."),
            "www-authenticate",
            "Bearer");
      }
      client = "key " + owner.get();
    }
    if (limiter.isPresent()) {
      long seconds = limiter.get().take(client);
      if (seconds > 0) {
        return refused(
            context,
            request,
            new RequestException(
                StatusCode.RESOURCE_EXHAUSTED, "Too many requests of one client; try again later."),
            "retry-after",
            String.valueOf(seconds));
      }
    }
    return next.serve(context, request);
  }

  private static Optional<String> key(HttpRequest request) {
    String authorization = request.headers().get("authorization", "");
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(authorization.substring(7).strip());
    }
    return Optional.ofNullable(request.headers().get("x-api-key"));
  }

  private static HttpResponse refused(
      ServiceRequestContext context,
      HttpRequest request,
      RequestException answer,
      String header,
      String value) {
    RequestNotes.of(context).failed(answer.code());
    ResponseHeadersBuilder headers;
    if (EndedRequests.entry(request.headers()) == RequestEnd.Entry.GRPC) {
      headers =
          ResponseHeaders.builder(HttpStatus.OK)
              .add("content-type", "application/grpc")
              .addInt("grpc-status", answer.code().number())
              .add("grpc-message", answer.getMessage());
      return HttpResponse.of(headers.add(header, value).build());
    }
    context.setAdditionalResponseHeader(header, value);
    return Replies.failed(answer);
  }
}
