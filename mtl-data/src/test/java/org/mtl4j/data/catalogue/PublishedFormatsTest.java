package org.mtl4j.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;

/** Sets of which the shared folder has no sample, in small, as their publishers write them. */
class PublishedFormatsTest {
  @TempDir Path folder;

  @Test
  void adultHasARemarkInPlaceOfAHeader() {
    String fields =
        ", State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Husband, White,"
            + " Male, 2174, 0, 40, ?, ";
    SetFiles.write(folder, "adult.test", "|1x3 Cross validator", "39" + fields + "<=50K.");
    SetFiles.write(folder, "adult.data", "50" + fields + ">50K", "");
    List<Map<String, String>> rows = SetFiles.rows(new Adult().open(folder));
    assertThat(rows).extracting(row -> row.get("age")).containsExactly("50", "39");
    assertThat(rows).extracting(row -> row.get("income")).containsExactly(">50K", "<=50K");
    assertThat(rows.get(0)).containsEntry("native-country", null).containsEntry("sex", "Male");
  }

  @Test
  void onlineShoppersOfUciSpellTheirLabelsAsWords() {
    String header = String.join(",", new OnlineShoppers().card().columns());
    SetFiles.write(
        folder,
        "online_shoppers_intention.csv",
        header,
        "0,0,0,0,1,0,0.2,0.2,0,0,Feb,1,1,1,1,Returning_Visitor,FALSE,TRUE");
    assertThat(SetFiles.rows(new OnlineShoppers().open(folder)).get(0))
        .containsEntry("Weekend", "0")
        .containsEntry("Revenue", "1");
  }

