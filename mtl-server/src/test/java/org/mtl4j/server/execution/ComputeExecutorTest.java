package org.mtl4j.server.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.TensorValue;

class ComputeExecutorTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final Halving halving = new Halving();
  private final AtomicInteger expired = new AtomicInteger();
  private ComputeExecutor executor;

  @AfterEach
  void close() {
    gate.countDown();
    executor.close();
  }

  private void start(int queue, BatchRules rules) {
    start(new ComputeExecutor.Size(1, queue), rules);
  }

  private void start(ComputeExecutor.Size size, BatchRules rules) {
    executor =
        new ComputeExecutor(
            "test",
            size,
            rules,
            new ExecutionListener() {
              @Override
              public void expired(Origin origin) {
                expired.incrementAndGet();
              }
            });
  }

  private CompletableFuture<SortedMap<String, TensorValue>> submit(float... x) {
    return executor.submit(
        halving, Halving.x(x), List.of("y"), System.nanoTime() + 60_000_000_000L);
  }

  /** Holds the only thread until the gate is opened. */
  private void occupy() throws InterruptedException {
    var held =
        executor.submit(
            new Computation() {
              @Override
              public SortedMap<String, TensorValue> run(
                  SortedMap<String, TensorValue> inputs, Collection<String> outputs) {
                entered.countDown();
                try {
                  gate.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return inputs;
              }

              @Override
              public boolean byRows() {
                return false;
              }
            },
            Halving.x(1),
            List.of("y"),
            System.nanoTime() + 60_000_000_000L);
    entered.await();
    assertThat(held).isNotDone();
  }

  private static StatusCode code(CompletableFuture<?> failed) {
    try {
      failed.join();
    } catch (CompletionException e) {
      return ((RequestException) e.getCause()).code();
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void whatCameWhileThreadsWereBusyIsComputedAtOnceAndEachGetsItsRows() throws Exception {
    start(100, new BatchRules(8, Duration.ZERO, List.of(4, 8)));
    occupy();
    var one = submit(2);
    var two = submit(4, 6);
    var three = submit(8, 10);
    gate.countDown();
    assertThat(Halving.y(one.join())).containsExactly(1);
    assertThat(Halving.y(two.join())).containsExactly(2, 3);
    assertThat(Halving.y(three.join())).containsExactly(4, 5);
    assertThat(halving.asked).containsExactly(8); // five rows, filled up
  }

  @Test
  void aRequestOfMoreRowsThanABatchHasIsComputedInPartsAndComesBackWhole() {
    start(2, new BatchRules(2, Duration.ZERO, List.of()));
    assertThat(Halving.y(submit(2, 4, 6, 8, 10).join())).containsExactly(1, 2, 3, 4, 5);
    assertThat(halving.asked).containsExactly(2, 2, 1);
  }

  @Test
  void aBadRowFailsItsOwnRequestAlone() throws Exception {
    start(100, new BatchRules(8, Duration.ZERO, List.of()));
    occupy();
    var good = submit(2);
    var bad = submit(-1);
    var alsoGood = submit(4);
    gate.countDown();
    assertThat(Halving.y(good.join())).containsExactly(1);
    assertThat(Halving.y(alsoGood.join())).containsExactly(2);
    assertThatThrownBy(bad::join).hasRootCauseMessage("a negative row");
  }

  @Test
  void theBadRowOfALargeBatchIsFoundInFewRuns() throws Exception {
    start(100, new BatchRules(64, Duration.ZERO, List.of()));
    occupy();
    List<CompletableFuture<SortedMap<String, TensorValue>>> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      all.add(submit(i == 37 ? -1 : 2 * i));
    }
    gate.countDown();
    for (int i = 0; i < 64; i++) {
      if (i == 37) {
        assertThatThrownBy(all.get(i)::join).hasRootCauseMessage("a negative row");
      } else {
        assertThat(Halving.y(all.get(i).join())).containsExactly(i);
      }
    }
    // The whole, and two halves at each of the six levels below it.
    assertThat(halving.asked).hasSize(13);
  }

  @Test
  void whoWouldWaitLongerThanMayBeIsRefusedBeforeItIsRead() throws Exception {
    start(new ComputeExecutor.Size(1, 100, Duration.ZERO), BatchRules.NONE);
    submit(2).join();
    occupy();
    executor.checkRoom(Origin.UNKNOWN);
    var first = submit(4);
    assertThat(code(submit(6))).isEqualTo(StatusCode.RESOURCE_EXHAUSTED);
    assertThatThrownBy(() -> executor.checkRoom(Origin.UNKNOWN))
        .isInstanceOfSatisfying(
            RequestException.class,
            refused -> assertThat(refused.code()).isEqualTo(StatusCode.RESOURCE_EXHAUSTED));
    gate.countDown();
    assertThat(Halving.y(first.join())).containsExactly(2);
  }

  @Test
  void aWaitThatIsShortEnoughIsNoReasonToRefuse() throws Exception {
    start(new ComputeExecutor.Size(1, 100, Duration.ofDays(1)), BatchRules.NONE);
    submit(2).join();
    occupy();
    var first = submit(4);
    var second = submit(6);
    executor.checkRoom(Origin.UNKNOWN);
    gate.countDown();
    assertThat(Halving.y(first.join())).containsExactly(2);
    assertThat(Halving.y(second.join())).containsExactly(3);
  }

  @Test
  void theOneTooManyIsRefusedAtOnce() throws Exception {
    start(2, BatchRules.NONE);
    occupy();
    var first = submit(2);
    var second = submit(4);
    assertThat(code(submit(6))).isEqualTo(StatusCode.RESOURCE_EXHAUSTED);
    assertThat(executor.waiting()).isEqualTo(2);
    gate.countDown();
    assertThat(Halving.y(first.join())).containsExactly(1);
    assertThat(Halving.y(second.join())).containsExactly(2);
  }

  @Test
  void whatIsLateOrGivenUpIsNotRun() throws Exception {
    start(10, new BatchRules(8, Duration.ZERO, List.of()));
    occupy();
    var late = executor.submit(halving, Halving.x(2), List.of("y"), System.nanoTime());
    var gone = submit(4);
    gone.cancel(false);
    var good = submit(6);
    gate.countDown();
    assertThat(Halving.y(good.join())).containsExactly(3);
    assertThat(code(late)).isEqualTo(StatusCode.DEADLINE_EXCEEDED);
    assertThat(halving.asked).containsExactly(1);
    assertThat(expired).hasValue(2);
  }

  @Test
  void whoGivesALargeRequestOrOtherWorkUpHasNoneOfItRun() throws Exception {
    start(10, new BatchRules(2, Duration.ZERO, List.of()));
    occupy();
    var large = submit(2, 4, 6, 8);
    AtomicInteger done = new AtomicInteger();
    var other =
        executor.submit(done::incrementAndGet, Origin.UNKNOWN, System.nanoTime() + 60_000_000_000L);
    large.cancel(false);
    other.cancel(false);
    var good = submit(6);
    gate.countDown();
    assertThat(Halving.y(good.join())).containsExactly(3);
    assertThat(halving.asked).containsExactly(1);
    assertThat(done).hasValue(0);
  }

  @Test
  void closedItRunsWhatWaitsAndTakesNothingMore() throws Exception {
    start(10, BatchRules.NONE);
    occupy();
    List<CompletableFuture<SortedMap<String, TensorValue>>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(submit(2 * i));
    }
    Thread closing = new Thread(executor::close);
    closing.start();
    while (!submit(1).isCompletedExceptionally()) {
      Thread.onSpinWait();
    }
    gate.countDown();
    closing.join();
    for (int i = 0; i < 5; i++) {
      assertThat(Halving.y(waiting.get(i).join())).containsExactly(i);
    }
    assertThat(code(submit(1))).isEqualTo(StatusCode.UNAVAILABLE);
  }
}
