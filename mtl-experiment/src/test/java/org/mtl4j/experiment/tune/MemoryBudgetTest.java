package org.mtl4j.experiment.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;

class MemoryBudgetTest {
  private static final Run RUN = new Run(new RunFiles(Path.of("x")), Run.Status.FINISHED);

  /** Two of 4 fit into 10, a third one waits; that all get in says that room is given back. */
  @Test
  void whatDoesNotFitWaits() throws Exception {
    MemoryBudget budget = new MemoryBudget(10);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Future<?>[] all = new Future<?>[3];
      for (int i = 0; i < 3; i++) {
        all[i] =
            threads.submit(
                () ->
                    budget.within(
                        () -> 4,
                        () -> {
                          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                          two.countDown();
                          await(two);
                          inside.decrementAndGet();
                          return RUN;
                        }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatNeverFitsIsRefusedWithTheArithmetic() {
    assertThatThrownBy(
            () -> new MemoryBudget(2_000_000_000).within(() -> 3_500_000_000L, () -> RUN))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("2.00 GB")
        .hasMessageContaining("3.50 GB")
        .hasMessageContaining("--memory");
  }

  @Test
  void roomIsGivenBackByWhatFails() {
    MemoryBudget budget = new MemoryBudget(4);
    assertThatThrownBy(
            () ->
                budget.within(
                    () -> 4,
                    () -> {
                      throw new IllegalStateException("fails");
                    }))
        .hasMessage("fails");
    assertThat(budget.within(() -> 4, () -> RUN)).isEqualTo(RUN);
  }
}
