package org.mtl4j.cli;

import static org.mtl4j.cli.BrokenShop.HEADER;
import static org.mtl4j.cli.BrokenShop.NUMBER_REMEDY;
import static org.mtl4j.cli.BrokenShop.ROWS;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What {@code mtl train} says of values that nothing can be learnt from, word for word. */
class BadValuesTest extends BrokenShopTest {
  private static final String TIME_REMEDY =
      "  Write all times alike, as ISO 8601 or as numbers such as seconds since 1970, or leave such"
          + " rows out by data.where.";

  @Test
  void missingColumnsAreAllNamedWithTheirTasksAndFeatures() throws IOException {
    shop.log("usr,prize,clicked\n" + ROWS);
    assertRefused(
        "error: features.user (DIR/broken.yaml:9:3): The source has no column \"user\".",
        "  Did you mean \"usr\"?",
        "error: features.price (DIR/broken.yaml:10:3): The source has no column \"price\".",
        "  Did you mean \"prize\"?");
    shop.log("user,price,clicked\n" + ROWS);
    assertRefused(
        "error: tasks.click.label (DIR/broken.yaml:12:25): The expression \"click\" reads the column \"click\", which the"
            + " source does not have.",
        "  Did you mean \"clicked\"?");
  }

  @Test
  void aColumnThatGroupsRowsAndIsNotThere() throws IOException {
    shop.with("training:", "evaluation: {group_by: usr}\ntraining:");
    assertRefused(
        "error: evaluation.group_by (DIR/broken.yaml:14:14): The source has no column \"usr\".",
        "  Did you mean \"user\"?");
    shop.assertRefused(
        shop.train("--set", "evaluation.group_by=prices"),
        "error: evaluation.group_by (--set evaluation.group_by): The source has no column"
            + " \"prices\".",
        "  Did you mean \"price\"?");
  }

  @Test
  void timesThatCannotBeCompared() throws IOException {
    shop.with("{by: every, test: 4}", "{by: time, column: price, test_from: \"2024-01-01\"}");
    assertRefused(
        "error: data.split.test_from (DIR/broken.yaml:7:36): Expected a number, as in the column"
            + " \"price\" (DIR/log.csv, line 2), found \"2024-01-01\".",
        "  Write it as the column's times are written.");
    shop.with("column: price", "column: day").log("user,price,click,day\n" + days("2024-01-02"));
    shop.with("test_from: \"2024-01-01\"", "test_from: 900");
    assertRefused(
        "error: data.split.test_from (DIR/broken.yaml:7:34): Expected a date such as 2024-03-31, as"
            + " in the column \"day\" (DIR/log.csv, line 2), found \"900\".",
        "  Write it as the column's times are written.");
    String shapes =
        "a number, a date such as 2024-03-31, or a date with a time such as 2024-03-31T18:30:00,"
            + " with or without its offset";
    shop.with("test_from: 900", "test: 0.5").log("user,price,click,day\n" + days("x7"));
    assertRefused(
        "error: DIR/log.csv, line 2: Rows are split by the time in column \"day\": expected "
            + shapes
            + ", found \"x7\".",
        TIME_REMEDY);
    String rows = days("2024-01-02").replace("cid,7,1,2024-01-02", "cid,7,1,1/13/2010");
    shop.log("user,price,click,day\n" + rows);
    assertRefused(
        "error: DIR/log.csv, line 8: Rows are split by the time in column \"day\": expected a date"
            + " such as 2024-03-31, as in DIR/log.csv, line 2, found \"1/13/2010\".",
        TIME_REMEDY);
    shop.log("user,price,click,day\n" + days("7").replace("cid,7,1,7", "cid,7,1,1e400"));
    assertRefused(
        "error: DIR/log.csv, line 8: Rows are split by the time in column \"day\": expected a"
            + " finite number, found \"1e400\".",
        TIME_REMEDY);
  }

  private static String days(String day) {
    return ROWS.replace("\n", "," + day + "\n");
  }

