package org.mtl4j.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text whose tokens are changed, so that what comes of it is often JSON all the same. */
final class TokenMutations {
  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|[-+\\w.]+|[^\\w\"]", Pattern.DOTALL);

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "NaN",
          "Infinity",
          "-Infinity",
          "0",
          "-0",
          "1.5",
          "1e39",
          "1e999",
          "-1e999",
          "127",
          "128",
          "255",
          "256",
          "2147483648",
          "4294967296",
          "16777217",
          "9007199254740993",
          "9223372036854775808",
          "-9223372036854775809",
          "18446744073709551616",
          "9".repeat(300),
          "\"\"",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "[]",
          "{}",
          "[[]]",
          "[[],[1]]",
          "[1,[2]]",
          "[null]",
          "{\"b64\":\"aGVsbG8=\"}",
          "{\"b64\":\"*\"}",
          "{\"b64\":5}",
          "{\"b64\":\"\",\"c\":1}",
          "{\"f\":1}");

  private TokenMutations() {}

  /** A changed copy. */
  static byte[] change(Random random, byte[] text) {
    List<String> tokens =
        new ArrayList<>(
            TOKEN
                .matcher(new String(text, StandardCharsets.UTF_8))
                .results()
                .map(MatchResult::group)
                .toList());
    if (tokens.isEmpty()) {
      return text;
    }
    int one = random.nextInt(tokens.size());
    int other = random.nextInt(tokens.size());
    String value = VALUES.get(random.nextInt(VALUES.size()));
    switch (random.nextInt(6)) {
      case 0 -> Collections.swap(tokens, one, other);
      case 1 -> tokens.set(one, tokens.get(other));
      case 2 -> tokens.remove(one);
      case 3 -> tokens.add(one, value + ",");
      case 4 -> tokens.set(one, value);
      default -> tokens.set(one, "[" + tokens.get(one) + "]");
    }
    return String.join("", tokens).getBytes(StandardCharsets.UTF_8);
  }
}
