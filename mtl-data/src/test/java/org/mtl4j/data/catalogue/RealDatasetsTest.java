package org.mtl4j.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The sets as they are published, counted against the README beside them: skipped where the shared
 * folder is absent. A rate there has one decimal of a percent, so within half of that.
 */
class RealDatasetsTest {
  private static List<Map<String, String>> read(PublicDataset set, Path folder, int rows) {
    List<Map<String, String>> read = SetFiles.rows(set.open(folder));
    assertThat(read).hasSize(rows);
    assertThat(read.get(0).keySet()).containsAll(set.card().columns());
    return read;
  }

  private static void assertRate(
      List<Map<String, String>> rows, String column, String value, double percent) {
    assertThat(100 * SetFiles.rate(rows, column, value))
        .as("%s = %s", column, value)
        .isCloseTo(percent, within(0.05));
  }

  @Test
  void censusIncome() {
    var rows = read(new CensusIncome(), SetFiles.shared("census-income"), 99_762);
    assertRate(rows, "income", "50000+.", 6.20);
    assertRate(rows, "marital_stat", "Never married", 43.25);
    assertThat(rows).extracting(row -> row.get("mig_prev_sunbelt")).contains((String) null);
  }

  @Test
  void adultSpellsTheIncomeAlikeInBothFiles() {
    var rows = read(new Adult(), SetFiles.shared("adult"), 32_561 + 16_281);
    assertThat(rows).extracting(row -> row.get("income")).containsOnly("<=50K", ">50K");
    assertThat(SetFiles.rate(rows, "income", ">50K")).isCloseTo(.24, within(.005));
    assertThat(SetFiles.rate(rows, "marital-status", "Never-married")).isCloseTo(.33, within(.005));
    assertThat(rows).extracting(row -> row.get("workclass")).contains((String) null);
  }

  @Test
  void movieLens100KIsJoinedWithUsersAndFilms() {
    var rows = read(new MovieLens(), SetFiles.shared("movielens-100k"), 100_000);
    assertRate(rows, "click", "1", 55.4);
    assertRate(rows, "purchase", "1", 21.2);
    assertThat(rows.get(0))
        .containsEntry("user_id", "196")
        .containsEntry("item_id", "242")
        .containsEntry("rating", "3")
        .containsEntry("click", "0")
        .containsEntry("title", "Kolya (1996)")
        .containsEntry("release_year", "1996")
        .containsEntry("genres", "Comedy")
        .containsEntry("age", "49")
        .containsEntry("gender", "M")
        .containsEntry("occupation", "writer");
    assertThat(rows).allMatch(row -> row.get("age") != null && row.get("genres") != null);
  }

  @Test
  void aSplitOfMovieLens100KIsJoinedToo() {
    Path split = SetFiles.shared("movielens-100k/ua.test");
    var rows = SetFiles.rows(new MovieLens().open(split));
    assertThat(rows).hasSize(9_430);
    assertThat(rows).allMatch(row -> row.get("occupation") != null && row.get("title") != null);
  }

  @Test
  void onlineShoppers() {
    var rows = read(new OnlineShoppers(), SetFiles.shared("online-shoppers"), 12_330);
    assertRate(rows, "Revenue", "1", 15.5);
    assertThat(rows).extracting(row -> row.get("Weekend")).containsOnly("0", "1");
    double pages =
        rows.stream().filter(row -> Double.parseDouble(row.get("PageValues")) > 0).count();
    assertThat(100 * pages / rows.size()).isCloseTo(22.1, within(0.05));
  }

  @Test
  void aliExpress() {
    Path sample = SetFiles.shared("tiny-samples/aliexpress_train_sample.csv");
    var rows = SetFiles.rows(new AliExpress().open(sample));
    assertThat(rows).isNotEmpty();
    assertThat(rows.get(0)).hasSize(82).containsEntry("search_id", "81");
    assertThat(rows).extracting(row -> row.get("click")).containsOnly("0", "1");
  }

  @Test
  void kuaiRandSample() {
    var rows = read(new KuaiRand(), SetFiles.shared("kuairand-sample"), 41_828);
    assertRate(rows, "is_click", "1", 65.7);
    assertRate(rows, "long_view", "1", 46.2);
    assertRate(rows, "is_profile_enter", "1", 5.3);
    assertRate(rows, "is_comment", "1", 3.0);
    assertRate(rows, "is_forward", "1", 0.8);
    assertRate(rows, "is_follow", "1", 0.7);
  }

  @Test
  void restaurantsAreJoinedWithUsersAndPlaces() {
    var rows = read(new RestaurantConsumer(), SetFiles.shared("restaurant-consumer"), 1_161);
    assertRate(rows, "rating", "2", 41.9);
    assertRate(rows, "food_rating", "2", 44.4);
    assertRate(rows, "service_rating", "2", 36.2);
    assertThat(rows.get(0))
        .containsEntry("userID", "U1077")
        .containsEntry("placeID", "135085")
        .containsKeys("user_smoker", "user_cuisines", "place_city", "place_parking");
    // The copy of the profiles lacks three users who rate.
    assertThat(rows)
        .filteredOn(row -> row.get("user_birth_year") == null)
        .extracting(row -> row.get("userID"))
        .containsOnly("U1024", "U1122", "U1130");
    assertThat(rows).allMatch(row -> row.get("place_Restaurant_Name") != null);
    assertThat(rows).anyMatch(row -> "cash|VISA".equals(row.get("user_payments")));
  }

  @Test
  void aliCcpAsMostProgramsUseIt() {
    Path folder = SetFiles.shared("tiny-samples");
    var rows = SetFiles.rows(new AliCcp().open(folder));
    // Rows of the three files, counted by wc -l less their headers.
    assertThat(rows).hasSize(200);
    assertThat(rows.get(0)).hasSize(33).containsEntry("D109_14", "0.4734");
  }
}