  @Test
  void aHeaderOfAnotherSetIsRefused() {
    Path file = SetFiles.write(folder, "online_shoppers_intention.csv", "a,b", "1,2");
    assertThatThrownBy(() -> new OnlineShoppers().open(folder))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            file
                + ", line 1: Expected a header with the column \"Administrative\", found a, b. Check"
                + " that this is the file that the set publishes.");
  }

  @Test
  void kuaiRandPureIsJoinedWithUsersAndVideosAndNotWithStatistics() {
    SetFiles.write(
        folder,
        "data/log_standard_4_08_to_4_21_pure.csv",
        "user_id,video_id,date,is_click,long_view",
        "1,10,20220408,1,0");
    SetFiles.write(
        folder,
        "data/log_random_4_22_to_5_08_pure.csv",
        "user_id,video_id,date,is_click,long_view",
        "2,11,20220422,0,0");
    SetFiles.write(
        folder,
        "data/user_features_pure.csv",
        "user_id,user_active_degree,fans_user_num",
        "1,full_active,7");
    SetFiles.write(
        folder, "data/video_features_basic_pure.csv", "video_id,author_id,tag", "10,5,\"12,65\"");
    SetFiles.write(folder, "data/video_features_statistic_pure.csv", "video_id,show_cnt", "10,99");
    assertThat(SetFiles.rows(new KuaiRand().open(folder)))
        .containsExactly(
            Map.of(
                "user_id", "1",
                "video_id", "10",
                "date", "20220408",
                "is_click", "1",
                "long_view", "0",
                "user_active_degree", "full_active",
                "user_fans_user_num", "7",
                "video_author_id", "5",
                "video_tag", "12|65"));
    var all = new KuaiRand.Config(List.of(folder.toString()), KuaiRand.Logs.ALL);
    assertThat(SetFiles.rows(new KuaiRand().factory().create(all)))
        .extracting(row -> row.get("user_id"))
        .containsExactly("2", "1");
  }

  @Test
  void amazonOf2018And2023GiveTheSameColumns() {
    SetFiles.write(
        folder,
        "Old.json",
        "{\"overall\": 5.0, \"verified\": true, \"reviewerID\": \"A1\", \"asin\": \"B1\","
            + " \"unixReviewTime\": 1500000000, \"vote\": \"3\", \"summary\": \"Good\","
            + " \"reviewText\": \"x | y\", \"style\": {\"Color:\": \"Red\"}}");
    SetFiles.write(
        folder,
        "meta_Old.json",
        "{\"asin\": \"B1\", \"title\": \"Brush\", \"brand\": \"Br\", \"category\": [\"a\", \"b\"],"
            + " \"price\": \"$1\"}");
    SetFiles.write(
        folder,
        "New.jsonl",
        "{\"rating\": 2.0, \"title\": \"Bad\", \"text\": \"\", \"asin\": \"B9\", \"parent_asin\":"
            + " \"B2\", \"user_id\": \"A2\", \"timestamp\": 1588687728923, \"helpful_vote\": 0,"
            + " \"verified_purchase\": false, \"images\": [{\"url\": \"u\"}]}");
    List<Map<String, String>> rows = SetFiles.rows(new AmazonReviews().open(folder));
    assertThat(rows.get(0))
        .containsEntry("user_id", "A2")
        .containsEntry("item_id", "B2")
        .containsEntry("rating", "2.0")
        .containsEntry("timestamp", "1588687728923")
        .containsEntry("verified", "0")
        .containsEntry("text", null)
        .containsEntry("brand", null);
    assertThat(rows.get(1))
        .containsEntry("user_id", "A1")
        .containsEntry("item_id", "B1")
        .containsEntry("verified", "1")
        .containsEntry("helpful_votes", "3")
        .containsEntry("text", "x | y")
        .containsEntry("item_title", "Brush")
        .containsEntry("categories", "a|b");
  }

  private Path yelp(String name, String... lines) {
    return SetFiles.write(folder, "yelp_academic_dataset_" + name + ".json", lines);
  }

  @Test
  void yelpIsJoinedWithBusinessesAndUsersWithoutTheirAverages() {
    yelp(
        "review",
        "{\"review_id\":\"r1\",\"user_id\":\"u1\",\"business_id\":\"b1\",\"stars\":4.0,\"useful\":1,"
            + "\"funny\":0,\"cool\":0,\"text\":\"a\\nb\",\"date\":\"2018-07-07 22:09:11\"}");
    yelp(
        "business",
        "{\"business_id\":\"b1\",\"city\":\"Tampa\",\"stars\":5.0,\"attributes\":{\"A\":\"True\"},"
            + "\"categories\":\"Coffee & Tea, Food\"}");
    yelp("user", "{\"user_id\":\"u1\",\"average_stars\":4.5,\"yelping_since\":\"2007-01-25\"}");
    assertThat(SetFiles.rows(new Yelp().open(folder)).get(0))
        .containsEntry("stars", "4.0")
        .containsEntry("text", "a\nb")
        .containsEntry("categories", "Coffee & Tea|Food")
        .containsEntry("city", "Tampa")
        .containsEntry("yelping_since", "2007-01-25")
        .doesNotContainKeys("average_stars", "review_count");
  }

  @Test
  void aLineThatIsAListIsRefusedWithItsPlace() {
    Path file = yelp("review", "{\"review_id\":\"r1\"}", "[1, 2]");
    assertThatThrownBy(() -> SetFiles.rows(new Yelp().open(folder)))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            file
                + ", line 2: Expected an object, found a list. Check that this is the file that the"
                + " set publishes: one object a line.");
  }

  @Test
  void aLineThatIsCutOffIsRefusedWithItsPlace() {
    Path file = yelp("review", "{\"review_id\":\"r1\"}", "{\"review_id\":\"r2\", \"us");
    assertThatThrownBy(() -> SetFiles.rows(new Yelp().open(folder)))
        .isInstanceOf(MtlException.class)
        .hasMessageStartingWith(file + ", line ")
        .hasMessageContaining("Expected an object of JSON, found ")
        .hasMessageEndingWith("Mend the line, or fetch the file again if it is cut off.");
  }

  @Test
  void anObjectOfAnotherKindIsRefused() {
    Path file = yelp("review", "{\"id\":\"r1\"}");
    assertThatThrownBy(() -> SetFiles.rows(new Yelp().open(folder)))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            file
                + ", line 1: Expected an object with review_id, found none. Check that this is the"
                + " file that the set publishes: one object a line.");
  }

  @Test
  void taobaoEventsBecomeUsersWithItems() {
    SetFiles.write(
        folder,
        "UserBehavior.csv",
        "1,10,100,pv,1511544070",
        "1,11,100,fav,1511544071",
        "1,10,100,buy,1511544069",
        "2,10,100,pv,1511544075",
        "2,10,100,cart,1511544076");
    assertThat(SetFiles.rows(new TaobaoUserBehavior().open(folder)))
        .extracting(row -> String.join(" ", row.values()))
        .containsExactly(
            "1 10 100 1511544069 1 0 0 1",
            "1 11 100 1511544071 0 0 1 0",
            "2 10 100 1511544075 1 1 0 0");
  }

  @Test
  void aTaobaoUserWhoComesAgainIsRefused() {
    Path file =
        SetFiles.write(
            folder, "UserBehavior.csv", "1,10,100,pv,1", "2,10,100,pv,2", "1,10,100,buy,3");
    assertThatThrownBy(() -> SetFiles.rows(new TaobaoUserBehavior().open(folder)))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            file
                + ", line 3: Expected a user's events one after another, found that user \"1\" comes"
                + " again. Sort the events by user: sort -s -t, -k1,1 UserBehavior.csv.");
  }

  @Test
  void theFirstOfTaobaoTimesMayBeBelowZero() {
    SetFiles.write(
        folder, "UserBehavior.csv", "1,10,100,pv,1511544070", "1,10,100,buy,-2134949234");
    assertThat(SetFiles.rows(new TaobaoUserBehavior().open(folder)))
        .extracting(row -> row.get("timestamp"))
        .containsExactly("-2134949234");
  }

  @Test
  void kuaiRandInPartsIsJoinedToo() {
    String header = "user_id,video_id,date,is_click,long_view";
    SetFiles.write(folder, "log_standard_4_08_to_4_21_27k_part1.csv", header, "1,10,20220408,1,0");
    SetFiles.write(folder, "log_standard_4_08_to_4_21_27k_part2.csv", header, "2,11,20220409,0,0");
    SetFiles.write(folder, "user_features_27k.csv", "user_id,user_active_degree", "2,full_active");
    assertThat(SetFiles.rows(new KuaiRand().open(folder)))
        .extracting(row -> row.get("user_active_degree"))
        .containsExactly(null, "full_active");
  }

  @Test
  void twoEditionsInOneFolderAreNotMixed() {
    String header = "user_id,video_id,date,is_click,long_view";
    Path one = SetFiles.write(folder, "log_standard_1_1k.csv", header, "1,10,20220408,1,0");
    Path pure = SetFiles.write(folder, "log_standard_1_pure.csv", header, "1,11,20220409,0,0");
    assertThatThrownBy(() -> new KuaiRand().open(folder))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            pure
                + ": Expected rows of one edition of kuairand, found those of "
                + one
                + " too. Name the folder of one of them in data.source.path.");
  }

  @Test
  void aFileThatIsThereTwiceIsReadOnce() {
    String row = "1,10,100,pv,1511544070";
    SetFiles.write(folder, "UserBehavior.csv", row);
    SetFiles.write(folder, "UserBehavior.csv.gz", "what nobody reads");
    assertThat(SetFiles.rows(new TaobaoUserBehavior().open(folder))).hasSize(1);
  }

  @Test
  void kuaiRandIsFetchedWithThePublishersChecksums() {
    assertThat(new KuaiRand().card().editions())
        .flatExtracting(Edition::files)
        .allMatch(file -> file.url().isPresent() && file.checksum().isPresent());
  }

  @Test
  void anUnknownBehaviourIsRefusedWithItsPlace() {
    Path file = SetFiles.write(folder, "UserBehavior.csv", "1,10,100,pv,1", "1,10,100,look,2");
    assertThatThrownBy(() -> SetFiles.rows(new TaobaoUserBehavior().open(folder)))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            file
                + ", line 2: Expected one of pv, cart, fav, buy as behaviour, found \"look\". Check"
                + " that this is the file that the set publishes.");
  }
}
