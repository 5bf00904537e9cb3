package org.mtl4j.server.http;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;

/** A request's time, and what becomes of its computation when its client goes. */
final class Deadlines {
  private Deadlines() {}

  /** When a request's time is over, in nanoseconds of {@link System#nanoTime}. */
  static long of(ServiceRequestContext context) {
    long millis = context.requestTimeoutMillis();
    // Without an end it is a day, far from where the clock wraps around.
    long whole = millis == 0 ? TimeUnit.DAYS.toNanos(1) : TimeUnit.MILLISECONDS.toNanos(millis);
    return context
            .log()
            .ensureAvailable(RequestLogProperty.REQUEST_START_TIME)
            .requestStartTimeNanos()
        + whole;
  }

  /** Gives a computation up when its request is cancelled, so that it is not run if it waits. */
  static <T> CompletableFuture<T> bound(
      ServiceRequestContext context, CompletableFuture<T> computation) {
    if (!computation.isDone()) {
      var unused =
          context
              .whenRequestCancelling()
              .thenAccept(
                  cause ->
                      computation.completeExceptionally(
                          new RequestException(
                              StatusCode.CANCELLED,
                              "The client went away, or its time was over.")));
    }
    return computation;
  }
}
