package org.mtl4j.core.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DecimalsTest {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "[-+]?(?:(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
              + "|[nN][aA][nN]|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?)");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "+7",
          "12",
          "1.",
          ".5",
          "-1.5e3",
          "1E+2",
          "1e-22",
          "1e22",
          "1e23",
          "007",
          "9007199254740993",
          "123456789012345678",
          "1234567890123456789",
          "0.1",
          "3.4028236e38",
          "1e400",
          "-1e400",
          "4.9e-324",
          "1e-400",
          "1e99999999999",
          "2.2250738585072011e-308",
          "0.000000000000000000000000000000000000000000000000001",
          "100000000000000000000000000000000000000000000000000e-50");

  private static final List<String> NO_NUMBERS =
      List.of(
          "", " ", "-", "+", ".", "-.", "e5", ".e5", "1e", "1e+", "1.2.3", "--1", "1-", "12d",
          "12f", "1L", "0x10", "0x1p3", " 1", "1 ", "1,5", "1_000", "1 000", "\u0661", "\uff11",
          "NULL", "infinit", "nano", "1e5.0", "1\u0000");

  private final long seed = Long.getLong("mtl.test.seed", 1L);
  private final Random random = new Random(seed);

  @Test
  void readsWhatJavaReads() {
    for (String text : NUMBERS) {
      assertThat(Decimals.isNumber(text)).as(text).isTrue();
      assertBits(text);
    }
  }

  @Test
  void nothingElseIsANumber() {
    for (String text : NO_NUMBERS) {
      assertThat(Decimals.isNumber(text)).as(text).isFalse();
      assertThat(Decimals.valueOf(text)).as(text).isNaN();
    }
  }

  @Test
  void theNamesOfNoNumberAndOfInfinityAreRead() {
    for (String name : new String[] {"NaN", "nan", "NAN", "-nan"}) {
      assertThat(Decimals.isNumber(name)).as(name).isTrue();
      assertThat(Decimals.valueOf(name)).as(name).isNaN();
    }
    for (String name : new String[] {"inf", "Infinity", "+INF"}) {
      assertThat(Decimals.valueOf(name)).as(name).isEqualTo(Double.POSITIVE_INFINITY);
    }
    assertThat(Decimals.valueOf("-inf")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void randomNumbersHaveTheBitsThatJavaGivesThem() {
    for (int i = 0; i < 50_000; i++) {
      assertBits(Double.toString(Double.longBitsToDouble(random.nextLong() & 0x7fefffffffffffffL)));
      assertBits(Double.toString(random.nextGaussian() * 1000));
      BigInteger digits = new BigInteger(random.nextInt(70), random);
      assertBits(new BigDecimal(digits, random.nextInt(30)).toPlainString());
      assertBits("-" + digits + "e" + (random.nextInt(80) - 40));
    }
  }

  @Test
  void randomTextIsANumberWhereTheGrammarSaysSo() {
    String alphabet = "0123456789+-..eEnaif ";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(7); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Decimals.isNumber(text.toString()))
          .as("seed %d: \"%s\"", seed, text)
          .isEqualTo(GRAMMAR.matcher(text).matches());
      assertThat(Double.doubleToRawLongBits(ofBytes(text.toString())))
          .as("seed %d: \"%s\" as bytes", seed, text)
          .isEqualTo(Double.doubleToRawLongBits(Decimals.valueOf(text.toString())));
    }
  }

  private void assertBits(String text) {
    assertThat(Double.doubleToRawLongBits(Decimals.valueOf(text)))
        .as("seed %d: %s", seed, text)
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    assertThat(Double.doubleToRawLongBits(ofBytes(text)))
        .as("seed %d: %s as bytes", seed, text)
        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
  }

  /** With digits on both sides that are not the number's. */
  private static double ofBytes(String text) {
    byte[] bytes = ("9" + text + "9").getBytes(UTF_8);
    return Decimals.valueOf(bytes, 1, bytes.length - 2);
  }
}
