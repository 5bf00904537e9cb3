package org.mtl4j.core.feature;

/**
 * A column of ids, one a row.
 *
 * @param feature whose it is
 * @param table what its ids are rows of
 */
public record IdColumn(FittedIds feature, TableSpec table) {}
