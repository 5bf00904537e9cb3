package org.mtl4j.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.server.request.StatusCode;

class AccessLogTest {
  private static RequestEnd request(String path, Optional<RequestEnd.Target> target) {
    return new RequestEnd(
        new RequestEnd.Origin("id-1", RequestEnd.Entry.REST, "10.0.0.7", "POST", path),
        Api.PREDICT,
        target,
        new RequestEnd.Outcome(StatusCode.OK, 200, 31, 1_234_567, OptionalLong.empty()));
  }

  @Test
  void aLineHasWhatAnOperatorLooksFor() {
    RequestEnd.Target target = new RequestEnd.Target("shop", 42, "serving_default", 7, Set.of());
    assertThat(AccessLog.line(request("/v1/models/shop:predict", Optional.of(target))))
        .isEqualTo("10.0.0.7 \"POST /v1/models/shop:predict\" 200 31 1234 id-1 shop@42 7");
    assertThat(AccessLog.line(request("/", Optional.empty())))
        .isEqualTo("10.0.0.7 \"POST /\" 200 31 1234 id-1 - -");
  }

  @Test
  void noPathWritesALineOrAFieldOfItsOwn() {
    assertThat(AccessLog.line(request("/a\r\nb \"c\\\u001b[2J\u2028\u0085", Optional.empty())))
        .isEqualTo("10.0.0.7 \"POST /a%0D%0Ab%20%22c%5C%1B[2J%u2028%85\" 200 31 1234 id-1 - -");
    long seed = Long.getLong("mtl.test.seed", 1L);
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      StringBuilder path = new StringBuilder("/");
      for (int c = random.nextInt(700); c > 0; c--) {
        path.append((char) random.nextInt(random.nextBoolean() ? 256 : 65_536));
      }
      assertThat(AccessLog.line(request(path.toString(), Optional.empty())))
          .as("seed %d", seed)
          .matches("10\\.0\\.0\\.7 \"POST [!-~]{1,3100}\" 200 31 1234 id-1 - -")
          .hasSizeLessThan(3_200);
    }
  }

  @Test
  void aClientsIdIsTakenIfItIsHarmless() {
    assertThat(RequestIds.of("a.B_9-")).isEqualTo("a.B_9-");
    assertThat(RequestIds.of("x".repeat(128))).isEqualTo("x".repeat(128));
    for (String bad :
        new String[] {null, "", "x".repeat(129), "a b", "a\n", "\u00e9", "a\"", "a\n"}) {
      assertThat(RequestIds.of(bad)).as("%s", bad).isNotEqualTo(bad).hasSize(36);
    }
    assertThat(RequestIds.of(null)).isNotEqualTo(RequestIds.of(null));
  }
}
