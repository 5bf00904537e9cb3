package org.mtl4j.server.version;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which of the versions that are there are to be served. */
public sealed interface VersionPolicy {
  /** The one with the highest number, as of TensorFlow Serving where nothing is said. */
  VersionPolicy DEFAULT = new Latest(1);

  /**
   * Those to be served.
   *
   * @param there what there is
   */
  SortedSet<Long> aspired(SortedSet<Long> there);

  /**
   * The ones with the highest numbers.
   *
   * @param versions how many
   */
  record Latest(int versions) implements VersionPolicy {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Latest {
      if (versions < 1) {
        throw new IllegalArgumentException("versions: expected at least 1, found " + versions);
      }
    }

    @Override
    public SortedSet<Long> aspired(SortedSet<Long> there) {
      SortedSet<Long> latest = new TreeSet<>();
      new TreeSet<>(there).descendingSet().stream().limit(versions).forEach(latest::add);
      return latest;
    }
  }

  /** All of them. */
  record All() implements VersionPolicy {
    @Override
    public SortedSet<Long> aspired(SortedSet<Long> there) {
      return new TreeSet<>(there);
    }
  }

  /**
   * Those that are named, where they are there.
   *
   * @param versions their numbers
   */
  record Specific(SortedSet<Long> versions) implements VersionPolicy {
    /**
     * Copies the set.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Specific {
      if (versions.isEmpty()) {
        throw new IllegalArgumentException("versions: expected at least one, found none");
      }
      versions = Collections.unmodifiableSortedSet(new TreeSet<>(versions));
    }

    @Override
    public SortedSet<Long> aspired(SortedSet<Long> there) {
      SortedSet<Long> named = new TreeSet<>(versions);
      named.retainAll(there);
      return named;
    }
  }
}
