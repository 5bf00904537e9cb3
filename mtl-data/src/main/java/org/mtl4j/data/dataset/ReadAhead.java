package org.mtl4j.data.dataset;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;

/**
 * A cursor whose rows are read on a thread of their own, three blocks ahead at most (two that wait,
 * and one in hand): parsing takes as long as what is done with its rows, and so the two go on side
 * by side. Rows, their order and failures are those of the cursor that it reads; a failure comes
 * after the rows before it.
 */
final class ReadAhead implements RawCursor {
  private static final int BLOCKS_WAITING = 2;

  private final BlockingQueue<Object> blocks = new ArrayBlockingQueue<>(BLOCKS_WAITING);
  private final RawCursor rows;
  private final Thread thread;
  private boolean ended;

  /**
   * Starts to read.
   *
   * @param rows read and closed by this cursor
   * @param blockSize rows a block at most
   */
  ReadAhead(RawCursor rows, int blockSize) {
    this.rows = rows;
    this.thread = new Thread(() -> read(blockSize), "mtl-read-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The next block.
   *
   * @param maxRows not looked at: blocks have the size that the constructor was given
   */
  @Override
  public Optional<RawBatch> next(int maxRows) {
    if (ended) {
      return Optional.empty();
    }
    Object next = Uninterruptibles.takeUninterruptibly(blocks);
    ended = !(next instanceof RawBatch);
    if (next instanceof RuntimeException failure) {
      throw failure;
    }
    if (next instanceof Error failure) {
      throw failure;
    }
    return next instanceof RawBatch block ? Optional.of(block) : Optional.empty();
  }

  private void read(int blockSize) {
    try {
      Object last = readBlocks(blockSize);
      blocks.put(last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed before its end: nobody waits for more.
    }
  }

  /** Hands on block after block; what ends them is the result: a failure, or an empty block. */
  private Object readBlocks(int blockSize) throws InterruptedException {
    try {
      for (var block = rows.next(blockSize); block.isPresent(); block = rows.next(blockSize)) {
        blocks.put(block.get());
      }
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
    Uninterruptibles.joinUninterruptibly(thread);
    rows.close();
  }
}