  @Test
  void aLabelOfTooManyClasses() throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < 20_000; i++) {
      rows.append("ann,").append(i).append(",id").append(i).append('\n');
    }
    shop.with("type: binary", "type: multiclass").log(rows.toString());
    assertRefused(
        "error: tasks.click.label (DIR/broken.yaml:12:29): Expected at most 10,000 classes, found"
            + " more in the first 10,001 rows that have a say, such as \"id1\", \"id10\","
            + " \"id10001\".",
        "  Take type: regression if it is a number, or type: binary with the values of positive that"
            + " mean yes.");
  }

  @Test
  void aLabelThatIsNoNumber() throws IOException {
    shop.log(HEADER + "ann,1,yes\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 2: The label of task \"click\" is 0 or 1, found \"yes\".",
        "  Name the label values that mean yes in tasks.click.positive.");
    shop.with("type: binary", "type: regression");
    assertRefused(
        "error: DIR/log.csv, line 2: The column \"click\" is used as a number, and \"yes\" is not"
            + " one.",
        NUMBER_REMEDY);
    shop.log(HEADER + "ann,1,1e39\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 2: The label of task \"click\" is a finite number below 3.4e38,"
            + " found 1.0E39.",
        "  Leave such rows out by where, or mark the value as missing in data.source.missing.");
  }

  @Test
  void textInANumericColumn() throws IOException {
    for (String text : new String[] {"two", "12d", "0x1p3", "1_000", "1,5"}) {
      shop.log(HEADER + "ann,1.5,0\nbob,\"" + text + "\",1\n" + ROWS);
      assertRefused(
          "error: DIR/log.csv, line 3: The column \"price\" is used as a number, and \""
              + text
              + "\" is not one.",
          NUMBER_REMEDY);
    }
    shop.log(HEADER + "ann,1.5,0\nbob, 2,1\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 3: The column \"price\" is used as a number, and \" 2\" is not"
            + " one.",
        "  Take the blanks off; data.source.trim: true does that while it reads.");
  }

  @Test
  void infiniteNumbersAndThoseBeyondAFloat() throws IOException {
    for (String text : new String[] {"inf", "-Infinity", "3.5e38", "1e999"}) {
      shop.log(HEADER + "ann,1.5,0\nbob," + text + ",1\n" + ROWS);
      assertRefused(
          "error: DIR/log.csv, line 3: The column \"price\" is used as a number: expected a finite"
              + " one of at most 3.4e38, found \""
              + text
              + "\".",
          "  Leave such rows out by data.where, or add the value to data.source.missing.");
    }
  }

  @Test
  void aMillionCharactersInANumericColumnAreQuotedInShort() throws IOException {
    shop.log(HEADER + "ann," + "9x".repeat(500_000) + ",0\n" + ROWS);
    assertRefused(
        "error: DIR/log.csv, line 2: The column \"price\" is used as a number, and \""
            + "9x".repeat(28)
            + "9...\" is not one.",
        NUMBER_REMEDY);
  }

  @Test
  void oneClassOnly() throws IOException {
    shop.log(HEADER + ROWS.replace(",1\n", ",0\n"));
    assertRefused(
        "error: tasks.click (DIR/broken.yaml:12:3): Expected at least two different labels among the training rows of this"
            + " task, found 0 in all 6.",
        "  Check tasks.click.label, positive and where, or split the data otherwise.");
  }

  @Test
  void noRowsAfterWhere() throws IOException {
    shop.with("  split", "  where: price > 100\n  split");
    assertRefused(
        "error: data (DIR/broken.yaml:2:1): Expected rows to train on, found none.",
        "  Check data.where, and what data.split leaves for training.");
    shop.with("  where: price > 100\n", "").with("label: click", "label: click, where: price < 0");
    assertRefused(
        "error: tasks.click (DIR/broken.yaml:12:3): No training row has a say in this task: everywhere its label is"
            + " missing, its where is not true, or its weight is 0.",
        "  Check tasks.click.label and where, data.where and data.split.");
  }

  @Test
  void numbersThatAreNotThereAndFeaturesThatDoNotVaryAreNoErrors() throws IOException {
    shop.log(HEADER + ROWS.replaceAll(",[0-9.]+,", ",NaN,").replaceAll("ann|bob|cid", "ann"));
    shop.assertWarned(
        shop.train(),
        "warning: features.user: the column \"user\" is \"ann\" in every training row; it tells a"
            + " model nothing.",
        "warning: features.price: the column \"price\" is missing in every training row; it tells a"
            + " model nothing.");
  }

  @Test
  void aMillionCharactersAreAValueLikeAnyOther() throws IOException {
    shop.log(HEADER + ROWS.replace("cid", "c".repeat(1_000_000)));
    shop.assertWarned(shop.train());
  }

  @Test
  void aVocabularyThatOutgrowsItsLimit() throws IOException {
    shop.with("dim: 2}", "dim: 2, max_size: 2}");
    shop.assertWarned(
        shop.train(),
        "warning: table user: 3 values outgrow max_size = 2; the 1 rarest of them, 33.3 % of all"
            + " that was counted, are out of vocabulary. Raise max_size, or take hash_buckets.");
  }

  @Test
  void aLimitOfAVocabularyThatThereIsNot() throws IOException {
    shop.with("dim: 2}", "dim: 2, max_size: 2, hash_buckets: 9}");
    assertRefused(
        "error: features.user.max_size (DIR/broken.yaml:9:37): Expected none beside hash_buckets,"
            + " which have no vocabulary, found 2.");
    shop.with("max_size: 2, hash_buckets: 9", "max_size: 0");
    assertRefused(
        "error: features.user.max_size (DIR/broken.yaml:9:37): Expected at least 1, found 0.");
  }
}
