package org.mtl4j.server.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Which thread reads a request. */
final class Reading {
  /** A larger body is read by a thread that may take its time, for it would hold up others. */
  private static final int AT_ONCE = 1 << 16;

  private Reading() {}

  /** A thread for a body of so many bytes; below 0 if nobody knows. */
  static Executor executor(ServiceRequestContext context, long bytes) {
    return isSmall(bytes) ? context.eventLoop() : context.blockingTaskExecutor();
  }

  private static boolean isSmall(long bytes) {
    return bytes >= 0 && bytes <= AT_ONCE;
  }

  /** Reads and answers a message of so many bytes, at once if it is small. */
  static <T> CompletableFuture<T> of(
      ServiceRequestContext context, long bytes, Supplier<CompletableFuture<T>> answer) {
    return isSmall(bytes)
        ? answer.get()
        : CompletableFuture.completedFuture(bytes)
            .thenComposeAsync(any -> answer.get(), context.blockingTaskExecutor());
  }
}
