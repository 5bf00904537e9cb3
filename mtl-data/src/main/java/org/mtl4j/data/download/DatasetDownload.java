package org.mtl4j.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.data.catalogue.Checksum;
import org.mtl4j.data.catalogue.Edition;
import org.mtl4j.data.catalogue.PublicDataset;
import org.mtl4j.data.catalogue.RemoteFile;
import org.mtl4j.data.table.TableSource;

/**
 * Fetches an edition of a public data set into a folder. Until the set is whole, verified, unpacked
 * and read by its own source, it is in {@code .unfinished-NAME} beside the folder: a download that
 * is cut off goes on there when it is run again, and one that brought the wrong file leaves
 * nothing.
 */
public final class DatasetDownload {
  /** More bytes than these are fetched only if the listener approves. */
  public static final long ASK_BYTES = 500_000_000L;

  private static final int BUFFER_BYTES = 1 << 16;

  private final PublicDataset set;
  private final Edition edition;
  private final Path target;
  private final Optional<String> from;
  private final DownloadListener listener;
  private final Path staging;

  /**
   * A download.
   *
   * @param set what to fetch
   * @param edition in which form
   * @param target the folder to make; it must not be there, or be empty
   * @param from a folder or an address to take the files from, by their names; empty takes the
   *     publisher's
   * @param listener is told how it goes
   */
  public DatasetDownload(
      PublicDataset set,
      Edition edition,
      Path target,
      Optional<String> from,
      DownloadListener listener) {
    this.set = set;
    this.edition = edition;
    this.target = target.toAbsolutePath().normalize();
    this.from = from;
    this.listener = listener;
    this.staging = new Unfinished(this.target).path();
  }

  /**
   * Fetches, and gives the folder its name.
   *
   * @return whether it is whole; false if the listener stopped it
   * @throws MtlException for whatever is wrong with the address, the bytes or the folder
   */
  public boolean run() {
    refuseExisting();
    try {
      Folders.make(target.getParent());
      Optional<FolderLock> lock = FolderLock.takeFile(target);
      if (lock.isEmpty()) {
        throw inUse();
      }
      try {
        return fetchAndClear();
      } finally {
        lock.get().close();
      }
    } catch (Interrupted e) {
      return false;
    } catch (IOException e) {
      throw Failure.written(target.toString(), e);
    }
  }

  private boolean fetchAndClear() throws IOException {
    try {
      return fetch();
    } finally {
      clearEmpty();
    }
  }

  private boolean fetch() throws IOException {
    refuseExisting(); // Another process may have been quicker, and be done.
    Path parts = staging.resolve("parts");
    Path files = staging.resolve("files");
    Budget budget = new Budget(set.name(), ASK_BYTES, listener);
    edition.bytes().ifPresent(budget::expect);
    Folders.make(parts);
    for (RemoteFile file : edition.files()) {
      Path here = parts.resolve(file.name());
      if (!Files.exists(here)) {
        bring(file, here, new Fetcher(listener, budget));
      }
      verify(file, here);
    }
    Folders.delete(files);
    Folders.make(files);
    try {
      unpack(parts, files);
      read(files);
    } catch (MtlException e) {
      if (e.code() != ErrorCode.IO && e.code() != ErrorCode.MEMORY) {
        Folders.delete(staging); // The wrong bytes: another try must not begin with them.
      }
      throw e;
    }
    Folders.force(files);
    Unfinished.rename(
        files, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Folders.delete(staging);
    return true;
  }

  /** What holds no bytes to go on with is in nobody's way. */
  private void clearEmpty() throws IOException {
    if (Folders.list(staging.resolve("parts")).isEmpty()) {
      Folders.delete(staging);
    }
  }

  private void bring(RemoteFile file, Path here, Fetcher fetcher) {
    listener.onStage("fetching " + file.name());
    if (from.isPresent() && !isAddress(from.get())) {
      fetcher.copy(Path.of(from.get()).resolve(file.name()), here);
      return;
    }
    fetcher.fetch(
        from.map(base -> under(base, file)).or(file::url).orElseThrow(this::noAddress), here);
  }

  private static boolean isAddress(String from) {
    return from.matches("(?i)https?://.*");
  }

  private static URI under(String base, RemoteFile file) {
    try {
      return URI.create(base.endsWith("/") ? base + file.name() : base + "/" + file.name());
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--from",
              "Expected an address, found \"" + base + "\": " + e.getMessage() + ".",
              "Write blanks and the like as %20, or name a folder of this machine."),
          e);
    }
  }

  private MtlException noAddress() {
    return new MtlException(
        new Problem(
            ErrorCode.USAGE,
            "mtl datasets get " + set.name(),
            "The publisher gives the files to those who ask: there is no address to fetch them"
                + " from.",
            "Fetch %s by hand from %s, and name their folder by --from."
                .formatted(
                    String.join(", ", edition.files().stream().map(RemoteFile::name).toList()),
                    set.card().page())));
  }

  private void verify(RemoteFile file, Path here) throws IOException {
    long size = Files.size(here);
    if (file.bytes().isPresent() && file.bytes().getAsLong() != size) {
      Files.delete(here);
      throw Failure.wrong(
          file.name(),
          String.format(
              Locale.ROOT, "Expected %,d bytes, found %,d.", file.bytes().getAsLong(), size),
          "Another file stands at the address: give one that has the right file by --from.");
    }
    if (file.checksum().isPresent()) {
      listener.onStage("verifying " + file.name());
      Checksum expected = file.checksum().get();
      String found = digest(here, expected.algorithm());
      if (!found.equals(expected.hex())) {
        Files.delete(here);
        throw Failure.wrong(
            file.name(),
            "Expected the %s %s, found %s.".formatted(expected.algorithm(), expected.hex(), found),
            "Another file stands at the address, or it was changed on its way: run the command"
                + " again, or give another address by --from.");
      }
    }
  }

  private static String digest(Path file, String algorithm) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  private void unpack(Path parts, Path files) throws IOException {
    for (RemoteFile file : edition.files()) {
      Path part = parts.resolve(file.name());
      if (Archive.isArchive(file.name())) {
        listener.onStage("unpacking " + file.name());
        Archive.unpack(part, files, listener);
      } else {
        link(part, files.resolve(file.name()));
      }
    }
  }

  /** It stays in its old place too until all is whole; not every file system has links. */
  private static void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(from, to);
    }
  }

  /** Opens the source and reads its first rows: the columns are those of the set. */
  private void read(Path files) {
    listener.onStage("reading " + set.name());
    TableSource source = set.open(files);
    for (String column : set.card().columns()) {
      source.columns().indexOf(column);
    }
    try (RawCursor rows = source.open()) {
      rows.next(1);
    }
  }

  private void refuseExisting() {
    try {
      boolean free =
          !Files.exists(target) || (Files.isDirectory(target) && Folders.list(target).isEmpty());
      if (!free) {
        throw new MtlException(
            new Problem(
                ErrorCode.OUTPUT_FOLDER,
                target.toString(),
                "There is something here already, and nothing is ever written over.",
                "Choose another folder by --to, or move this one out of the way."));
      }
    } catch (IOException e) {
      throw Failure.written(target.toString(), e);
    }
  }

  private MtlException inUse() {
    return new MtlException(
        new Problem(
            ErrorCode.OUTPUT_FOLDER,
            target.toString(),
            "The folder is in use: " + FolderLock.ownerOfFile(target) + " fetches it.",
            "Wait until that has ended, or choose another folder by --to."));
  }
}
