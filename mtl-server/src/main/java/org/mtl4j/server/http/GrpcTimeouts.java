package org.mtl4j.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gRPC client says how long it waits, and may not say longer than the server's own time: one that
 * sends its request for years would hold its memory for as long.
 */
final class GrpcTimeouts implements DecoratingHttpServiceFunction {
  private static final String HEADER = "grpc-timeout";
  private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,8})([HMSmun])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "H", Duration.ofHours(1),
          "M", Duration.ofMinutes(1),
          "S", Duration.ofSeconds(1),
          "m", Duration.ofMillis(1),
          "u", Duration.ofNanos(1_000),
          "n", Duration.ofNanos(1));

  private final BigInteger most;

  GrpcTimeouts(Duration most) {
    this.most = BigInteger.valueOf(most.toNanos());
  }

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    String sent = request.headers().get(HEADER);
    if (sent == null || isWithin(sent)) {
      return next.serve(context, request);
    }
    HttpRequest within =
        request.withHeaders(request.headers().toBuilder().removeAndThen(HEADER).build());
    context.updateRequest(within);
    return next.serve(context, within);
  }

  /** Not so of 0, which would be no end, and of what is no time. Without it the server's counts. */
  private boolean isWithin(String sent) {
    Matcher matcher = TIMEOUT.matcher(sent);
    if (!matcher.matches()) {
      return false;
    }
    BigInteger nanos =
        new BigInteger(matcher.group(1))
            .multiply(BigInteger.valueOf(UNITS.get(matcher.group(2)).toNanos()));
    return nanos.signum() > 0 && (most.signum() == 0 || nanos.compareTo(most) <= 0);
  }
}
