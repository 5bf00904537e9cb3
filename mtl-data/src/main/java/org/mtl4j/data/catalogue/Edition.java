package org.mtl4j.data.catalogue;

import java.util.List;
import java.util.OptionalLong;

/**
 * One of the forms in which a set is published: a size, say.
 *
 * @param name unique in the set
 * @param files that belong to it; archives are unpacked once they are there
 */
public record Edition(String name, List<RemoteFile> files) {
  /**
   * Checks that there is a file.
   *
   * @throws IllegalArgumentException saying what was expected and what was found
   */
  public Edition {
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("expected at least one file of the edition " + name);
    }
  }

  /** An edition of some files. */
  public static Edition of(String name, RemoteFile... files) {
    return new Edition(name, List.of(files));
  }

  /** Bytes of all files together; empty if one of them is not known. */
  public OptionalLong bytes() {
    return files.stream().allMatch(file -> file.bytes().isPresent())
        ? OptionalLong.of(files.stream().mapToLong(file -> file.bytes().getAsLong()).sum())
        : OptionalLong.empty();
  }
}
