package org.mtl4j.experiment.config;

import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.WeightRule;

/** One feature as an experiment file declares it; the name is its key. */
public sealed interface FeatureConfig
    permits NumericConfig,
        DatetimeConfig,
        CrossConfig,
        FeatureConfig.Categorical,
        FeatureConfig.MultiCategorical,
        SequenceConfig,
        TextConfig,
        PretrainedConfig {
  /**
   * The feature of that name.
   *
   * @param all features of the experiment
   */
  FeatureSpec toSpec(String name, Map<String, FeatureConfig> all);

  /** What serving always gives, of a feature that is known in training only. */
  Optional<String> serveAs();

  /** The embedding table that it names. */
  default Optional<String> sharedTable() {
    return Optional.empty();
  }

  /**
   * One of many values.
   *
   * @param column the source's column; by default the name
   * @param group user, item or context
   * @param dim width of the embedding, at least 1
   * @param minCount values seen fewer times in training are out of vocabulary
   * @param maxSize so many values at most have an id, the most frequent ones; default: all
   * @param hashBuckets hash values into so many ids instead of learning a vocabulary
   * @param table name of the embedding table, to share one; by default the feature's name
   * @param serveAs what serving always gives, for a feature that is known in training only
   */
  @ConfigName("categorical")
  record Categorical(
      Optional<String> column,
      Optional<FeatureGroup> group,
      @Default("8") int dim,
      @Default("1") int minCount,
      Optional<Integer> maxSize,
      Optional<Integer> hashBuckets,
      Optional<String> table,
      Optional<String> serveAs)
      implements FeatureConfig {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the key, what was expected and what was found
     */
    public Categorical {
      ids(dim, minCount, maxSize, hashBuckets);
    }

    @Override
    public Optional<String> sharedTable() {
      return table;
    }

    @Override
    public FeatureSpec toSpec(String name, Map<String, FeatureConfig> all) {
      CategoricalFeature.IdRule ids = ids(dim, minCount, maxSize, hashBuckets);
      return new CategoricalFeature(name, column.orElse(name), group, table.orElse(name), dim, ids);
    }
  }

  /**
   * A list of values in one text.
   *
   * @param column the source's column; by default the name
   * @param group user, item or context
   * @param separator the character between two values
   * @param maxLength so many values at most; of a longer list the first ones
   * @param pooling how the values' embeddings become one vector
   * @param weightSeparator the character between a value and its weight; default: no weights
   * @param dim width of the embedding, at least 1
   * @param minCount values seen fewer times in training are out of vocabulary
   * @param maxSize so many values at most have an id, the most frequent ones; default: all
   * @param hashBuckets hash values into so many ids instead of learning a vocabulary
   * @param table name of the embedding table, to share one; by default the feature's name
   * @param serveAs what serving always gives, for a feature that is known in training only
   */
  @ConfigName("multi_categorical")
  record MultiCategorical(
      Optional<String> column,
      Optional<FeatureGroup> group,
      @Default("'|'") String separator,
      @Default("50") int maxLength,
      @Default("mean") Pooling pooling,
      Optional<String> weightSeparator,
      @Default("8") int dim,
      @Default("1") int minCount,
      Optional<Integer> maxSize,
      Optional<Integer> hashBuckets,
      Optional<String> table,
      Optional<String> serveAs)
      implements FeatureConfig {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the key, what was expected and what was found
     */
    public MultiCategorical {
      CategoricalFeature.IdRule ids = ids(dim, minCount, maxSize, hashBuckets);
      new MultiCategoricalFeature(
          new CategoricalFeature("", "", group, "", dim, ids),
          new ListRule(separator, maxLength, ListRule.Keep.FIRST),
          pooling,
          weightSeparator.map(WeightRule::new));
    }

    @Override
    public Optional<String> sharedTable() {
      return table;
    }

    @Override
    public FeatureSpec toSpec(String name, Map<String, FeatureConfig> all) {
      CategoricalFeature.IdRule ids = ids(dim, minCount, maxSize, hashBuckets);
      return new MultiCategoricalFeature(
          new CategoricalFeature(name, column.orElse(name), group, table.orElse(name), dim, ids),
          new ListRule(separator, maxLength, ListRule.Keep.FIRST),
          pooling,
          weightSeparator.map(WeightRule::new));
    }
  }

  /**
   * The rule that the keys of an embedded feature say.
   *
   * @throws IllegalArgumentException if a key is out of its range, naming it
   */
  static CategoricalFeature.IdRule ids(
      int dim, int minCount, Optional<Integer> maxSize, Optional<Integer> hashBuckets) {
    if (dim < 1) {
      throw new IllegalArgumentException("dim: expected at least 1, found " + dim);
    }
    if (minCount < 1) {
      throw new IllegalArgumentException("min_count: expected at least 1, found " + minCount);
    }
    if (maxSize.filter(size -> size < 1).isPresent()) {
      throw new IllegalArgumentException("max_size: expected at least 1, found " + maxSize.get());
    }
    if (maxSize.isPresent() && hashBuckets.isPresent()) {
      throw new IllegalArgumentException(
          "max_size: expected none beside hash_buckets, which have no vocabulary, found "
              + maxSize.get());
    }
    if (hashBuckets.filter(buckets -> buckets < 1).isPresent()) {
      throw new IllegalArgumentException(
          "hash_buckets: expected at least 1, found " + hashBuckets.get());
    }
    return hashBuckets
        .<CategoricalFeature.IdRule>map(CategoricalFeature.Hashed::new)
        .orElseGet(
            () -> new CategoricalFeature.Learnt(minCount, maxSize.orElse(Integer.MAX_VALUE)));
  }
}
