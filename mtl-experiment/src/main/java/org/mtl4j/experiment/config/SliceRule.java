package org.mtl4j.experiment.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Discriminator;
import org.mtl4j.core.schema.TimeRule;

/**
 * One way to part the measured rows, of each part of which all figures are reported: an entry of
 * {@code evaluation.slices}. The column is any of the rows', no feature needs to read it. A row
 * without a value is in a slice of such rows.
 */
@Discriminator("by")
public sealed interface SliceRule {
  /** The column that is looked at. */
  String column();

  /** What rows are parted by, in words. */
  String words();

  /**
   * By value: the most frequent ones of the measured rows, and one slice of all others.
   *
   * @param column say, the country
   * @param limit how many values have a slice of their own, 1 to 1000
   */
  @ConfigName("value")
  record Value(String column, @Default("10") int limit) implements SliceRule {
    private static final int MOST = 1000;
    private static final int USUAL = 10;

    /** With as many values as where nobody says how many. */
    public static Value of(String column) {
      return new Value(column, USUAL);
    }

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public Value {
      if (limit < 1 || limit > MOST) {
        throw new IllegalArgumentException("limit: expected 1 to 1000, found " + limit);
      }
    }

    @Override
    public String words() {
      return column;
    }
  }

  /**
   * By whether a training row has the value.
   *
   * @param column say, the user's id
   */
  @ConfigName("known")
  record Known(String column) implements SliceRule {
    @Override
    public String words() {
      return column + ", known or new";
    }
  }

  /**
   * By how many training rows have the value.
   *
   * @param column say, the item's id
   * @param from where each range of numbers begins; what is below the first is a range, too
   */
  @ConfigName("frequency")
  record Frequency(String column, @Default("[1, 10, 100, 1000]") List<Integer> from)
      implements SliceRule {
    /**
     * Copies and checks the numbers.
     *
     * @throws IllegalArgumentException if there is none, or they do not rise from 1 or more
     */
    public Frequency {
      from = List.copyOf(from);
      int last = 0;
      for (int begin : from) {
        if (begin <= last) {
          throw new IllegalArgumentException(
              "from: expected rising numbers of at least 1, found " + from);
        }
        last = begin;
      }
      if (from.isEmpty()) {
        throw new IllegalArgumentException("from: expected a number, found none");
      }
    }

    @Override
    public String words() {
      return column + ", by its training rows";
    }
  }

  /**
   * By time.
   *
   * @param column where the time stands: numbers since 1970, or texts of ISO 8601
   * @param part what of it
   * @param ranges of {@link TimePart#QUANTILE}: how many
   * @param unit of times that are numbers
   * @param zone whose clock says what hour it is, and that of texts without an offset
   */
  @ConfigName("time")
  record Time(
      String column,
      @Default("day") TimePart part,
      @Default("4") int ranges,
      @Default("seconds") TimeRule.Unit unit,
      @Default("UTC") String zone)
      implements SliceRule {
    private static final int MOST = 100;

    /**
     * Checks the number of ranges and the zone.
     *
     * @throws IllegalArgumentException if the number is not 2 to 100, or there is no such zone
     */
    public Time {
      if (ranges < 2 || ranges > MOST) {
        throw new IllegalArgumentException("ranges: expected 2 to 100, found " + ranges);
      }
      rule(unit, zone);
    }

    /** How values are read. */
    public TimeRule rule() {
      return rule(unit, zone);
    }

    private static TimeRule rule(TimeRule.Unit unit, String zone) {
      try {
        return new TimeRule(unit, ZoneId.of(zone));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "zone: expected UTC, a region such as Europe/Berlin or an offset such as +02:00, found \""
                + zone
                + "\"",
            e);
      }
    }

    @Override
    public String words() {
      return column + ", by " + part.words();
    }
  }

  /** What of a time makes a slice. */
  enum TimePart {
    /** Each calendar day. */
    DAY("day"),
    /** Each hour of the day. */
    HOUR("hour of the day"),
    /** Each day of the week. */
    WEEKDAY("day of the week"),
    /** Ranges of about equally many rows, one after the other. */
    QUANTILE("quantile");

    private final String words;

    TimePart(String words) {
      this.words = words;
    }

    private String words() {
      return words;
    }
  }
}
