package org.mtl4j.core.batch;

import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Fills batches on a thread of its own while the graph runs: three of them go round between the
 * thread that fills and the one that trains.
 */
public final class BatchFeeder implements AutoCloseable {
  static final int BATCHES = 3;

  private final BlockingQueue<Batch> empty = new ArrayBlockingQueue<>(BATCHES);
  private final BlockingQueue<Object> full = new ArrayBlockingQueue<>(BATCHES + 1);
  private final EncodedData rows;
  private final BatchOrder order;
  private final Thread thread;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private volatile OptionalLong processorNanos = OptionalLong.empty();
  private long waitedNanos;
  private Batch lent;
  private int left;
  private boolean closed;

  /**
   * Starts to fill batches of one size.
   *
   * @param layout what a batch holds; its capacity is the batch size, the last batch may be smaller
   * @param rows the rows
   * @param order which rows, in which order
   * @param firstBatch how many batches to pass over, for a run that goes on in the middle of an
   *     epoch
   */
  public BatchFeeder(BatchLayout layout, EncodedData rows, int[] order, int firstBatch) {
    this(layout, rows, BatchOrder.even(order, layout.capacity()), firstBatch);
  }

  /**
   * Starts to fill.
   *
   * @param layout what a batch holds; its capacity is that of the largest
   * @param rows the rows
   * @param order which rows, in which batch
   * @param firstBatch how many batches to pass over, for a run that goes on in the middle of an
   *     epoch
   */
  public BatchFeeder(BatchLayout layout, EncodedData rows, BatchOrder order, int firstBatch) {
    this.rows = rows;
    this.order = order;
    for (int i = 0; i < BATCHES; i++) {
      empty.add(new Batch(layout));
    }
    this.left = Math.max(0, order.batches() - firstBatch);
    this.thread = new Thread(() -> fillAll(firstBatch), "mtl-batch-feeder");
    thread.setDaemon(true);
    thread.start();
  }

  /** Batches of a given size that so many rows make. */
  public static int batches(int rows, int batchSize) {
    return rows / batchSize + (rows % batchSize == 0 ? 0 : 1);
  }

  /** Whether another batch will come. */
  public boolean hasNext() {
    return left > 0;
  }

  /**
   * Lends the next batch, until the next call.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if there is none, filling failed, or the feeder is closed
   */
  public Batch next() throws InterruptedException {
    if (closed) {
      throw new IllegalStateException("the batch feeder is closed");
    }
    if (left == 0) {
      throw new IllegalStateException("the batch feeder is at its end");
    }
    if (lent != null) {
      empty.add(lent);
      lent = null;
    }
    long start = System.nanoTime();
    Object next = full.take();
    waitedNanos += System.nanoTime() - start;
    if (next instanceof Throwable failure) {
      left = 0;
      throw new IllegalStateException("filling a batch failed", failure);
    }
    lent = (Batch) next;
    left--;
    return lent;
  }

  /**
   * What feeding has cost up to the batch that was lent last; a batch that was filled ahead may be
   * in the processor's time already. For the thread that reads.
   */
  public FeedTimes times() {
    return new FeedTimes(waitedNanos, processorNanos);
  }

  /** Stops filling and waits for its thread to end; no batch comes afterwards. */
  @Override
  public void close() {
    closed = true;
    left = 0;
    thread.interrupt();
    Uninterruptibles.joinUninterruptibly(thread);
  }

  private void fillAll(int firstBatch) {
    try {
      for (int i = firstBatch; i < order.batches(); i++) {
        Batch batch = empty.take();
        batch.fill(rows, order.rows(), order.start(i), order.ends()[i] - order.start(i));
        countProcessorTime();
        full.put(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      full.add(e);
    }
  }

  /** A thread's own time is the only one that is known when it has ended. */
  private void countProcessorTime() {
    if (threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()) {
      processorNanos = OptionalLong.of(threads.getCurrentThreadCpuTime());
    }
  }
}
