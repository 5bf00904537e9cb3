package org.mtl4j.core.schema;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One of many values, looked up in an embedding table.
 *
 * @param name the feature's name
 * @param column the source's column
 * @param group whose property it is
 * @param table the logical embedding table; features that name the same one share it
 * @param dim width of a row of the table
 * @param ids how a value becomes an id
 */
public record CategoricalFeature(
    String name, String column, Optional<FeatureGroup> group, String table, int dim, IdRule ids)
    implements FeatureSpec {
  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public CategoricalFeature {
    if (dim < 1) {
      throw new IllegalArgumentException("dim: expected at least 1, found " + dim);
    }
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  /** How a value becomes an id. */
  public sealed interface IdRule {
    /** The rule in words, for messages. */
    String words();
  }

  /**
   * By a vocabulary learnt from the training split.
   *
   * @param minCount values seen fewer times are out of vocabulary
   * @param maxSize so many values at most have an id, the most frequent ones; the rest is out of
   *     vocabulary
   */
  public record Learnt(int minCount, int maxSize) implements IdRule {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public Learnt {
      if (minCount < 1) {
        throw new IllegalArgumentException("min_count: expected at least 1, found " + minCount);
      }
      if (maxSize < 1) {
        throw new IllegalArgumentException("max_size: expected at least 1, found " + maxSize);
      }
    }

    /** A vocabulary of any size. */
    public Learnt(int minCount) {
      this(minCount, Integer.MAX_VALUE);
    }

    @Override
    public String words() {
      String limit = maxSize == Integer.MAX_VALUE ? "" : " and max_size " + maxSize;
      return "a vocabulary of min_count " + minCount + limit;
    }
  }

  /**
   * By FarmHash64 of the value's UTF-8 bytes, modulo the number of buckets.
   *
   * @param buckets number of buckets; two values may share one
   */
  public record Hashed(int buckets) implements IdRule {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Hashed {
      if (buckets < 1) {
        throw new IllegalArgumentException("hash_buckets: expected at least 1, found " + buckets);
      }
    }

    /** The bucket of a value, from 0: what TensorFlow's fast hash computes. */
    public int bucket(String value) {
      long hash =
          Hashing.farmHashFingerprint64()
              .hashString(UnicodeText.wellFormed(value), StandardCharsets.UTF_8)
              .asLong();
      return (int) Long.remainderUnsigned(hash, buckets);
    }

    /** The bucket of a value as bytes of UTF-8, from 0. */
    public int bucket(byte[] utf8, int from, int length) {
      long hash = Hashing.farmHashFingerprint64().hashBytes(utf8, from, length).asLong();
      return (int) Long.remainderUnsigned(hash, buckets);
    }

    @Override
    public String words() {
      return buckets + " hash buckets";
    }
  }
}
