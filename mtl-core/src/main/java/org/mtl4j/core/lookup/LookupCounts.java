package org.mtl4j.core.lookup;

/**
 * What came of asking a lookup for requests, in rows.
 *
 * @param rows with an id that was asked for
 * @param orphans of them whose id has no entry
 * @param late of them without an answer within the time
 * @param failed of them whose asking failed
 */
public record LookupCounts(long rows, long orphans, long late, long failed) {}
