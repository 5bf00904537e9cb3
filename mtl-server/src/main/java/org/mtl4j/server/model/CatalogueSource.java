package org.mtl4j.server.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.serving.catalogue.ItemCatalogue;

/**
 * Items of a model, in files that may change.
 *
 * @param files which are looked at for changes
 * @param reader reads them as they are
 */
public record CatalogueSource(List<Path> files, Supplier<ItemCatalogue> reader) {
  /** Copies the list. */
  public CatalogueSource {
    files = List.copyOf(files);
  }

  /**
   * How a file was at a look; one that was put in another's place has another key.
   *
   * @param size in bytes; -1: it is not there
   * @param time of its last change
   * @param key what the file system knows it by
   */
  record Stamp(long size, FileTime time, Optional<Object> key) {}

  /** How the files are now, in their order. */
  List<Stamp> stamps() {
    return files.stream().map(CatalogueSource::stamp).toList();
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.size(), now.lastModifiedTime(), Optional.ofNullable(now.fileKey()));
    } catch (IOException e) {
      return new Stamp(-1, FileTime.fromMillis(0), Optional.empty());
    }
  }
}
