package org.mtl4j.data.cache;

/**
 * Where encoded rows go while they are made.
 *
 * @param <R> what becomes of a file that is complete
 */
public interface RowStore<R> {
  /**
   * Starts a file.
   *
   * @param name of the rows, not used before
   */
  RowFile file(String name);

  /** What a file of this store, to which all rows have been added, becomes. */
  R finish(RowFile file);
}
