package org.mtl4j.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void shortTextStaysAsItIs() {
    assertThat(Excerpt.of("")).isEmpty();
    assertThat(Excerpt.of("größe 日本")).isEqualTo("größe 日本");
    assertThat(Excerpt.of("x".repeat(60))).isEqualTo("x".repeat(60));
  }

  @Test
  void longTextIsCutAndNeverInTheMiddleOfACharacter() {
    assertThat(Excerpt.of("x".repeat(1_000_000))).isEqualTo("x".repeat(57) + "...");
    assertThat(Excerpt.of("x".repeat(56) + "😀".repeat(10))).isEqualTo("x".repeat(56) + "...");
  }

  @Test
  void aMessageStaysOnOneLine() {
    assertThat(Excerpt.of("a\r\nb\tc\0d\u0085")).isEqualTo("a\\r\\nb\\tc\\u0000d\\u0085");
  }
}
