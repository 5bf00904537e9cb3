package org.mtl4j.serving.feedback;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;

/**
 * Writes what was recommended and what came of it to files of JSON lines, one event a line, by a
 * thread of its own. It refuses what it cannot write and loses nothing that it accepted: what waits
 * is written when it is closed, what a full disk does not take is refused whole, and it goes on
 * when there is room again. Its folder is its own as long as it is open. Safe for several threads.
 */
public final class FeedbackLog implements AutoCloseable {
  /** Calls that are written together. */
  private static final int TOGETHER = 256;

  /** Of lines that wait to be written: calls may be large, so that their number says little. */
  private static final long MOST_BYTES = 64L << 20;

  /** How often the clock is looked at where nothing is to be written. */
  private static final long TICK_MS = 50;

  private final FolderLock lock;
  private final FeedbackFiles files;
  private final Path folder;
  private final InstantSource clock;
  private final BlockingQueue<Job> queue;
  private final WaitingBytes bytes;
  private final Thread writer;
  private boolean isClosed;

  /** Something for the writer to do. */
  private sealed interface Job {
    record Append(List<byte[]> lines, long bytes, CompletableFuture<Receipt> receipt)
        implements Job {}

    record Forget(String user, CompletableFuture<Integer> removed) implements Job {}

    record Stop() implements Job {}
  }

  /**
   * How much may wait.
   *
   * @param calls at most
   * @param bytes of their lines at most
   */
  record Room(int calls, long bytes) {}

  private FeedbackLog(
      Path folder, FolderLock lock, FeedbackFiles files, Room room, InstantSource clock) {
    this.bytes = new WaitingBytes(room.bytes());
    this.folder = folder;
    this.lock = lock;
    this.files = files;
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(room.calls());
    this.writer = new Thread(this::run, "mtl-feedback");
    writer.setDaemon(true);
  }

  /**
   * Opens a folder, which is made if it is not there. A line that a process did not finish when it
   * died is cut off.
   *
   * @throws MtlException OUTPUT_FOLDER if another process writes there, IO if it cannot be written
   */
  public static FeedbackLog open(Path folder, FeedbackSettings settings, InstantSource clock) {
    return open(folder, settings, clock, AppendFile::open);
  }

  static FeedbackLog open(
      Path folder, FeedbackSettings settings, InstantSource clock, AppendFile.Opener opener) {
    return open(folder, settings, clock, opener, MOST_BYTES);
  }

  static FeedbackLog open(
      Path folder,
      FeedbackSettings settings,
      InstantSource clock,
      AppendFile.Opener opener,
      long mostBytes) {
    try {
      Folders.make(folder);
      FolderLock lock =
          FolderLock.take(folder)
              .orElseThrow(
                  () ->
                      new MtlException(
                          new Problem(
                              ErrorCode.OUTPUT_FOLDER,
                              folder.toString(),
                              "Another process writes feedback there.",
                              "Give each server a folder of its own.")));
      try {
        Unfinished.clear(folder);
        FeedbackFiles files = new FeedbackFiles(folder, settings, opener, clock.instant());
        FeedbackLog log =
            new FeedbackLog(folder, lock, files, new Room(settings.queue(), mostBytes), clock);
        log.writer.start();
        return log;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              folder.toString(),
              "The folder for feedback cannot be written: " + e + ".",
              "Make room, or choose another folder."),
          e);
    }
  }

  /**
   * Hands events in, which are written all or none.
   *
   * @return what became of them, at once if they are refused for the queue
   */
  public CompletableFuture<Receipt> append(List<? extends FeedbackEvent> events) {
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    Instant now = clock.instant();
    List<byte[]> lines = new ArrayList<>();
    events.forEach(event -> lines.add(FeedbackLines.of(event, now)));
    long size = lines.stream().mapToLong(line -> line.length).sum();
    synchronized (this) {
      if (isClosed) {
        receipt.complete(Receipt.CLOSED);
      } else if (!bytes.take(size)) {
        receipt.complete(Receipt.QUEUE_FULL);
      } else if (!queue.offer(new Job.Append(lines, size, receipt))) {
        bytes.free(size);
        receipt.complete(Receipt.QUEUE_FULL);
      }
    }
    return receipt;
  }

  /**
   * Removes what a user saw and what came of it, also of events that wait.
   *
   * @return how many lines were removed; fails with an {@link IOException} if files cannot be
   *     written, and some may be left then, or with an {@link IllegalStateException} if the log is
   *     closed or too many calls wait
   */
  public CompletableFuture<Integer> forget(String user) {
    CompletableFuture<Integer> removed = new CompletableFuture<>();
    synchronized (this) {
      if (isClosed || !queue.offer(new Job.Forget(user, removed))) {
        removed.completeExceptionally(
            new IllegalStateException("the feedback log is closed, or too many calls wait"));
      }
    }
    return removed;
  }

  private void run() {
    List<Job> jobs = new ArrayList<>();
    boolean isOpen = true;
    while (isOpen) {
      next(jobs);
      List<Job.Append> together = new ArrayList<>();
      for (Job job : jobs) {
        if (job instanceof Job.Append append) {
          together.add(append);
          continue;
        }
        write(together);
        together.clear();
        if (job instanceof Job.Forget forget) {
          forget(forget);
        }
        isOpen &= !(job instanceof Job.Stop);
      }
      write(together);
      tick();
    }
  }

  private void next(List<Job> jobs) {
    jobs.clear();
    try {
      Job first = queue.poll(TICK_MS, TimeUnit.MILLISECONDS);
      if (first != null) {
        jobs.add(first);
        queue.drainTo(jobs, TOGETHER - 1);
      }
    } catch (InterruptedException e) {
      // The thread is ours: only closing ends it, so that nothing that waits is lost.
    }
  }

  private void write(List<Job.Append> together) {
    if (together.isEmpty()) {
      return;
    }
    Receipt receipt = Receipt.WRITTEN;
    try {
      List<byte[]> lines = new ArrayList<>();
      together.forEach(append -> lines.addAll(append.lines()));
      files.write(lines, clock.instant());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // Whatever it was: who handed it in is told, and the thread goes on for the next.
      receipt = Receipt.NO_ROOM;
    }
    for (Job.Append append : together) {
      bytes.free(append.bytes());
      append.receipt().complete(receipt);
    }
  }

  private void forget(Job.Forget forget) {
    try {
      files.rotate(clock.instant());
      forget.removed().complete(FeedbackFolder.forget(folder, forget.user(), files.number()));
    } catch (IOException | RuntimeException e) {
      forget.removed().completeExceptionally(e);
    }
  }

  private void tick() {
    try {
      files.tick(clock.instant());
    } catch (IOException | RuntimeException e) {
      // The next call says so to someone who waits for an answer; until then it is tried again.
    }
  }

  /**
   * Writes what waits and ends. Calls from now on are refused.
   *
   * @throws MtlException IO if what was written cannot be forced to the disk
   */
  @Override
  public void close() {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
    }
    boolean interrupted = false;
    while (true) {
      try {
        if (writer.isAlive()) {
          queue.put(new Job.Stop());
          writer.join();
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    try {
      files.close();
      lock.close();
    } catch (IOException e) {
      throw new MtlException(
          Problem.of(ErrorCode.IO, folder.toString(), "The last feedback is not on the disk: " + e),
          e);
    }
  }
}
