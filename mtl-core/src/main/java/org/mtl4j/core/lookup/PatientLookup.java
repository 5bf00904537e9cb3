package org.mtl4j.core.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.mtl4j.core.batch.RawBatch;

/**
 * A lookup that a request waits for, and not for longer than its time: without an answer rows get
 * the defaults. It is asked on threads of its own, since nothing else ends the wait for a database
 * that says nothing; when all of them wait, the next request does not. What is late is given up, on
 * one more thread, since to tell a database so may take as long as to ask it.
 */
final class PatientLookup implements AutoCloseable {
  private static final int MAX_THREADS = 16;
  private static final int IDLE_SECONDS = 30;

  private final LookupSpec spec;
  private final FeatureLookup lookup;
  private final Set<String> wanted;
  private final ThreadPoolExecutor threads;
  private final ThreadPoolExecutor ending;
  private final LongAdder rows = new LongAdder();
  private final LongAdder orphans = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<String> lastFailure = new AtomicReference<>("");

  /**
   * A lookup.
   *
   * @param wanted it is asked where one of these columns lacks
   */
  PatientLookup(LookupSpec spec, FeatureLookup lookup, Set<String> wanted) {
    this.spec = spec;
    this.lookup = lookup;
    this.wanted = Set.copyOf(wanted);
    this.threads = threads(0, MAX_THREADS, new SynchronousQueue<>(), "mtl-lookup-" + spec.name());
    this.ending =
        threads(1, 1, new LinkedBlockingQueue<>(), "mtl-lookup-" + spec.name() + "-ending");
    ending.allowCoreThreadTimeOut(true);
    ending.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // It is closed.
  }

  private static ThreadPoolExecutor threads(
      int least, int most, BlockingQueue<Runnable> queue, String name) {
    return new ThreadPoolExecutor(
        least,
        most,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        queue,
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** How the asking for one block ended. */
  private enum Ending {
    ANSWERED,
    LATE,
    FAILED
  }

  /** The rows with the columns that they lack. */
  RawBatch fill(RawBatch block) {
    if (spec.lacking(block.columns()).stream().noneMatch(one -> wanted.contains(one.name()))) {
      return block;
    }
    AtomicReference<Ending> ending = new AtomicReference<>(Ending.ANSWERED);
    LookupJoin.Joined joined;
    try {
      joined = new LookupJoin(spec, ids -> ask(ids, ending)).fill(block);
    } catch (RuntimeException e) { // An answer that is none.
      fail(e, ending);
      joined = new LookupJoin(spec, ids -> Optional.empty()).fill(block);
    }
    rows.add(joined.ids());
    orphans.add(joined.orphans());
    switch (ending.get()) {
      case LATE -> late.add(joined.ids());
      case FAILED -> failed.add(joined.ids());
      case ANSWERED -> {}
    }
    return joined.rows();
  }

  private Optional<LookupEntries> ask(List<String> ids, AtomicReference<Ending> how) {
    Future<LookupEntries> answer;
    try {
      answer = threads.submit(() -> lookup.find(ids));
    } catch (RejectedExecutionException e) {
      how.set(Ending.LATE); // All threads wait already.
      return Optional.empty();
    }
    try {
      return Optional.of(answer.get(spec.timeoutMs(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      how.set(Ending.LATE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      how.set(Ending.LATE);
    } catch (ExecutionException e) {
      fail(e.getCause(), how);
    }
    answer.cancel(true);
    if (how.get() == Ending.LATE) {
      ending.execute(() -> giveUp(ids));
    }
    return Optional.empty();
  }

  private void giveUp(List<String> ids) {
    try {
      lookup.giveUp(ids);
    } catch (RuntimeException e) {
      // The rows have their defaults: nobody waits for the answer, nor for its end.
    }
  }

  private void fail(Throwable cause, AtomicReference<Ending> ending) {
    if (cause instanceof Error error) {
      throw error;
    }
    ending.set(Ending.FAILED);
    lastFailure.set(cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }

  LookupSpec spec() {
    return spec;
  }

  LookupCounts counts() {
    return new LookupCounts(rows.sum(), orphans.sum(), late.sum(), failed.sum());
  }

  /** What the counts say, a sentence each. */
  List<String> warnings() {
    LookupCounts counts = counts();
    List<String> warnings = new ArrayList<>();
    if (counts.late() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The lookup \"%s\" gave no answer within %,d ms for %,d of %,d rows: they got its"
                  + " defaults.",
              spec.name(),
              spec.timeoutMs(),
              counts.late(),
              counts.rows()));
    }
    if (counts.failed() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The lookup \"%s\" failed for %,d of %,d rows, which got its defaults: %s",
              spec.name(),
              counts.failed(),
              counts.rows(),
              lastFailure.get()));
    }
    spec.orphans(counts.orphans(), counts.rows()).ifPresent(warnings::add);
    return warnings;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    ending.shutdown(); // What is late is told so all the same.
    lookup.close();
  }
}
