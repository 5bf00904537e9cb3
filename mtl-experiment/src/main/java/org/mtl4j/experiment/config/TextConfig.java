package org.mtl4j.experiment.config;

import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.TextFeature;
import org.mtl4j.core.schema.TextRule;

/**
 * A text, by its words or characters.
 *
 * @param column the source's column; by default the name
 * @param group user, item or context
 * @param tokens what n-grams are made of
 * @param minN shortest n-grams; by default 1 of words, 3 of characters, and {@code maxN} at most
 * @param maxN longest n-grams; by default {@code minN}
 * @param lowercase whether capital letters count as small ones
 * @param maxLength so many tokens at most; of a longer text the first ones
 * @param pooling how the tokens' embeddings become one vector
 * @param dim width of the embedding, at least 1
 * @param minCount tokens seen fewer times in training are out of vocabulary
 * @param maxSize so many tokens at most have an id, the most frequent ones; default: all
 * @param hashBuckets hash tokens into so many ids instead of learning a vocabulary
 * @param table name of the embedding table, to share one; by default the feature's name
 * @param serveAs what serving always gives, for a feature that is known in training only
 */
@ConfigName("text")
public record TextConfig(
    Optional<String> column,
    Optional<FeatureGroup> group,
    @Default("words") TextRule.Unit tokens,
    Optional<Integer> minN,
    Optional<Integer> maxN,
    @Default("true") boolean lowercase,
    @Default("100") int maxLength,
    @Default("mean") Pooling pooling,
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
  public TextConfig {
    FeatureConfig.ids(dim, minCount, maxSize, hashBuckets);
    rule(tokens, minN, maxN, lowercase, maxLength);
  }

  @Override
  public Optional<String> sharedTable() {
    return table;
  }

  @Override
  public FeatureSpec toSpec(String name, Map<String, FeatureConfig> all) {
    CategoricalFeature.IdRule ids = FeatureConfig.ids(dim, minCount, maxSize, hashBuckets);
    return new TextFeature(
        new CategoricalFeature(name, column.orElse(name), group, table.orElse(name), dim, ids),
        rule(tokens, minN, maxN, lowercase, maxLength),
        pooling);
  }

  private static TextRule rule(
      TextRule.Unit tokens,
      Optional<Integer> minN,
      Optional<Integer> maxN,
      boolean lowercase,
      int maxLength) {
    int usual = tokens.defaultN();
    int shortest = minN.orElse(Math.min(usual, maxN.orElse(usual)));
    return new TextRule(tokens, shortest, maxN.orElse(shortest), lowercase, maxLength);
  }
}
