package org.mtl4j.experiment.run;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.data.cache.RowFile;
import org.mtl4j.data.cache.RowStore;
import org.mtl4j.data.split.Split;

/**
 * Writes encoded rows into a file a split, on a thread of its own: making records of columns and
 * writing them takes as long as encoding them, and the two go on side by side. Three blocks wait at
 * most; what fails is thrown where the next block is added, or at the end.
 *
 * @param <R> what becomes of a file that is complete
 */
final class RowWriter<R> implements AutoCloseable {
  private static final int BLOCKS_WAITING = 2;

  private final RowStore<R> store;
  private final Map<Split, RowFile> files = new EnumMap<>(Split.class);
  private final Deque<Future<?>> waiting = new ArrayDeque<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread writer = new Thread(work, "mtl-row-writer");
            writer.setDaemon(true);
            return writer;
          });

  /**
   * Writes no row yet.
   *
   * @param store takes the files, named as the splits in small letters
   */
  RowWriter(RowStore<R> store) {
    this.store = store;
  }

  /** Adds rows behind those of their split. */
  void add(Split split, EncodedRows rows) {
    waiting.add(thread.submit(() -> write(split, rows)));
    if (waiting.size() > BLOCKS_WAITING) {
      await(waiting.remove());
    }
  }

  private void write(Split split, EncodedRows rows) {
    files.computeIfAbsent(split, s -> store.file(ExperimentRunner.name(s))).add(rows);
  }

  private static void await(Future<?> work) {
    try {
      Uninterruptibles.getUninterruptibly(work);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }

  /** What the store makes of the files; a split without rows is not there. */
  Map<Split, R> finish() {
    while (!waiting.isEmpty()) {
      await(waiting.remove());
    }
    Map<Split, R> rows = new EnumMap<>(Split.class);
    files.forEach((split, file) -> rows.put(split, store.finish(file)));
    return rows;
  }

  /** Ends the thread, and closes the files. */
  @Override
  public void close() {
    thread.shutdown();
    Uninterruptibles.awaitTerminationUninterruptibly(thread);
    files.values().forEach(RowFile::close);
  }
}
