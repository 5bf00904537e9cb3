package org.mtl4j.experiment.describe;

import java.util.Locale;
import java.util.regex.Pattern;
import org.mtl4j.data.describe.ColumnSummary;
import org.mtl4j.data.describe.ColumnSummary.Texts;

/** What a column of an unknown table is likely to be for. */
enum ColumnRole {
  /** Two values, and a name as labels have. */
  BINARY_LABEL,
  /** Numbers, and a name as ratings and times spent have. */
  NUMBER_LABEL,
  /** A point in time. */
  TIME,
  /** One of many: a user, an item. */
  ID,
  /** One of a few. */
  CATEGORY,
  /** Several values in one text. */
  LIST,
  /** Words. */
  TEXT,
  /** A number. */
  NUMBER,
  /** Another value in almost every row: the row's own id, or free text. */
  UNIQUE,
  /** At most one value. */
  CONSTANT;

  private static final Pattern LABEL =
      Pattern.compile(
          "(is_|has_|y_)?(click(ed|s)?|conver(sion|ted)|purchased?|bought|buy|order(ed)?|cart"
              + "|add(ed)?_to_cart|liked?|follow(ed)?|shared?|forward(ed)?|comment(ed)?|label"
              + "|target|y|class|churn(ed)?|revenue|income|subscribed|long_view|install(ed)?"
              + "|favou?rites?|fav|profile_enter|recommended.*)");
  private static final Pattern AMOUNT =
      Pattern.compile("(.*_)?rating|score|stars|(dwell|watch|play)_?(time|ms|seconds)?(_ms)?");

  /** More different whole numbers than this are no classes. */
  private static final int FEW = 20;

  private static final int DENSE_IDS = 200;
  private static final double DENSE = 0.8;
  private static final double NEARLY_ALL = 0.9;

  /** Names seldom have so many. */
  private static final double WORDS = 3;

  /** The likely role of a column of a table of so many rows. */
  static ColumnRole of(ColumnSummary column, long rows) {
    long present = rows - column.missing();
    int distinct = column.distinct().count();
    if (distinct <= 1) {
      return CONSTANT;
    }
    if (column.type() == ColumnSummary.Type.TIME) {
      return TIME;
    }
    String name = column.name().toLowerCase(Locale.ROOT);
    if (distinct == 2) {
      return LABEL.matcher(name).matches() ? BINARY_LABEL : CATEGORY;
    }
    boolean number = column.type() == ColumnSummary.Type.NUMBER;
    if (number && AMOUNT.matcher(name).matches()) {
      return NUMBER_LABEL;
    }
    if (number && !isId(column, name)) {
      return isWhole(column) && distinct <= FEW ? CATEGORY : NUMBER;
    }
    if (column.texts().flatMap(Texts::separator).isPresent()) {
      return LIST;
    }
    if (column.texts().filter(texts -> texts.words() >= WORDS).isPresent()
        && distinct > DENSE_IDS) {
      return TEXT;
    }
    // Of values beyond those that were told apart, nobody knows how often they come.
    boolean unique = distinct >= NEARLY_ALL * present;
    if (unique || (!column.distinct().exact() && !number && !name.endsWith("id"))) {
      return UNIQUE;
    }
    return number || name.endsWith("id") || distinct > DENSE_IDS ? ID : CATEGORY;
  }

  private static boolean isWhole(ColumnSummary column) {
    return column.range().orElseThrow().whole();
  }

  /** By its name, or as whole numbers that leave hardly a gap. */
  private static boolean isId(ColumnSummary column, String name) {
    var range = column.range().orElseThrow();
    boolean dense =
        column.distinct().count() > DENSE_IDS
            && column.distinct().count() > DENSE * (range.max() - range.min() + 1);
    return range.whole() && (dense || name.equals("id") || name.endsWith("_id"));
  }
}
