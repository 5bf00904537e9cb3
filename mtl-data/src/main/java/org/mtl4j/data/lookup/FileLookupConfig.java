package org.mtl4j.data.lookup;

import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.lookup.JoinedTable;

/**
 * The keys of a {@code file} lookup, besides those that every lookup has.
 *
 * @param source the table, as {@code data.source} names one
 */
@Summary("A table of any source, in memory while it is asked.")
public record FileLookupConfig(Choice source) {
  /** Where the keys of the source stand. */
  public static final String SOURCE = JoinedTable.PLACE + ".source";
}
