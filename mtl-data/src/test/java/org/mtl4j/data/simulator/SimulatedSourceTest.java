package org.mtl4j.data.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.testkit.TestSeed;

class SimulatedSourceTest {
  private static final long SEED = TestSeed.value();
  private static final String WITH_SEED = "mtl.test.seed=" + SEED;
  private static final SimulatedConfig CONFIG = SimulatedConfig.DEFAULTS.withSeed(SEED);

  private final Log log = new Log(new SimulatedSource(CONFIG));

  @Test
  void ratesAreThoseOfAShop() {
    double purchases = log.mean("purchase") * log.present("purchase").length / log.size();
    assertThat(log.mean("click")).as(WITH_SEED).isBetween(0.085, 0.115);
    assertThat(log.mean("cart")).as(WITH_SEED).isBetween(0.175, 0.225);
    assertThat(purchases).as(WITH_SEED).isBetween(0.009, 0.0138);
    assertThat(log.mean("purchase")).as(WITH_SEED).isBetween(0.49, 0.61);
    assertThat(log.mean("rating")).as(WITH_SEED).isBetween(3.0, 4.8);
    assertThat(log.mean("dwell_seconds")).as(WITH_SEED).isBetween(20.0, 60.0);
  }

  @Test
  void labelsOfEachDecileOfTheTruthHaveTheMeanOfTheTruth() {
    assertCalibrated(log);
    assertCalibrated(new Log(new SimulatedSource(CONFIG.withConflict(1))));
  }

  private static void assertCalibrated(Log log) {
    for (String label : List.of("click", "cart", "purchase", "rating")) {
      assertCalibrated(log, label, "true_" + label);
    }
    assertCalibrated(log, "dwell_seconds", "true_dwell");
  }

  /**
   * Clicks are ranked by what people would do after them: well, not at all, the wrong way round. In
   * the usual shop, for how far it goes depends on the shop.
   */
  @Test
  void conflictTurnsWhatFollowsAClickAgainstClicks() {
    Log usual = new Log(new SimulatedSource(SimulatedConfig.DEFAULTS));
    Log unrelated = conflicting(0.5);
    Log opposed = conflicting(1);
    for (String truth : List.of("true_dwell", "true_cart")) {
      double ofUnrelated = unrelated.auc("click", truth);
      assertThat(usual.auc("click", truth)).as(truth).isGreaterThan(ofUnrelated + 0.03);
      assertThat(opposed.auc("click", truth)).as(truth).isLessThan(ofUnrelated - 0.03);
      assertThat(opposed.auc("click", truth)).as(truth).isLessThan(0.47);
    }
    assertThat(opposed.numbers("true_click")).isEqualTo(usual.numbers("true_click"));
    assertThat(conflicting(0).numbers("true_cart")).isEqualTo(usual.numbers("true_cart"));
  }

  private static Log conflicting(double conflict) {
    return new Log(new SimulatedSource(SimulatedConfig.DEFAULTS.withConflict(conflict)));
  }

  @Test
  void conflictOutOfItsRangeIsRefusedByItsKey() {
    assertThatThrownBy(() -> CONFIG.withConflict(1.5))
        .hasMessage("conflict: expected a number from 0 to 1, found 1.5");
    assertThatThrownBy(() -> CONFIG.withConflict(Double.NaN))
        .hasMessage("conflict: expected a number from 0 to 1, found NaN");
  }

  @Test
  void truthOfAClickRanksClicksAsAShopsWouldAndNoBetter() {
    Log usual = new Log(new SimulatedSource(SimulatedConfig.DEFAULTS));
    assertThat(usual.auc("click", "true_click")).isBetween(0.75, 0.80);
    assertThat(log.auc("click", "true_click")).as(WITH_SEED).isBetween(0.74, 0.81);
    assertThat(log.auc("cart", "true_cart")).as(WITH_SEED).isBetween(0.65, 0.85);
    assertThat(log.auc("purchase", "true_purchase")).as(WITH_SEED).isBetween(0.65, 0.90);
  }

  @Test
  void stageIsThereExactlyWhereTheOneBeforeHappened() {
    double[] click = log.numbers("click");
    double[] dwell = log.numbers("dwell_seconds");
    double[] cart = log.numbers("cart");
    double[] purchase = log.numbers("purchase");
    double[] rating = log.numbers("rating");
    for (int i = 0; i < log.size(); i++) {
      assertThat(click[i]).isIn(0.0, 1.0);
      assertThat(Double.isNaN(cart[i])).isEqualTo(click[i] != 1);
      assertThat(Double.isNaN(dwell[i])).isEqualTo(click[i] != 1);
      assertThat(Double.isNaN(purchase[i])).isEqualTo(cart[i] != 1);
      assertThat(Double.isNaN(rating[i])).isEqualTo(purchase[i] != 1);
    }
  }

