package org.mtl4j.core.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenIndexTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);

  @Test
  void tokensAreNumberedAsAMapWouldNumberThem() {
    Random random = new Random(SEED);
    TokenIndex index = new TokenIndex();
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String token = Integer.toString(random.nextInt(5_000), 36);
      Integer known = expected.get(token);
      assertThat(index.find(token)).as("seed %d", SEED).isEqualTo(known == null ? -1 : known);
      expected.putIfAbsent(token, expected.size());
      assertThat(index.add(token)).as("seed %d", SEED).isEqualTo(expected.get(token));
    }
    assertThat(index.size()).isEqualTo(expected.size());
    expected.forEach((token, number) -> assertThat(index.tokens().get(number)).isEqualTo(token));
  }

  @Test
  void wholeNumbersAreTheTokensThatSpellThem() {
    long[] numbers = {
      0, 7, 10, 99_999_999, 100_000_000, -1, -99_999_999, Long.MIN_VALUE, Long.MAX_VALUE, 1234
    };
    TokenIndex byText = new TokenIndex();
    TokenIndex byNumber = new TokenIndex();
    for (int i = 0; i < numbers.length; i++) {
      assertThat(byNumber.find(numbers[i])).isEqualTo(-1);
      assertThat(byText.add(Long.toString(numbers[i]))).isEqualTo(i);
      assertThat(byText.find(numbers[i])).isEqualTo(i);
      assertThat(byNumber.add(numbers[i])).isEqualTo(i);
      assertThat(byNumber.add(numbers[i])).isEqualTo(i);
    }
    assertThat(byNumber.tokens()).isEqualTo(byText.tokens());
  }

  @Test
  void wholeNumbersOfEveryLengthAreTheTokensThatSpellThem() {
    Random random = new Random(SEED);
    TokenIndex index = new TokenIndex();
    for (int i = 0; i < 20_000; i++) {
      long number = (long) Math.pow(10, 9 * random.nextDouble()) - 1;
      int expected = index.add(Long.toString(number));
      assertThat(index.find(number)).as("%d, seed %d", number, SEED).isEqualTo(expected);
    }
  }

  /** Short tokens by themselves, which are sorted as numbers, and with longer ones. */
  @Test
  void tokensAreSortedAsTexts() {
    Random random = new Random(SEED);
    for (int longest : new int[] {8, 9}) {
      TokenIndex index = new TokenIndex();
      for (int i = 0; i < 3_000; i++) {
        StringBuilder token = new StringBuilder();
        for (int c = 1 + random.nextInt(longest); c > 0; c--) {
          token.append("ab\u0001\u007f\u0080\u00ff".charAt(random.nextInt(6)));
        }
        index.add(token.toString());
      }
      int[] some = IntStream.range(0, index.size()).filter(i -> i % 3 > 0).toArray();
      assertThat(index.sorted(some))
          .as("seed %d", SEED)
          .isEqualTo(Arrays.stream(some).mapToObj(index.tokens()::get).sorted().toList());
    }
    assertThat(new TokenIndex().sorted(new int[0])).isEmpty();
  }

  /** "Aa" and "BB" have one hash in Java, and so have all texts made of the two. */
  @Test
  void tokensOfOneHashAreToldApart() {
    TokenIndex index = new TokenIndex();
    for (int i = 0; i < 256; i++) {
      StringBuilder token = new StringBuilder();
      for (int bit = 0; bit < 8; bit++) {
        token.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      assertThat(index.find(token.toString())).isEqualTo(-1);
      assertThat(index.add(token.toString())).isEqualTo(i);
      assertThat(index.find(token.toString())).isEqualTo(i);
    }
  }

  /**
   * Short tokens stand for themselves as numbers: those at the limits must not be taken for others.
   */
  @Test
  void tokensAtTheLimitsOfShortOnesAreToldApart() {
    List<String> tokens =
        List.of(
            "",
            "a",
            "aa",
            "\0",
            "a\0",
            "\0a",
            "\0\0a",
            "\u00ff",
            "\u0100",
            "\u0001",
            "\u00ffa",
            "12345678",
            "123456789",
            "01234567",
            "1234567",
            "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
            "\u20ac",
            "a\u0161",
            "8765432\u0101");
    TokenIndex index = new TokenIndex();
    for (int i = 0; i < tokens.size(); i++) {
      assertThat(index.find(tokens.get(i))).as("token %d", i).isEqualTo(-1);
      assertThat(index.add(tokens.get(i))).isEqualTo(i);
    }
    for (int i = 0; i < tokens.size(); i++) {
      assertThat(index.find(new String(tokens.get(i).toCharArray()))).isEqualTo(i);
    }
    TokenIndex byBytes = new TokenIndex();
    for (int i = 0; i < tokens.size(); i++) {
      byte[] utf8 = ("x" + tokens.get(i) + "x").getBytes(UTF_8);
      assertThat(byBytes.find(utf8, 1, utf8.length - 2)).as("token %d", i).isEqualTo(-1);
      assertThat(byBytes.add(utf8, 1, utf8.length - 2)).isEqualTo(i);
      assertThat(byBytes.add(utf8, 1, utf8.length - 2)).isEqualTo(i);
      assertThat(index.find(utf8, 1, utf8.length - 2)).isEqualTo(i);
      byte[] longer = Arrays.copyOf(utf8, utf8.length + 9);
      assertThat(index.find(longer, 1, utf8.length - 2)).as("token %d", i).isEqualTo(i);
      Arrays.fill(longer, utf8.length, longer.length, (byte) -1);
      assertThat(index.find(longer, 1, utf8.length - 2)).as("token %d", i).isEqualTo(i);
    }
    assertThat(byBytes.tokens()).isEqualTo(tokens);
  }
}
