package org.mtl4j.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The probes of the Open Inference Protocol, version 2: {@code /v2/health/live}, {@code
 * /v2/health/ready} and {@code /v2/models/NAME/ready}. 200 for yes, 503 for no.
 */
final class HealthService implements HttpService {
  private static final Pattern MODEL = Pattern.compile("/v2/models/([^/]+)/ready");

  private final Readiness readiness;

  HealthService(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      return Replies.error(HttpStatus.METHOD_NOT_ALLOWED, "Ask with GET.");
    }
    String path = context.path();
    if (path.equals("/v2/health/live")) {
      return answer("live", true);
    }
    if (path.equals("/v2/health/ready")) {
      return answer("ready", readiness.isReady());
    }
    Matcher model = MODEL.matcher(path);
    if (model.matches()) {
      return answer("ready", readiness.isReady(decoded(model.group(1))));
    }
    return Replies.error(
        HttpStatus.NOT_FOUND,
        "Not found; there are /v2/health/live, /v2/health/ready and /v2/models/NAME/ready.");
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // No model has that name.
    }
  }

  private static HttpResponse answer(String what, boolean yes) {
    return HttpResponse.of(
        yes ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
        MediaType.JSON,
        HttpData.ofUtf8("{\"" + what + "\": " + yes + "}"));
  }
}
