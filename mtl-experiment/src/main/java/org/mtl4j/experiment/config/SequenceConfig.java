package org.mtl4j.experiment.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.SequenceEncoder;
import org.mtl4j.core.schema.SequenceFeature;

/**
 * A history in one text, the oldest value first.
 *
 * @param column the source's column; by default the name
 * @param group user, item or context
 * @param separator the character between two values
 * @param maxLength so many values at most; of a longer history the newest
 * @param encoder how the values' embeddings become one vector
 * @param query for attention: the categorical feature that a history is asked by
 * @param units width of a gru's or lstm's state, number of filters, or of attention's hidden units
 * @param window values that a filter of a convolution sees at a time
 * @param heads heads of self-attention
 * @param dim width of the embedding, at least 1
 * @param minCount values seen fewer times in training are out of vocabulary
 * @param maxSize so many values at most have an id, the most frequent ones; default: all
 * @param hashBuckets hash values into so many ids instead of learning a vocabulary
 * @param table name of the embedding table, to share one; by default the feature's name
 * @param serveAs what serving always gives, for a feature that is known in training only
 */
@ConfigName("sequence")
public record SequenceConfig(
    Optional<String> column,
    Optional<FeatureGroup> group,
    @Default("' '") String separator,
    @Default("50") int maxLength,
    @Default("mean") Encoder encoder,
    Optional<String> query,
    Optional<Integer> units,
    Optional<Integer> window,
    Optional<Integer> heads,
    @Default("8") int dim,
    @Default("1") int minCount,
    Optional<Integer> maxSize,
    Optional<Integer> hashBuckets,
    Optional<String> table,
    Optional<String> serveAs)
    implements FeatureConfig {
  private static final int ATTENTION_UNITS = 36;
  private static final int WINDOW = 3;

  /** The encoders by name. */
  public enum Encoder {
    /** {@link SequenceEncoder.Mean}. */
    MEAN,
    /** {@link SequenceEncoder.Gru}. */
    GRU,
    /** {@link SequenceEncoder.Lstm}. */
    LSTM,
    /** {@link SequenceEncoder.Convolution}. */
    CONVOLUTION,
    /** {@link SequenceEncoder.TargetAttention}. */
    ATTENTION,
    /** {@link SequenceEncoder.SelfAttention}. */
    SELF_ATTENTION;

    private Set<String> keys() {
      return switch (this) {
        case MEAN -> Set.of();
        case GRU, LSTM -> Set.of("units");
        case CONVOLUTION -> Set.of("units", "window");
        case ATTENTION -> Set.of("query", "units");
        case SELF_ATTENTION -> Set.of("heads");
      };
    }
  }

  /**
   * Checks the ranges, and that no key is there which the encoder does not read.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public SequenceConfig {
    FeatureConfig.ids(dim, minCount, maxSize, hashBuckets);
    new ListRule(separator, maxLength, ListRule.Keep.LAST);
    Map<String, Optional<?>> given = new LinkedHashMap<>();
    given.put("query", query);
    given.put("units", units);
    given.put("window", window);
    given.put("heads", heads);
    given.forEach(
        (key, value) -> {
          if (value.isPresent() && !encoder.keys().contains(key)) {
            throw new IllegalArgumentException(
                "%s: expected none with this encoder, found %s".formatted(key, value.get()));
          }
        });
    if (encoder == Encoder.ATTENTION && query.isEmpty()) {
      throw new IllegalArgumentException(
          "query: expected the categorical feature that the history is asked by, found none");
    }
    int number = heads.orElse(1);
    if (number < 1 || dim % number != 0) {
      throw new IllegalArgumentException(
          "heads: expected a divisor of dim, %d, found %d".formatted(dim, number));
    }
    encoder(encoder, query.orElse(""), units, window, number, dim);
  }

  @Override
  public Optional<String> sharedTable() {
    return table;
  }

  @Override
  public FeatureSpec toSpec(String name, Map<String, FeatureConfig> all) {
    CategoricalFeature.IdRule ids = FeatureConfig.ids(dim, minCount, maxSize, hashBuckets);
    return new SequenceFeature(
        new CategoricalFeature(name, column.orElse(name), group, table.orElse(name), dim, ids),
        new ListRule(separator, maxLength, ListRule.Keep.LAST),
        encoder(encoder, query.orElse(""), units, window, heads.orElse(1), dim));
  }

  private static SequenceEncoder encoder(
      Encoder encoder,
      String query,
      Optional<Integer> units,
      Optional<Integer> window,
      int heads,
      int dim) {
    return switch (encoder) {
      case MEAN -> new SequenceEncoder.Mean();
      case GRU -> new SequenceEncoder.Gru(units.orElse(dim));
      case LSTM -> new SequenceEncoder.Lstm(units.orElse(dim));
      case CONVOLUTION -> new SequenceEncoder.Convolution(units.orElse(dim), window.orElse(WINDOW));
      case ATTENTION -> new SequenceEncoder.TargetAttention(query, units.orElse(ATTENTION_UNITS));
      case SELF_ATTENTION -> new SequenceEncoder.SelfAttention(heads);
    };
  }
}
