package org.mtl4j.server.version;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells a version that is whole from one that is being copied: its files are the same at two looks
 * one after the other. At the first look of all everything counts as whole, for a server that
 * starts should not wait; if it was not, loading it fails, and the version is taken up again when
 * its files have changed.
 */
public final class SettledVersions {
  private SortedMap<Long, VersionFolder> last;

  /** The versions of a look that are whole. */
  public SortedMap<Long, VersionFolder> of(SortedMap<Long, VersionFolder> look) {
    SortedMap<Long, VersionFolder> settled = new TreeMap<>(look);
    if (last != null) {
      Map<Long, VersionFolder> before = last;
      settled.entrySet().removeIf(entry -> !entry.getValue().equals(before.get(entry.getKey())));
    }
    last = new TreeMap<>(look);
    return settled;
  }
}
