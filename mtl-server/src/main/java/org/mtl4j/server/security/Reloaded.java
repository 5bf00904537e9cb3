package org.mtl4j.server.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mtl4j.core.error.MtlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read of some files, read again when they have changed: they are looked at once a second
 * at most, when somebody asks. If they cannot be read any more, or not any longer understood, what
 * was read before stays, and the log says so. Safe for several threads.
 *
 * @param <T> what is read: a value
 */
final class Reloaded<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Reloaded.class);
  private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

  private final List<Path> files;
  private final Supplier<T> read;
  private final LongSupplier nanos;
  private volatile T value;
  private volatile long looked;
  private List<String> states;

  /**
   * Reads them.
   *
   * @param files what is read
   * @param read reads them
   * @param nanos a clock that never goes back, such as {@link System#nanoTime}
   * @throws MtlException what {@code read} throws
   */
  Reloaded(List<Path> files, Supplier<T> read, LongSupplier nanos) {
    this.files = List.copyOf(files);
    this.read = read;
    this.nanos = nanos;
    this.looked = nanos.getAsLong();
    this.states = states();
    this.value = read.get();
  }

  /** What was read last. */
  T get() {
    if (nanos.getAsLong() - looked >= EVERY) {
      look();
    }
    return value;
  }

  private synchronized void look() {
    if (nanos.getAsLong() - looked < EVERY) {
      return; // Another thread has just done it.
    }
    looked = nanos.getAsLong();
    List<String> now = states();
    if (now.equals(states)) {
      return;
    }
    states = now;
    try {
      value = read.get();
      LOG.info("{} changed and is in use", files);
    } catch (MtlException e) {
      LOG.warn("{} changed and cannot be used; what it was goes on: {}", files, e.getMessage());
    }
  }

  private List<String> states() {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      try {
        found.add(Files.size(file) + " " + Files.getLastModifiedTime(file));
      } catch (IOException e) {
        found.add("cannot be read");
      }
    }
    return found;
  }
}
