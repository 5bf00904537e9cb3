package org.mtl4j.data.lookup;

import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code file} lookup, besides those that every lookup has.
 *
 * @param source the table, as {@code data.source} names one
 */
@Summary("A table of any source, in memory while it is asked.")
public record FileLookupConfig(Choice source) {}
