package org.mtl4j.server.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mtl4j.serving.tensor.TensorValue;

/** Which jobs go together, and when, by a clock that the test moves. */
class JobQueueTest {
  private static final long NEVER = Long.MAX_VALUE / 2;

  private final Halving halving = new Halving();

  private Job job(long came, int rows) {
    return job(halving, came, NEVER, rows);
  }

  private static Job job(Computation computation, long came, long deadline, int rows) {
    var inputs = Halving.x(new float[rows]);
    return new Job(
        Lane.of(computation, List.of("y"), inputs),
        inputs,
        rows,
        new Job.Times(came, deadline, 0),
        new CompletableFuture<>());
  }

  private static JobQueue queue(int maxRows, Duration delay) {
    return new JobQueue(100, new BatchRules(maxRows, delay, List.of()));
  }

  @Test
  void whatWaitsGoesTogetherUpToTheMostRowsInTheOrderInWhichItCame() {
    JobQueue queue = queue(4, Duration.ZERO);
    Job one = job(0, 1);
    Job two = job(1, 2);
    Job three = job(2, 3);
    List.of(one, two, three).forEach(queue::add);
    assertThat(queue.poll(3)).containsExactly(one, two);
    assertThat(queue.poll(3)).containsExactly(three);
    assertThat(queue.poll(3)).isEmpty();
    assertThat(queue.size()).isZero();
    assertThat(queue.nextDue()).isEmpty();
  }

  @Test
  void aBatchWaitsForItsDelayUnlessItIsFull() {
    JobQueue queue = queue(4, Duration.ofNanos(100));
    Job first = job(1000, 2);
    queue.add(first);
    assertThat(queue.poll(1099)).isEmpty();
    assertThat(queue.nextDue()).hasValue(1100);
    Job second = job(1050, 2);
    queue.add(second);
    assertThat(queue.poll(1050)).containsExactly(first, second);
    queue.add(job(2000, 1));
    assertThat(queue.poll(2100)).hasSize(1);
  }

  @Test
  void otherComputationsAndOtherShapesGoApartAndTheOldestGoesFirst() {
    JobQueue queue = queue(8, Duration.ZERO);
    Halving other = new Halving();
    Job a = job(other, 10, NEVER, 1);
    Job b = job(5, 1);
    Job c = job(11, 1);
    List.of(a, b, c).forEach(queue::add);
    assertThat(queue.poll(20)).containsExactly(b, c);
    assertThat(queue.poll(20)).containsExactly(a);
  }

  @Test
  void whatIsOverIsHandedOutAndTakesNoPlace() {
    JobQueue queue = queue(2, Duration.ZERO);
    Job late = job(halving, 0, 50, 2);
    Job gone = job(1, 2);
    gone.result().cancel(false);
    Job good = job(2, 2);
    List.of(late, gone, good).forEach(queue::add);
    assertThat(queue.poll(50)).containsExactly(late, gone, good);
  }

  @Test
  void aComputationThatIsNotByRowsRunsOneAtATime() {
    Computation whole =
        new Computation() {
          @Override
          public SortedMap<String, TensorValue> run(
              SortedMap<String, TensorValue> inputs, Collection<String> outputs) {
            return inputs;
          }

          @Override
          public boolean byRows() {
            return false;
          }
        };
    JobQueue queue = queue(8, Duration.ofSeconds(1));
    queue.add(job(whole, 0, NEVER, 1));
    queue.add(job(whole, 1, NEVER, 1));
    assertThat(queue.poll(2)).hasSize(1);
    assertThat(queue.poll(2)).hasSize(1);
  }

  @Test
  void wrongRulesAreRefused() {
    assertThatThrownBy(() -> new BatchRules(0, Duration.ZERO, List.of()))
        .hasMessage("maxRows: expected at least 1, found 0");
    assertThatThrownBy(() -> new BatchRules(8, Duration.ofMinutes(2), List.of()))
        .hasMessageContaining("delay: expected 0 to 1 minute");
    assertThatThrownBy(() -> new BatchRules(8, Duration.ZERO, List.of(4, 2, 8)))
        .hasMessage("allowedSizes: expected rising numbers from 1, found [4, 2, 8]");
    assertThatThrownBy(() -> new BatchRules(8, Duration.ZERO, List.of(2, 4)))
        .hasMessage("allowedSizes: expected 8, maxRows, as the last, found 4");
    assertThat(new BatchRules(8, Duration.ZERO, List.of(2, 4, 8)).padded(3)).isEqualTo(4);
  }
}
