package org.mtl4j.core.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.task.Rows;

/**
 * Pseudonyms in place of ids: the first 128 bits of the HMAC-SHA-256 (RFC 2104) of an id's UTF-8
 * bytes, keyed by the salt's, in hexadecimal. Who has no salt can neither read an id off its
 * pseudonym nor try ids out; who has it gets the same pseudonym in training and in a request. Safe
 * from any number of threads.
 */
public final class Pseudonyms {
  private static final int LEAST_SALT = 16;
  private static final int HEX_DIGITS = 32;

  private final HashFunction hash;
  private final List<String> columns;

  /**
   * Pseudonyms of the values of some columns.
   *
   * @param salt the secret, at least {@value #LEAST_SALT} characters
   * @throws IllegalArgumentException if it is shorter, without saying what it is
   */
  public Pseudonyms(String salt, List<String> columns) {
    if (salt.length() < LEAST_SALT) {
      throw new IllegalArgumentException(
          "salt: expected at least %d characters, found %d".formatted(LEAST_SALT, salt.length()));
    }
    this.hash = Hashing.hmacSha256(salt.getBytes(UTF_8));
    this.columns = List.copyOf(columns);
  }

  /** The columns that they stand in. */
  public List<String> columns() {
    return columns;
  }

  /** What stands for an id; null for null, the missing one. */
  public String of(String id) {
    return id == null ? null : hash.hashString(id, UTF_8).toString().substring(0, HEX_DIGITS);
  }

  /**
   * Values by column, say of a request, with pseudonyms in place of ids. A number is taken as a
   * file spells it: 5 and 5.0 are one id.
   */
  public Map<String, Object> in(Map<String, ?> values) {
    Map<String, Object> replaced = new LinkedHashMap<>(values);
    for (String column : columns) {
      replaced.computeIfPresent(
          column,
          (name, id) -> of(id instanceof Double number ? Rows.spell(number) : String.valueOf(id)));
    }
    return replaced;
  }

  /** Differs, in all likelihood, from that of another salt, and gives nothing away of it. */
  public String check() {
    return of("\u0000mtl4j " + columns);
  }
}