  @Test
  void probabilitiesThroughTheFunnelAreProducts() {
    double[] click = log.numbers("true_click");
    double[] cart = log.numbers("true_cart");
    double[] purchase = log.numbers("true_purchase");
    double[] throughCart = log.numbers("true_through_cart");
    double[] throughPurchase = log.numbers("true_through_purchase");
    for (int i = 0; i < log.size(); i += 97) {
      assertThat(throughCart[i]).isEqualTo(click[i] * cart[i]);
      assertThat(throughPurchase[i]).isCloseTo(throughCart[i] * purchase[i], within(1e-15));
    }
  }

  @Test
  void pageShowsTenItemsToOnePersonAtOneTime() {
    String[] requests = log.texts("request_id");
    String[] users = log.texts("user_id");
    String[] items = log.texts("item_id");
    double[] times = log.numbers("time");
    double[] positions = log.numbers("position");
    for (int first = 0; first < 5_000; first += 10) {
      Set<String> shown = new HashSet<>();
      for (int p = 0; p < 10; p++) {
        int i = first + p;
        assertThat(List.of(requests[i], users[i], times[i]))
            .isEqualTo(List.of(requests[first], users[first], times[first]));
        assertThat(positions[i]).isEqualTo(p + 1);
        shown.add(items[i]);
      }
      assertThat(shown).hasSize(10);
    }
    assertThat(new HashSet<>(Arrays.asList(requests))).hasSize(10_000);
  }

  @Test
  void timeNeverGoesBackAndEveryHourIsVisited() {
    assertThat(log.numbers("time")).isSorted();
    assertThat(Arrays.stream(log.numbers("hour")).distinct().sorted().toArray())
        .hasSize(24)
        .startsWith(0)
        .endsWith(23);
  }

  @Test
  void newUsersAndItemsAppearLateInTheLog() {
    int late = log.size() * 7 / 10;
    for (String id : List.of("user_id", "item_id")) {
      List<String> ids = Arrays.asList(log.texts(id));
      Set<String> before = new HashSet<>(ids.subList(0, late));
      Set<String> after = new HashSet<>(ids.subList(late, ids.size()));
      after.removeAll(before);
      assertThat(after).as(id).hasSizeGreaterThan(before.size() / 20);
    }
    assertThat(Arrays.stream(log.numbers("item_age_days")).min().orElseThrow()).isZero();
  }

  @Test
  void anotherSeedGivesAnotherLog() {
    BatchSource other = new SimulatedSource(CONFIG.withSeed(SEED + 1).withImpressions(100));
    assertThat(new Log(other).texts("user_id"))
        .isNotEqualTo(Arrays.copyOf(log.texts("user_id"), 100));
  }

  @Test
  void catalogueAndUsersHaveTheColumnsOfTheLog() {
    SimulatedSource source = new SimulatedSource(CONFIG.withImpressions(10));
    assertThat(source.catalogue()).hasSize(CONFIG.items());
    assertThat(source.users()).hasSize(CONFIG.users());
    assertThat(source.columns().names())
        .containsAll(source.catalogue().get(0).keySet())
        .containsAll(source.users().get(0).keySet());
    int item = Integer.parseInt(new Log(source).texts("item_id")[0].substring(1));
    assertThat(source.catalogue().get(item).get("price"))
        .isEqualTo(new Log(source).numbers("price")[0]);
  }

  @Test
  void shopThatIsTooSmallIsRefusedByItsKey() {
    assertThatThrownBy(() -> new SimulatedConfig(9, 100, 100, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("users: expected at least 10, found 9");
  }

  /** Within 5 standard errors in each tenth: a right simulator fails once in some 30,000 runs. */
  private static void assertCalibrated(Log log, String label, String truth) {
    double[] labels = log.numbers(label);
    double[] truths = log.numbers(truth);
    List<Integer> rows =
        Arrays.stream(log.present(label))
            .boxed()
            .sorted((a, b) -> Double.compare(truths[a], truths[b]))
            .toList();
    for (int decile = 0; decile < 10; decile++) {
      List<Integer> tenth =
          rows.subList(rows.size() * decile / 10, rows.size() * (decile + 1) / 10);
      double[] errors = tenth.stream().mapToDouble(i -> labels[i] - truths[i]).toArray();
      double mean = Arrays.stream(errors).average().orElseThrow();
      double variance = Arrays.stream(errors).map(e -> e * e).average().orElseThrow();
      assertThat(mean)
          .as("%s, decile %d, %s", label, decile, WITH_SEED)
          .isCloseTo(0, within(5 * Math.sqrt(variance / errors.length)));
    }
  }
}
