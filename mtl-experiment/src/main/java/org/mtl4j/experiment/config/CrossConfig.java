package org.mtl4j.experiment.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;

/**
 * Two or more categorical features as one. Nothing is served for it but what is served for those.
 *
 * @param features their names
 * @param group user, item or context
 * @param dim width of the embedding, at least 1
 * @param minCount combinations seen fewer times in training are out of vocabulary
 * @param maxSize so many combinations at most have an id, the most frequent ones; default: all
 * @param hashBuckets hash combinations into so many ids instead of learning a vocabulary
 */
@ConfigName("cross")
public record CrossConfig(
    List<String> features,
    Optional<FeatureGroup> group,
    @Default("8") int dim,
    @Default("1") int minCount,
    Optional<Integer> maxSize,
    Optional<Integer> hashBuckets)
    implements FeatureConfig {
  /**
   * Checks the names' number and the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public CrossConfig {
    features = List.copyOf(features);
    if (features.size() < 2 || new HashSet<>(features).size() < features.size()) {
      throw new IllegalArgumentException(
          "features: expected two different names at least, found " + features);
    }
    FeatureConfig.ids(dim, minCount, maxSize, hashBuckets);
  }

  @Override
  public Optional<String> serveAs() {
    return Optional.empty();
  }

  /**
   * The feature of that name.
   *
   * @param all of the experiment; those that are named here are categorical
   */
  @Override
  public FeatureSpec toSpec(String name, Map<String, FeatureConfig> all) {
    List<CategoricalFeature> of =
        features.stream()
            .map(feature -> (CategoricalFeature) all.get(feature).toSpec(feature, all))
            .toList();
    CategoricalFeature.IdRule ids = FeatureConfig.ids(dim, minCount, maxSize, hashBuckets);
    return new CrossFeature(new CategoricalFeature(name, name, group, name, dim, ids), of);
  }
}
