package org.mtl4j.core.lookup;

import java.util.List;

/**
 * Values by id, ready to be asked: a table in memory, a database, or what an application has. It is
 * asked from several threads at a time, once for a block of rows.
 */
@FunctionalInterface
public interface FeatureLookup extends AutoCloseable {
  /**
   * The entries of some ids.
   *
   * @param ids different ones, as texts, none null; at least one
   * @return of each id its entry, or that it has none; the entries have the columns that the lookup
   *     was opened for
   * @throws org.mtl4j.core.error.MtlException if it cannot be asked: a database went away, say
   */
  LookupEntries find(List<String> ids);

  /**
   * Nobody waits any more for the answer to a {@link #find}, whose costs can be saved: a database
   * can be told to end its statement. It is called from another thread, maybe when the answer is
   * there already.
   *
   * @param ids the very list that was asked for, the same object
   */
  default void giveUp(List<String> ids) {}

  /** Lets go of what it holds. */
  @Override
  default void close() {}
}
