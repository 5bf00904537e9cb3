package org.mtl4j.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.KeyFile;
import org.mtl4j.server.security.RateLimiter;
import org.mtl4j.server.security.WrongKeys;
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
  private final WrongKeys wrongKeys;

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
    this.wrongKeys = new WrongKeys(nanos);
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
    try {
      String client = client(context, request);
      if (limiter.isPresent()) {
        checkRate(limiter.get().take(client), "Too many requests of one client; try again later.");
      }
    } catch (Refusal refusal) {
      return refused(context, request, refusal);
    }
    return next.serve(context, request);
  }

  /** Whose the key is, or the address where nobody needs one. */
  private String client(ServiceRequestContext context, HttpRequest request) throws Refusal {
    InetAddress address = context.clientAddress();
    if (keys.isEmpty()) {
      return address.getHostAddress();
    }
    Optional<String> key = key(request);
    if (key.isPresent()) {
      checkRate(wrongKeys.seconds(address), "Too many wrong keys of one client; try again later.");
    }
    Optional<String> owner = key.flatMap(keys.get().keys()::owner);
    if (owner.isEmpty()) {
      key.ifPresent(wrong -> wrongKeys.wrong(address));
      throw new Refusal(
          new RequestException(
              StatusCode.UNAUTHENTICATED,
              "This server answers requests with a key: Authorization: Bearer KEY, or X-API-Key: KEY."),
          "www-authenticate",
          "Bearer");
    }
    wrongKeys.right(address);
    return "key " + owner.get();
  }

  private static void checkRate(long seconds, String message) throws Refusal {
    if (seconds > 0) {
      throw new Refusal(
          new RequestException(StatusCode.RESOURCE_EXHAUSTED, message),
          "retry-after",
          String.valueOf(seconds));
    }
  }

  /** An answer with a header of its own, in place of the service's. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient RequestException answer;
    private final String header;
    private final String value;

    Refusal(RequestException answer, String header, String value) {
      super(answer.getMessage(), answer, false, false);
      this.answer = answer;
      this.header = header;
      this.value = value;
    }
  }

  private static Optional<String> key(HttpRequest request) {
    String authorization = request.headers().get("authorization", "");
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(authorization.substring(7).strip());
    }
    return Optional.ofNullable(request.headers().get("x-api-key"));
  }

  private static HttpResponse refused(
      ServiceRequestContext context, HttpRequest request, Refusal refusal) {
    RequestException answer = refusal.answer;
    RequestNotes.of(context).failed(answer.code());
    if (EndedRequests.entry(request.headers()) == RequestEnd.Entry.GRPC) {
      ResponseHeadersBuilder headers =
          ResponseHeaders.builder(HttpStatus.OK)
              .add("content-type", "application/grpc")
              .addInt("grpc-status", answer.code().number())
              .add("grpc-message", answer.getMessage());
      return HttpResponse.of(headers.add(refusal.header, refusal.value).build());
    }
    context.setAdditionalResponseHeader(refusal.header, refusal.value);
    return Replies.failed(answer);
  }
}
