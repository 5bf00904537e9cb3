package org.mtl4j.data.download;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.mtl4j.core.error.MtlException;

/**
 * Unpacks .zip, .tar, .tar.gz and .tgz. An entry that would land outside the folder, or is a link,
 * is an error and not left out, as no data set has one. So are contents far larger than the
 * archive.
 */
final class Archive {
  /** Contents may be so many times as large as the archive: text packs 5 to 30 times. */
  static final long MAX_RATIO = 100;

  /** Small archives may expand to this, in bytes, whatever the ratio. */
  static final long FREE_BYTES = 16L << 20;

  private static final String REMEDY =
      "Fetch it from elsewhere by --from; what came is thrown away.";

  /** How tar marks entries with content; the library's isFile() is true of links too. */
  private static final Set<Byte> CONTENT =
      Set.of(TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG);

  private static final int MAX_ENTRIES = 100_000;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final Path folder;
  private final DownloadListener listener;
  private final long limit;
  private long written;
  private int entries;

  private Archive(Path file, Path folder, DownloadListener listener) throws IOException {
    this.file = file;
    this.folder = folder;
    this.listener = listener;
    this.limit = Math.max(FREE_BYTES, MAX_RATIO * Files.size(file));
  }

  /** Whether a name is that of an archive. */
  static boolean isArchive(String name) {
    return name.endsWith(".zip") || isTar(name);
  }

  private static boolean isTar(String name) {
    return name.endsWith(".tar") || name.endsWith(".tar.gz") || name.endsWith(".tgz");
  }

  /** Unpacks into a folder that is there. */
  static void unpack(Path file, Path folder, DownloadListener listener) {
    String name = file.getFileName().toString();
    try {
      Archive archive = new Archive(file, folder, listener);
      if (isTar(name)) {
        archive.tar();
      } else {
        archive.zip();
      }
      if (archive.entries == 0) {
        throw archive.wrong("Expected an archive, found nothing in it or none at all.");
      }
    } catch (ZipException | EOFException e) {
      throw damaged(name, e);
    } catch (IOException e) {
      throw Failure.written(folder.toString(), e);
    }
  }

  private static MtlException damaged(String name, IOException e) {
    return Failure.wrong(
        name, "Expected an archive, found a damaged one: " + e.getMessage() + ".", REMEDY);
  }

  private void zip() throws IOException {
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        put(entry.getName(), entry.isDirectory(), zip);
      }
    } catch (IllegalArgumentException e) {
      throw wrong("Expected names in UTF-8, found others.");
    }
  }

  private void tar() throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try (bytes;
        InputStream plain = isGzip(bytes) ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        if (!entry.isDirectory() && !CONTENT.contains(entry.getLinkFlag())) {
          throw wrong("Expected files and folders, found the link \"" + entry.getName() + "\".");
        }
        put(entry.getName(), entry.isDirectory(), tar);
      }
    }
  }

  /** The name does not say: Yelp's {@code .tar} is packed. */
  private static boolean isGzip(InputStream bytes) throws IOException {
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    return gzip;
  }

  /** The library says by plain exceptions that the bytes are no archive. */
  private TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (ZipException | EOFException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file.getFileName().toString(), new ZipException(e.getMessage()));
    }
  }

  private void put(String name, boolean isFolder, InputStream bytes) throws IOException {
    Path target = target(name);
    if (++entries > MAX_ENTRIES) {
      throw wrong(String.format(Locale.ROOT, "Expected at most %,d entries.", MAX_ENTRIES));
    }
    if (isFolder) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    try (OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        written += count;
        if (written > limit) {
          throw wrong(
              String.format(
                  Locale.ROOT,
                  "Expected at most %,d bytes in an archive of this size, found more.",
                  limit));
        }
        out.write(buffer, 0, count);
        if (listener.stopRequested()) {
          throw new Interrupted();
        }
      }
    }
  }

  private Path target(String name) {
    try {
      Path target = folder.resolve(name).normalize();
      boolean inside = target.startsWith(folder) && !target.equals(folder);
      if (name.equals("./") || (inside && !name.contains("\\"))) {
        return target;
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw wrong("Expected names within the folder, found the entry \"" + name + "\".");
  }

  private MtlException wrong(String what) {
    return Failure.wrong(file.getFileName().toString(), what, REMEDY);
  }
}
