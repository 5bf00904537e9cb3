package org.mtl4j.data.catalogue;

import java.util.Locale;

/**
 * A checksum of a file.
 *
 * @param algorithm as Java calls it: {@code MD5}, {@code SHA-256}
 * @param hex in lower-case hexadecimal
 * @param origin who says so
 */
public record Checksum(String algorithm, String hex, String origin) {
  /**
   * Checks the digits.
   *
   * @throws IllegalArgumentException saying what was expected and what was found
   */
  public Checksum {
    int length = algorithm.equals("MD5") ? 32 : 64;
    if (!hex.matches("[0-9a-f]{" + length + "}")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected %d hexadecimal digits of %s, found %s",
              length,
              algorithm,
              hex));
    }
  }

  /** An MD5 that the publisher gives. */
  public static Checksum publishedMd5(String hex) {
    return new Checksum("MD5", hex, "the publisher");
  }
}
