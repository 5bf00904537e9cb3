package org.mtl4j.server.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Runs computations on a fixed number of threads, in batches where their rules say so. When as many
 * wait as may, the next one is refused at once: one that waits longer than its client does is work
 * for nothing. Safe for several threads. Close it when nothing comes any more: what waits is still
 * run.
 */
public final class ComputeExecutor implements AutoCloseable {
  private final Size size;
  private final BatchRules rules;
  private final Pace pace = new Pace();
  private final ExecutionListener listener;
  private final BatchRun run;
  private final JobQueue queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  /**
   * Starts it.
   *
   * @param name of its threads
   * @param size of threads and queue
   * @param rules how requests are put together
   * @param listener what is told of each
   */
  public ComputeExecutor(String name, Size size, BatchRules rules, ExecutionListener listener) {
    this.size = size;
    this.rules = rules;
    this.listener = listener;
    this.run = new BatchRun(rules, pace, listener);
    this.queue = new JobQueue(size.queue(), rules);
    for (int i = 0; i < size.threads(); i++) {
      Thread thread = new Thread(this::work, name + "-" + (i + 1));
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /**
   * How much it takes.
   *
   * @param threads how many computations run at a time
   * @param queue how many wait, at least as many as the largest request has parts
   * @param longestWait how long the last of them may have to, by how long such computations took
   *     lately; one that would wait longer is refused. Who finds nobody waiting is never refused
   */
  public record Size(int threads, int queue, Duration longestWait) {
    /** For servers where the number of those that wait says enough. */
    public static final Duration ANY_WAIT = Duration.ofDays(1);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is below 1, or the wait negative or above a day
     */
    public Size {
      if (threads < 1) {
        throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
      }
      if (queue < 1) {
        throw new IllegalArgumentException("queue: expected at least 1, found " + queue);
      }
      if (longestWait.isNegative() || longestWait.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            "longestWait: expected 0 to a day, found " + longestWait);
      }
    }

    /** However long they wait. */
    public Size(int threads, int queue) {
      this(threads, queue, ANY_WAIT);
    }
  }

  /** How many wait now. */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Computes outputs, when a thread is free.
   *
   * @param computation what computes them
   * @param inputs by name, as it takes them
   * @param outputs names of those that are wanted
   * @param deadline when it need not be run any more, in nanoseconds of {@link System#nanoTime}
   * @return completed by one of the threads: with the outputs, with what the computation threw, or
   *     with a {@link RequestException}: RESOURCE_EXHAUSTED if too much waits, DEADLINE_EXCEEDED if
   *     its time was over before it was run, UNAVAILABLE if this is closed. Complete it yourself if
   *     nobody waits for it any more: it is not run then
   */
  public CompletableFuture<SortedMap<String, TensorValue>> submit(
      Computation computation,
      SortedMap<String, TensorValue> inputs,
      Collection<String> outputs,
      long deadline) {
    Lane lane = Lane.of(computation, outputs, inputs);
    int rows = Lane.rowCount(computation, inputs);
    long came = System.nanoTime();
    List<Job> jobs = new ArrayList<>();
    if (rows <= rules.maxRows() || rules.maxRows() == 1) {
      int all = Math.max(rows, 1);
      jobs.add(
          new Job(lane, inputs, all, times(came, deadline, lane, all), new CompletableFuture<>()));
    } else {
      for (int from = 0; from < rows; from += rules.maxRows()) {
        int part = Math.min(rules.maxRows(), rows - from);
        jobs.add(
            new Job(
                lane,
                Rows.slice(inputs, from, part),
                part,
                times(came, deadline, lane, part),
                new CompletableFuture<>()));
      }
    }
    RequestException refusal = add(jobs);
    if (refusal != null) {
      listener.refused(computation.origin());
      return CompletableFuture.failedFuture(refusal);
    }
    return jobs.size() == 1 ? jobs.get(0).result() : Whole.of(jobs);
  }

  private Job.Times times(long came, long deadline, Lane lane, int rows) {
    return new Job.Times(came, deadline, pace.expected(lane.computation().origin(), rows));
  }

  /**
   * Does some other work, when a thread is free.
   *
   * @param work what it throws, the future is completed with
   * @param origin whose it is
   * @param deadline as above
   * @return as above
   */
  public <T> CompletableFuture<T> submit(Supplier<T> work, Origin origin, long deadline) {
    AtomicReference<T> answer = new AtomicReference<>();
    Computation computation = new Work(() -> answer.set(work.get()), origin);
    CompletableFuture<SortedMap<String, TensorValue>> run =
        submit(computation, new TreeMap<>(), List.of(), deadline);
    return Whole.givenUpWith(run.thenApply(done -> answer.get()), List.of(run));
  }

  private RequestException add(List<Job> jobs) {
    lock.lock();
    try {
      if (closed) {
        return new RequestException(StatusCode.UNAVAILABLE, "The server is being stopped.");
      }
      if (isFull(jobs.size())) {
        return tooMany();
      }
      for (Job job : jobs) {
        queue.add(job);
        changed.signal();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** A request of more parts than there are places is let in where nobody waits. */
  private boolean isFull(int jobs) {
    return queue.size() > 0
        && (!queue.hasRoom(jobs)
            || queue.expected() / size.threads() > size.longestWait().toNanos());
  }

  private static RequestException tooMany() {
    return new RequestException(
        StatusCode.RESOURCE_EXHAUSTED, "Too many requests wait; try again later.");
  }

  /**
   * Refuses a request that there is no room for, before anything is made of it: a server with too
   * much to do should spend nothing on those that it cannot answer.
   *
   * @param origin whose it is
   * @throws RequestException RESOURCE_EXHAUSTED if it would be refused now
   */
  public void checkRoom(Origin origin) {
    boolean full;
    lock.lock();
    try {
      full = isFull(1);
    } finally {
      lock.unlock();
    }
    if (full) {
      listener.refused(origin);
      throw tooMany();
    }
  }

  private void work() {
    for (List<Job> jobs = next(); !jobs.isEmpty(); jobs = next()) {
      try {
        run.run(jobs, System.nanoTime());
      } catch (RuntimeException | Error e) {
        // Such as a lack of memory while outputs are shared out: the thread is needed all the same.
        jobs.forEach(job -> job.result().completeExceptionally(e));
      }
    }
  }

  /** Waits for jobs; none if this is closed and nothing waits. */
  private List<Job> next() {
    lock.lock();
    try {
      while (true) {
        long now = System.nanoTime();
        List<Job> jobs = queue.poll(now);
        if (!jobs.isEmpty()) {
          return jobs;
        }
        OptionalLong due = queue.nextDue();
        if (due.isEmpty() && closed) {
          return List.of();
        }
        try {
          if (due.isPresent()) {
            changed.awaitNanos(due.getAsLong() - now);
          } else {
            changed.await();
          }
        } catch (InterruptedException e) {
          // Nobody but a debugger interrupts these threads, and what waits is to be answered.
          Thread.interrupted();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what comes, runs what waits, and waits for that, a minute at most. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
