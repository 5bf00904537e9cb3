package org.mtl4j.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToldOnceTest {
  @Test
  void whatIsSaidAgainAndAgainIsSaidOnceAndTheOldestIsForgotten() {
    ToldOnce told = new ToldOnce(3);
    assertThat(told.isNew("a")).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(told.isNew("a")).isFalse();
      assertThat(told.isNew("other " + i)).isTrue();
    }
    assertThat(told.isNew("other 98")).isFalse();
    assertThat(told.isNew("other 0")).isTrue();
  }
}
