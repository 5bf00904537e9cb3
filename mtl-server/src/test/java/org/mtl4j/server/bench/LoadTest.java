package org.mtl4j.server.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Loads on a requester that answers at once, or when the test says. */
class LoadTest {
  private static Requester answering(IntFunction<CompletableFuture<Outcome>> answers) {
    return new Requester() {
      @Override
      public CompletableFuture<Outcome> send(int number) {
        return answers.apply(number);
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void aClosedLoopCountsEachOutcome() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    LoadFigures figures =
        new ClosedLoop(3)
            .run(
                answering(
                    number -> {
                      int which = sent.getAndIncrement();
                      return CompletableFuture.completedFuture(
                          which % 4 == 0 ? Outcome.REFUSED : Outcome.ANSWERED);
                    }),
                Duration.ofMillis(50),
                () -> false);
    long all = figures.count(Outcome.ANSWERED) + figures.count(Outcome.REFUSED);
    assertThat(all).isEqualTo(sent.get());
    assertThat(figures.count(Outcome.REFUSED)).isEqualTo((sent.get() + 3) / 4);
    assertThat(figures.count(Outcome.FAILED)).isZero();
  }

  @Test
  void noMoreAreUnderWayThanThereAreClients() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    new ClosedLoop(4)
        .run(
            answering(
                number -> {
                  seen.add(underWay.incrementAndGet());
                  return CompletableFuture.supplyAsync(
                      () -> {
                        underWay.decrementAndGet();
                        return Outcome.ANSWERED;
                      });
                }),
            Duration.ofMillis(50),
            () -> false);
    assertThat(seen).allMatch(number -> number <= 4);
  }

  @Test
  void anOpenLoopDoesNotWaitForAnswers() {
    List<CompletableFuture<Outcome>> held = new CopyOnWriteArrayList<>();
    LoadFigures figures =
        new OpenLoop(2000)
            .run(
                answering(
                    number -> {
                      CompletableFuture<Outcome> answer = new CompletableFuture<>();
                      held.add(answer);
                      if (held.size() == 20) {
                        held.forEach(each -> each.complete(Outcome.ANSWERED));
                      } else if (held.size() > 20) {
                        answer.complete(Outcome.ANSWERED);
                      }
                      return answer;
                    }),
                Duration.ofSeconds(30),
                () -> false,
                () -> held.size() >= 100);
    assertThat(figures.count(Outcome.ANSWERED)).isEqualTo(100);
  }

  @Test
  void aStallCountsForAllThatShouldHaveBeenSentInIt() {
    AtomicInteger sent = new AtomicInteger();
    LoadFigures figures =
        new OpenLoop(1000)
            .run(
                answering(
                    number -> {
                      if (sent.getAndIncrement() == 0) {
                        // The sender itself is held up: the others fall due meanwhile.
                        long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
                        while (System.nanoTime() - end < 0) {
                          Thread.onSpinWait();
                        }
                      }
                      return CompletableFuture.completedFuture(Outcome.ANSWERED);
                    }),
                Duration.ofMillis(200),
                () -> false);
    // Spread over the stall, half of them waited for more than half of it.
    assertThat(figures.answered().p50()).isGreaterThan(50);
    assertThat(figures.answered().max()).isGreaterThanOrEqualTo(199);
  }

  @Test
  void aLoadEndsEarlyWhereAskedTo() {
    Requester at = answering(number -> CompletableFuture.completedFuture(Outcome.ANSWERED));
    assertThatThrownBy(() -> new ClosedLoop(2).run(at, Duration.ofHours(1), () -> true))
        .isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> new OpenLoop(10).run(at, Duration.ofHours(1), () -> true))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void ratiosAreOfTurnsAndTheirMedianCounts() {
    Turns turns =
        new Turns(
            Map.of(
                "a", List.of(load(10), load(30), load(1000)),
                "b", List.of(load(10), load(10), load(1000))));
    assertThat(turns.medianRatio("a", "b", LoadFigures::perSecond)).isEqualTo(1, within(1e-12));
    assertThat(turns.median("a", LoadFigures::perSecond)).isEqualTo(30, within(1e-12));
  }

  private static LoadFigures load(long answered) {
    LoadFigures.Latency none = new LoadFigures.Latency(0, 0, 0, 0, 0);
    return new LoadFigures(1, Map.of(Outcome.ANSWERED, answered), none, none);
  }
}
