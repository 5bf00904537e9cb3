package org.mtl4j.data.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.testkit.TestSeed;

/** Another market of a simulated shop. */
class MarketTest {
  private static final SimulatedConfig HOME = new SimulatedConfig(500, 2_000, 60_000, 3, 0);

  private static SimulatedConfig market(long seed, double shared, double clicks) {
    MarketConfig market = new MarketConfig(seed, shared, clicks);
    return new SimulatedConfig(500, 2_000, 60_000, 3, 0, Optional.of(market));
  }

  private static Shelf shelf(SimulatedConfig config) {
    return new Shop(config, new Seed(config.seed()).child("shop")).items();
  }

  private static double correlation(Shelf one, Shelf other) {
    double sum = 0;
    for (int i = 0; i < one.count(); i++) {
      sum += one.appeal(i) * other.appeal(i);
    }
    return sum / one.count();
  }

  @Test
  void itemsAreTheSameAndAsMuchAlikeAsIsShared() {
    Shelf home = shelf(HOME);
    Shelf abroad = shelf(market(1, 0.7, 0.05));
    for (int i = 0; i < home.count(); i++) {
      assertThat(abroad.id(i)).isEqualTo(home.id(i));
      assertThat(abroad.brand(i)).isEqualTo(home.brand(i));
      assertThat(abroad.price(i)).isEqualTo(home.price(i));
    }
    // The error of a correlation of 2,000 pairs is below 0.03.
    assertThat(correlation(home, abroad)).isCloseTo(0.7, within(0.1));
    assertThat(correlation(abroad, abroad)).isCloseTo(1, within(0.1));
    Shelf same = shelf(market(1, 1, 0.05));
    for (int i = 0; i < home.count(); i++) {
      assertThat(same.appeal(i)).isEqualTo(home.appeal(i));
      assertThat(same.character(i)).isEqualTo(home.character(i));
    }
    assertThat(correlation(home, shelf(market(2, 0, 0.05)))).isCloseTo(0, within(0.1));
  }

  @Test
  void peopleAreOthersAndOlderAndClickAsOftenAsIsAskedFor() {
    Log home = new Log(new SimulatedSource(HOME));
    Log abroad = new Log(new SimulatedSource(market(1 + TestSeed.value() % 100, 0.8, 0.04)));
    assertThat(Arrays.stream(abroad.texts("user_id"))).allMatch(id -> id.matches("m\\d+-u\\d+"));
    assertThat(abroad.mean("age")).isGreaterThan(home.mean("age") + 5);
    assertThat(abroad.mean("click")).isBetween(0.03, 0.05);
    assertThat(abroad.mean("click")).isCloseTo(abroad.mean("true_click"), within(0.004));
    assertThat(abroad.mean("cart")).isBetween(0.16, 0.24);
  }

  @Test
  void aShopWithoutAMarketKeepsItsFingerprint() {
    assertThat(new SimulatedSource(SimulatedConfig.DEFAULTS.withImpressions(10)).fingerprint())
        .isEqualTo("bc1a697836b047e28c56a65e2795f52df0e49a8809050a7f916a6ecdb9709cc6");
    assertThat(new SimulatedSource(market(1, 0.8, 0.05)).fingerprint())
        .isNotEqualTo(new SimulatedSource(market(2, 0.8, 0.05)).fingerprint());
  }

  @Test
  void sharesOutOfTheirRangeAreRefused() {
    assertThatThrownBy(() -> new MarketConfig(1, 1.2, 0.1))
        .hasMessage("shared: expected 0 to 1, found 1.2");
    assertThatThrownBy(() -> new MarketConfig(1, 0.5, 0))
        .hasMessage("clicks: expected between 0 and 1, found 0.0");
  }
}
