package org.mtl4j.server.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import org.mtl4j.server.metric.ServerMetrics;

/** The text that Prometheus reads. */
final class MetricsService implements HttpService {
  /** Where TensorFlow Serving has it by default. */
  static final String PATH = "/monitoring/prometheus/metrics";

  private static final MediaType TEXT = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");

  private final ServerMetrics metrics;

  MetricsService(ServerMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      return Replies.error(HttpStatus.METHOD_NOT_ALLOWED, "Ask with GET.");
    }
    // Gauges may look at files and threads, for which no other request should wait.
    return HttpResponse.of(
        CompletableFuture.supplyAsync(metrics::text, context.blockingTaskExecutor())
            .thenApply(text -> HttpResponse.of(HttpStatus.OK, TEXT, text)));
  }
}
