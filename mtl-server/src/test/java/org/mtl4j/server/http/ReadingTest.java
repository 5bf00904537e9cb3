package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;

/** Which thread reads a request, and how many wait for it. */
class ReadingTest {
  private static final long LARGE = 1 << 20;

  private static ServiceRequestContext context() {
    return ServiceRequestContext.of(HttpRequest.of(HttpMethod.POST, "/"));
  }

  private static CompletableFuture<String> thread() {
    return CompletableFuture.completedFuture(Thread.currentThread().getName());
  }

  @Test
  void smallOnesAreReadAtOnceAndLargeOnesByAThreadOfTheirOwn() {
    try (Reading reading = new Reading(1, 1)) {
      String here = Thread.currentThread().getName();
      assertThat(reading.of(context(), 65_536, ReadingTest::thread).join()).isEqualTo(here);
      assertThat(reading.of(context(), 65_537, ReadingTest::thread).join()).isEqualTo("reading");
    }
  }

  @Test
  void ofThoseThatWaitThereIsAnEnd() {
    CountDownLatch gate = new CountDownLatch(1);
    try (Reading reading = new Reading(1, 1)) {
      CompletableFuture<String> read =
          reading.of(
              context(),
              LARGE,
              () -> {
                try {
                  gate.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return thread();
              });
      CompletableFuture<String> waiting = reading.of(context(), LARGE, ReadingTest::thread);
      CompletableFuture<String> refused = reading.of(context(), LARGE, ReadingTest::thread);
      assertThatThrownBy(refused::join)
          .hasCauseInstanceOf(RequestException.class)
          .satisfies(
              e ->
                  assertThat(((RequestException) e.getCause()).code())
                      .isEqualTo(StatusCode.RESOURCE_EXHAUSTED));
      gate.countDown();
      assertThat(read.join()).isEqualTo("reading");
      assertThat(waiting.join()).isEqualTo("reading");
    }
  }

  @Test
  void whatNobodyWaitsForIsNotRead() {
    try (Reading reading = new Reading(1, 1)) {
      ServiceRequestContext gone = context();
      gone.cancel();
      gone.whenRequestCancelling().join();
      assertThatThrownBy(() -> reading.of(gone, LARGE, ReadingTest::thread).join())
          .hasCauseInstanceOf(RequestException.class)
          .hasMessageContaining("went away");
    }
  }
}
