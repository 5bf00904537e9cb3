package org.mtl4j.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;

/** What is in a cache: listed, cleared, and kept below a limit. */
public final class CacheContents {
  private final CacheFolder folder;

  /** Of the cache in a folder, which need not be there. */
  public CacheContents(Path folder) {
    this.folder = new CacheFolder(folder);
  }

  /**
   * An entry.
   *
   * @param key its name in the folder
   * @param info what it says of itself
   * @param bytes of all its files
   * @param lastUsed when a run last opened or made it
   * @param inUse whether one uses it now
   */
  public record Listed(String key, EntryInfo info, long bytes, Instant lastUsed, boolean inUse) {}

  /**
   * What clearing did.
   *
   * @param deleted entries that are gone
   * @param left entries that are in use
   */
  public record Cleared(List<Listed> deleted, List<Listed> left) {
    /** Copies the lists. */
    public Cleared {
      deleted = List.copyOf(deleted);
      left = List.copyOf(left);
    }

    /** Bytes of the entries that are gone. */
    public long bytes() {
      return deleted.stream().mapToLong(Listed::bytes).sum();
    }
  }

  /**
   * The entries, the one used last first. One whose words about itself are damaged is listed
   * without them.
   *
   * @throws MtlException of code IO if the folder cannot be read
   */
  public List<Listed> list() {
    try {
      List<Listed> entries = new ArrayList<>();
      for (String key : folder.keys()) {
        entries.add(listed(key));
      }
      entries.sort(Comparator.comparing(Listed::lastUsed).reversed().thenComparing(Listed::key));
      return entries;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private Listed listed(String key) throws IOException {
    Path entry = folder.entry(key);
    Path info = entry.resolve(CacheFolder.INFO);
    long bytes = 0;
    for (Path file : Folders.list(entry)) {
      bytes += Files.size(file);
    }
    Instant lastUsed = Files.getLastModifiedTime(info).toInstant();
    return new Listed(key, info(info), bytes, lastUsed, folder.isInUse(key));
  }

  private static EntryInfo info(Path file) throws IOException {
    try {
      return CheckedFile.read(file, CacheDraft.INFO::read);
    } catch (DamagedEntryException e) {
      return EntryInfo.UNKNOWN;
    }
  }

  /**
   * Deletes all entries but those in use, and what processes that died left.
   *
   * @throws MtlException of code IO if one cannot be deleted
   */
  public Cleared clear() {
    return clear(entry -> true);
  }

  /**
   * Deletes the entries that are asked for, but none in use.
   *
   * @param condition whether an entry goes
   * @throws MtlException of code IO if one cannot be deleted
   */
  public Cleared clear(Predicate<Listed> condition) {
    try {
      folder.clearLeftovers();
      return delete(list().stream().filter(condition).toList());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Deletes the entries used longest ago until the rest is within a limit, but none in use.
   *
   * @throws MtlException of code IO if one cannot be deleted
   */
  public Cleared shrink(long maxBytes) {
    List<Listed> entries = list();
    long bytes = 0;
    List<Listed> beyond = new ArrayList<>();
    for (Listed entry : entries) {
      bytes += entry.bytes();
      if (bytes > maxBytes) {
        beyond.add(entry);
      }
    }
    try {
      return delete(beyond);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private Cleared delete(List<Listed> entries) throws IOException {
    List<Listed> deleted = new ArrayList<>();
    List<Listed> left = new ArrayList<>();
    for (Listed entry : entries) {
      if (entry.inUse()) {
        left.add(entry);
      } else {
        folder.delete(entry.key());
        deleted.add(entry);
      }
    }
    return new Cleared(deleted, left);
  }

  private MtlException failure(IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            folder.path().toString(),
            "The cache cannot be read or cleared: " + e + ".",
            "Check that you may write there, or name another folder."),
        e);
  }
}
