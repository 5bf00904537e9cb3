package org.mtl4j.serving.feedback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.mtl4j.core.file.Folders;

/**
 * The files of a log, of which the last one grows. What cannot be written whole is cut off again,
 * so that no file ever has half a line but for its end, when the process dies; that is cut off when
 * the folder is opened. For one thread, which says what time it is.
 */
final class FeedbackFiles implements AutoCloseable {
  /** How often old files are looked for where no file ends. */
  private static final Duration CLEARING = Duration.ofHours(1);

  private final Path folder;
  private final FeedbackSettings settings;
  private final AppendFile.Opener opener;
  private AppendFile current;
  private int number;
  private long size;
  private Instant opened;
  private Instant synced;
  private Instant cleared;
  private boolean isDirty;
  private boolean isTorn;

  FeedbackFiles(Path folder, FeedbackSettings settings, AppendFile.Opener opener, Instant now)
      throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.opener = opener;
    this.synced = now;
    this.cleared = now;
    OptionalInt last = FeedbackFolder.numbers(folder).stream().mapToInt(n -> n).max();
    this.number = last.orElse(1);
    FeedbackFolder.cutTornEnd(FeedbackFolder.file(folder, number));
    open(now);
    removeOld(now);
  }

  private void open(Instant now) throws IOException {
    Path file = FeedbackFolder.file(folder, number);
    boolean isNew = !Files.exists(file);
    current = opener.open(file);
    size = current.size();
    opened = now;
    if (isNew) {
      Folders.forceOne(folder);
    }
  }

  /** The number of the file that grows. */
  int number() {
    return number;
  }

  /**
   * Writes lines, all or none.
   *
   * @throws IOException if the disk does not take them; they may be tried again at any time
   */
  void write(List<byte[]> lines, Instant now) throws IOException {
    mend(now);
    rotateIfDue(now);
    int length = lines.stream().mapToInt(line -> line.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] line : lines) {
      System.arraycopy(line, 0, all, at, line.length);
      at += line.length;
    }
    try {
      current.append(all);
      if (settings.sync() instanceof FeedbackSettings.Sync.Always) {
        current.sync();
      } else {
        isDirty = true;
      }
      size += length;
    } catch (IOException e) {
      isTorn = true;
      mend(now);
      throw e;
    }
  }

  /** Cuts off what a failure left behind the last whole line. */
  private void mend(Instant now) throws IOException {
    if (current == null) {
      open(now);
    }
    if (isTorn) {
      current.truncate(size);
      isTorn = false;
    }
  }

  private void rotateIfDue(Instant now) throws IOException {
    boolean isOld = !now.isBefore(opened.plus(settings.fileAge()));
    if (size > 0 && (size >= settings.fileBytes() || isOld)) {
      rotate(now);
    }
  }

  /** Ends the file that grows, if it has a line, and begins another one. */
  void rotate(Instant now) throws IOException {
    if (size == 0) {
      return;
    }
    AppendFile ended = current;
    if (ended != null) {
      ended.sync();
      current = null;
      isDirty = false;
      number++;
      ended.close();
    }
    open(now);
    removeOld(now);
  }

  /**
   * Does what is due though nothing is written.
   *
   * @throws IOException if it cannot be done now
   */
  void tick(Instant now) throws IOException {
    mend(now);
    rotateIfDue(now);
    if (isDirty
        && settings.sync() instanceof FeedbackSettings.Sync.Every every
        && !now.isBefore(synced.plus(every.time()))) {
      current.sync();
      isDirty = false;
      synced = now;
    }
    if (!now.isBefore(cleared.plus(CLEARING))) {
      removeOld(now);
    }
  }

  private void removeOld(Instant now) throws IOException {
    cleared = now;
    if (settings.keep().isPresent()) {
      FeedbackFolder.removeBefore(folder, now.minus(settings.keep().get()), number);
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      try (AppendFile last = current) {
        if (isTorn) {
          last.truncate(size);
        }
        last.sync();
      }
    }
  }
}
