package org.mtl4j.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyNamesTest {
  private static String moved(String text) {
    return KeyNames.moved(text, "data.source", "data.lookups.a$1.source");
  }

  @Test
  void keysBelowAnotherHaveItsName() {
    assertThat(moved("Check data.source.path, or data.source."))
        .isEqualTo("Check data.lookups.a$1.source.path, or data.lookups.a$1.source.");
    assertThat(moved("data.source")).isEqualTo("data.lookups.a$1.source");
  }

  @Test
  void whatOnlyLooksAlikeStays() {
    for (String text :
        List.of("data.sources.us", "my.data.source", "/x/data.source", "metadata.source", "")) {
      assertThat(moved(text)).isEqualTo(text);
    }
  }

  @Test
  void failureNamesThemInAllItsParts() {
    MtlException failure =
        new MtlException(
            new Problem(
                ErrorCode.IO, "data.source.url", "No data.source.", "Mend data.source.url."));
    assertThat(failure.moved("data.source", "x"))
        .hasMessage("x.url: No x. Mend x.url.")
        .hasCause(failure);
    assertThat(failure.moved("data.split", "x")).isSameAs(failure);
  }
}
