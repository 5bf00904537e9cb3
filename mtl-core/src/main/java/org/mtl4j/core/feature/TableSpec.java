package org.mtl4j.core.feature;

/**
 * A logical embedding table that features ask for.
 *
 * @param name its name
 * @param rows number of ids
 * @param dim width of a row
 */
public record TableSpec(String name, int rows, int dim) {}
