package org.mtl4j.data.source.sql;

import java.util.Optional;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code jdbc} lookup, besides those that every lookup has.
 *
 * @param url as {@link JdbcConfig}
 * @param query a select that gives the key and the columns, without a condition on the key: that is
 *     put around it
 * @param user whom to connect as
 * @param password a reference to a variable of the environment, as {@link JdbcConfig}
 */
@Summary("A query of any database that has a JDBC driver, asked for some ids at a time.")
public record JdbcLookupConfig(
    String url, String query, Optional<String> user, Optional<ConfigNode> password) {
  /** One a connection is enough: it is not read in portions. */
  private static final int FETCH_SIZE = 10_000;

  /**
   * Checks every component.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found; it
   *     quotes no password
   */
  public JdbcLookupConfig {
    new JdbcConfig(url, query, user, password, FETCH_SIZE);
  }

  /** Whom to connect to, and with what. */
  JdbcConfig connection() {
    return new JdbcConfig(url, query, user, password, FETCH_SIZE);
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return "JdbcLookupConfig[url=%s, query=%s, user=%s]".formatted(url, query, user);
  }
}
