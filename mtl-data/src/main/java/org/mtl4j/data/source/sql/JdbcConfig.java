package org.mtl4j.data.source.sql;

import java.util.Optional;
import java.util.regex.Pattern;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code jdbc} source.
 *
 * @param url as the database's driver takes it, {@code jdbc:postgresql://host/database} say,
 *     without a password
 * @param query one query in the database's SQL
 * @param user whom to connect as
 * @param password a scalar that refers to a variable of the environment, as in {@code
 *     ${env:DB_PASSWORD}}: such a value is not written down with the run
 * @param fetchSize rows that are fetched at a time
 */
@Summary("One query of any database that has a JDBC driver.")
public record JdbcConfig(
    String url,
    String query,
    Optional<String> user,
    Optional<ConfigNode> password,
    @Default("10000") int fetchSize) {
  /** A password among the parameters, that of a key store too, or before the host. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)(password|pwd|passwd)\\s*=|//[^/@]*:[^/@]*@|:[^/:@]+/[^/@]+@");

  /**
   * Checks every component.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found; it
   *     quotes no password
   */
  public JdbcConfig {
    if (!url.startsWith("jdbc:")) {
      throw new IllegalArgumentException(
          "url: expected jdbc: and what the database's driver takes, such as"
              + " jdbc:postgresql://host/database, found something else");
    }
    if (SECRET.matcher(url).find()) {
      throw new IllegalArgumentException(
          "url: expected one without a password, found one in it: give it by the key password, as"
              + " ${env:DB_PASSWORD}");
    }
    if (query.isBlank()) {
      throw new IllegalArgumentException("query: expected a select, found nothing");
    }
    if (fetchSize < 1) {
      throw new IllegalArgumentException("fetch_size: expected at least 1, found " + fetchSize);
    }
    password.ifPresent(JdbcConfig::checkReference);
  }

  private static void checkReference(ConfigNode password) {
    if (!(password instanceof ConfigNode.Scalar scalar) || !scalar.isReference()) {
      throw new IllegalArgumentException(
          "password: expected a variable of the environment, such as ${env:DB_PASSWORD}, for a run"
              + " keeps its experiment; found the password itself, or no text");
    }
  }

  /** The password itself; never for a message. */
  Optional<String> secret() {
    return password.map(node -> ((ConfigNode.Scalar) node).text());
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return "JdbcConfig[url=%s, query=%s, user=%s, fetchSize=%d]"
        .formatted(url, query, user, fetchSize);
  }
}
