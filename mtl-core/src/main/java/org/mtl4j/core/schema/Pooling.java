package org.mtl4j.core.schema;

/**
 * How the embeddings of a list's values become one vector. A list without values is the zero vector
 * by each of them.
 */
public enum Pooling {
  /** Their mean. */
  MEAN,
  /** Their sum: long lists are large. */
  SUM,
  /** Their sum divided by the square root of their number. */
  SQRTN,
  /** The greatest number of each component. */
  MAX
}
