package org.mtl4j.core.graph;

/** The values that the rows of an embedding table start from, where they are not drawn. */
@FunctionalInterface
public interface FirstRows {
  /** Fills a row [width] with the first values of an id. */
  void fill(long id, double[] row);
}
