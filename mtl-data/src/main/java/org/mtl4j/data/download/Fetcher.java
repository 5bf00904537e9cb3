package org.mtl4j.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.DataFiles;

/** Brings one file here, whole or not under its name. */
final class Fetcher {
  private static final int BUFFER_BYTES = 1 << 16;

  private final DownloadListener listener;
  private final Budget budget;

  Fetcher(DownloadListener listener, Budget budget) {
    this.listener = listener;
    this.budget = budget;
  }

  /** Fetches by HTTP, from where an earlier try ended if the server's file is still the same. */
  void fetch(URI url, Path target) {
    PartialFile part = new PartialFile(target);
    try {
      Optional<String> before = part.validator();
      long here = before.isPresent() ? part.length() : 0;
      try (HttpFile file = HttpFile.get(url, here, before)) {
        if (file.first() == 0) {
          part.reset(file.validator());
        }
        copy(file.body(), target, part, file.total(), url.toString());
      }
      part.finish();
    } catch (MtlException e) {
      throw e;
    } catch (IOException e) {
      throw Failure.broken(url.toString(), e);
    }
  }

  /** Copies a file of this machine. */
  void copy(Path from, Path target) {
    PartialFile part = new PartialFile(target);
    try (InputStream bytes = Files.newInputStream(from)) {
      part.delete();
      OptionalLong size = OptionalLong.of(Files.size(from));
      copy(bytes, target, part, size, from.toString());
      part.finish();
    } catch (NoSuchFileException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              from.toString(),
              "There is no such file.",
              "Put it there, or name its folder by --from; a set that is unpacked already needs no"
                  + " fetching: name its folder in data.source.path."),
          e);
    } catch (IOException e) {
      throw DataFiles.failure(from, e);
    }
  }

  private void copy(
      InputStream bytes, Path target, PartialFile part, OptionalLong total, String from)
      throws IOException {
    String name = target.getFileName().toString();
    long done = part.length();
    total.ifPresent(budget::expect);
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = open(part)) {
      listener.onBytes(name, done, total);
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        write(out, buffer, count, part);
        done += count;
        listener.onBytes(name, done, total);
        budget.spend(done);
        if (listener.stopRequested()) {
          throw new Interrupted();
        }
      }
    }
    if (total.isPresent() && done != total.getAsLong()) {
      if (done > total.getAsLong()) {
        part.delete();
      }
      throw Failure.cut(from, done, total.getAsLong());
    }
    budget.keep(done);
  }

  private static OutputStream open(PartialFile part) {
    try {
      return Files.newOutputStream(
          part.path(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw Failure.written(part.path().toString(), e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int count, PartialFile part) {
    try {
      out.write(buffer, 0, count);
    } catch (IOException e) {
      throw Failure.written(part.path().toString(), e);
    }
  }
}
