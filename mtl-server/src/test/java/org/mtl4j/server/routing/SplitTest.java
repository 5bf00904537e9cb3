package org.mtl4j.server.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final int KEYS = 100_000;

  private static Split split(String name, double... shares) {
    return new Split(
        name,
        java.util.stream.IntStream.range(0, shares.length)
            .mapToObj(i -> new Split.Variant("v" + i, "label" + i, shares[i]))
            .toList());
  }

  /** The 99.9 % points of chi-square with 1 to 3 degrees of freedom, from any table. */
  private static final double[] LIMITS = {0, 10.83, 13.82, 16.27};

  @Test
  void sharesAreWhatChanceWouldMakeOfThem() {
    for (double[] shares :
        List.of(
            new double[] {0.01, 0.99},
            new double[] {0.5, 0.5},
            new double[] {0.1, 0.2, 0.7},
            new double[] {0.25, 0.25, 0.25, 0.25})) {
      for (String name : List.of("one", "two", "three")) {
        Split split = split(name, shares);
        int[] counts = new int[shares.length];
        for (int i = 0; i < KEYS; i++) {
          counts[Integer.parseInt(split.of("user-" + i).name().substring(1))]++;
        }
        double chiSquare = 0;
        for (int v = 0; v < shares.length; v++) {
          double expected = KEYS * shares[v];
          chiSquare += (counts[v] - expected) * (counts[v] - expected) / expected;
        }
        assertThat(chiSquare).as("%s", name).isLessThan(LIMITS[shares.length - 1]);
      }
    }
  }

  /** As dependent splits would show: of each variant of the one, the other takes its share. */
  @Test
  void splitsOfAnotherNameAreIndependent() {
    Split one = split("one", 0.5, 0.5);
    Split other = split("other", 0.5, 0.5);
    Map<String, Integer> both = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      both.merge(one.of("u" + i).name() + other.of("u" + i).name(), 1, Integer::sum);
    }
    double expected = KEYS / 4.0;
    double chiSquare =
        both.values().stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(both).hasSize(4);
    assertThat(chiSquare).isLessThan(LIMITS[3]);
  }

  @Test
  void aShareThatGrowsKeepsItsOwn() {
    Split small = Split.canary("rollout", "stable", "canary", 0.05);
    Split large = Split.canary("rollout", "stable", "canary", 0.2);
    int moved = 0;
    for (int i = 0; i < KEYS; i++) {
      if (small.of("u" + i).label().equals("canary")) {
        assertThat(large.of("u" + i).label()).isEqualTo("canary");
      } else if (large.of("u" + i).label().equals("canary")) {
        moved++;
      }
    }
    assertThat(moved / (double) KEYS).isBetween(0.14, 0.16);
  }

  @Test
  void sharesOfNothingAndOfAllAreExact() {
    Split none = Split.canary("rollout", "stable", "canary", 0);
    Split all = Split.canary("rollout", "stable", "canary", 1);
    for (int i = 0; i < 10_000; i++) {
      assertThat(none.of("u" + i).name()).isEqualTo("stable");
      assertThat(all.of("u" + i).name()).isEqualTo("canary");
    }
  }

  /** Another server, in another language maybe, has to agree: the first 53 bits of SHA-256. */
  @Test
  void drawIsThatOfTheHashByHand() throws NoSuchAlgorithmException {
    Split split = Split.canary("ab", "stable", "canary", 0.3);
    for (String key : List.of("7", "user", "\u00e9", "")) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("2:ab" + key).getBytes(StandardCharsets.UTF_8));
      double drawn = 0;
      for (int i = 0; i < 53; i++) {
        // Guava reads the first eight bytes as a little-endian number.
        int bit = 63 - i;
        drawn += ((hash[bit / 8] >> (bit % 8)) & 1) / Math.pow(2, i + 1);
      }
      assertThat(split.of(key).name()).isEqualTo(drawn < 0.3 ? "canary" : "stable");
    }
  }

  @Test
  void sharesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> split("a", 0.5, 0.4)).hasMessageContaining("expected the sum 1");
    assertThatThrownBy(() -> split("a", 1.5, -0.5)).hasMessageContaining("from 0 to 1");
    assertThatThrownBy(() -> split("a")).hasMessageContaining("expected the sum 1");
    assertThatThrownBy(() -> Split.canary("a", "same", "same", 0.5))
        .hasMessageContaining("found one twice");
  }
}
