package org.mtl4j.experiment.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mtl4j.data.cache.CacheContents;
import org.mtl4j.data.cache.DataCache;

/** Deletes from the cache what may be of one user. */
public final class CachedUsers {
  private final Path folder;

  /** Of the cache in a folder. */
  public CachedUsers(Path folder) {
    this.folder = folder;
  }

  /**
   * Deletes every entry that may hold rows of a user: whole ones, as the next run makes them again
   * of what the data then are. One that cannot be read, or in which nobody noted the values of that
   * very column, may. Entries in use are left.
   *
   * @param column that users' ids stand in
   * @param ids what the user is called there: an id, and its pseudonym say
   * @throws org.mtl4j.core.error.MtlException of code IO if one cannot be deleted
   */
  public CacheContents.Cleared forget(String column, List<String> ids) {
    return new CacheContents(folder)
        .clear(
            entry ->
                users(entry.key())
                    .map(seen -> ids.stream().anyMatch(seen.holding(column)))
                    .orElse(true));
  }

  private Optional<UserIds.Seen> users(String key) {
    return new DataCache(folder, note -> {})
        .state(key, KeptState.codec())
        .map(state -> state.notes().users());
  }
}
