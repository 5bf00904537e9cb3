package org.mtl4j.server.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;

/**
 * Who reads a request: the thread of its connection if it is small, else one of a few that may take
 * their time, for it would hold up other connections. So many wait for these; the next one is
 * refused. Safe for several threads.
 */
final class Reading implements AutoCloseable {
  private static final int AT_ONCE = 1 << 16;

  private final ThreadPoolExecutor threads;

  /**
   * Threads that are made when there is work for them.
   *
   * @param threads how many
   * @param places how many requests may wait for them
   */
  Reading(int threads, int places) {
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(places),
            work -> new Thread(work, "reading"),
            (work, executor) -> {
              throw new RequestException(
                  StatusCode.RESOURCE_EXHAUSTED,
                  "Too many large requests wait to be read; try again later.");
            });
    this.threads.allowCoreThreadTimeOut(true);
  }

  /** As many threads as there are cores. */
  static Reading usual() {
    return new Reading(Runtime.getRuntime().availableProcessors(), 1_000);
  }

  /**
   * Reads and answers a message.
   *
   * @param bytes how large it is
   * @param answer reads and answers it
   * @throws RequestException what {@code answer} throws for a small one
   * @return for a large one also RESOURCE_EXHAUSTED if too many wait
   */
  <T> CompletableFuture<T> of(
      ServiceRequestContext context, long bytes, Supplier<CompletableFuture<T>> answer) {
    if (bytes <= AT_ONCE) {
      return answer.get();
    }
    return CompletableFuture.completedFuture(bytes)
        .thenComposeAsync(
            any -> {
              if (context.whenRequestCancelling().isDone()) {
                throw new RequestException(
                    StatusCode.CANCELLED, "The client went away, or its time was over.");
              }
              return answer.get();
            },
            threads);
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
