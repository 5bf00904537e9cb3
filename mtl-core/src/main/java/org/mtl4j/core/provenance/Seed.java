package org.mtl4j.core.provenance;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A seed and its named children. An experiment has one root seed; whatever needs randomness takes a
 * child by name ({@code variables/mmoe/gate_click/kernel}, {@code shuffle/epoch-3}), so that adding
 * one consumer never changes the numbers of another.
 *
 * @param value the seed's 64 bits
 */
public record Seed(long value) {
  /** The child of that name: the first 8 bytes of SHA-256 over this seed and the name. */
  public Seed child(String name) {
    return new Seed(
        Hashing.sha256()
            .newHasher()
            .putLong(value)
            .putString(name, StandardCharsets.UTF_8)
            .hash()
            .asLong());
  }

  /** A generator that starts at this seed. */
  public SplittableRandom random() {
    return new SplittableRandom(value);
  }

  /** The seed of one of many equal things, say a row of a table, cheaper than a named child. */
  public long indexed(long index) {
    long z = value + (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
