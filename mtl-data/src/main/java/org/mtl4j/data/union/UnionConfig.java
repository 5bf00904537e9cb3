package org.mtl4j.data.union;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Composite;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code union} source.
 *
 * @param column the column that holds the domain's name; no source has one of that name
 * @param sources the source of each domain, by name, in the order in which they are read
 * @param sharedIds columns whose ids stand for the same in all domains; of others they are the
 *     domain's own
 */
@Summary("Several sources as one, a domain each; the domain's name is a column.")
public record UnionConfig(
    @Default("domain") String column,
    Map<String, Choice> sources,
    @Default("[]") List<String> sharedIds)
    implements Composite {
  /** The type that an experiment file calls it by. */
  public static final String TYPE = "union";

  /** Stands between a domain and a file of it where files are named on the command line. */
  public static final char SIGN = '=';

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public UnionConfig {
    if (column.isBlank()) {
      throw new IllegalArgumentException("column: expected a name, found none");
    }
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources: expected a source by its domain, found none");
    }
    for (String domain : sources.keySet()) {
      if (domain.isBlank() || !domain.equals(domain.strip()) || domain.indexOf(SIGN) >= 0) {
        throw new IllegalArgumentException(
            "sources: expected names without blanks around them and without \"=\", found \""
                + domain
                + "\"");
      }
    }
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    sharedIds = List.copyOf(sharedIds);
  }

  /** The keys of a source, if it is one of domains and nothing is wrong with it. */
  public static Optional<UnionConfig> of(Choice source) {
    return source.type().equals(TYPE)
        ? RecordBinder.bind(source.body(), UnionConfig.class, new Problems())
        : Optional.empty();
  }

  /** Where the keys of a domain's source stand. */
  public static String place(String domain) {
    return "data.source.sources." + domain;
  }

  /** The names of the domains, in order. */
  public List<String> domains() {
    return List.copyOf(sources.keySet());
  }

  @Override
  public Map<String, Choice> choices() {
    return sources;
  }

  @Override
  public UnionConfig with(Map<String, Choice> choices) {
    return new UnionConfig(column, choices, sharedIds);
  }
}
