package org.mtl4j.core.schema;

/**
 * How the embeddings of a list's values become one vector. A list without values is the zero vector
 * by each of them. With weights w they are what TensorFlow's {@code embedding_lookup_sparse} calls
 * its combiners.
 */
public enum Pooling {
  /** Their mean; sum w x / sum w. */
  MEAN,
  /** Their sum, sum w x: long lists are large. */
  SUM,
  /** Their sum divided by the square root of their number; sum w x / sqrt(sum w^2). */
  SQRTN,
  /** The greatest number of each component; values have no weights. */
  MAX
}
