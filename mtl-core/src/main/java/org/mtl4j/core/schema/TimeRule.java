package org.mtl4j.core.schema;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a column's values are points in time, and whose clock says what hour it is. A time is a whole
 * number of units since 1970 began in UTC.
 *
 * @param unit of numbers, in the column and in requests
 * @param zone of the clock, and of texts without an offset
 */
public record TimeRule(Unit unit, ZoneId zone) {
  /** A missing time among whole numbers. */
  public static final long MISSING = Long.MIN_VALUE;

  /** The first second of year 1, since 1970. */
  public static final long FIRST_SECOND = -62_135_596_800L;

  /** The last second of year 9999. */
  public static final long LAST_SECOND = 253_402_300_799L;

  private static final double MICROS_OF_A_SECOND = 1e6;

  /** What times are counted in. */
  public enum Unit {
    /** Seconds. */
    SECONDS(1),
    /** Thousandths of a second. */
    MILLISECONDS(1000);

    private final int perSecond;

    Unit(int perSecond) {
      this.perSecond = perSecond;
    }

    /** How many are a second. */
    public int perSecond() {
      return perSecond;
    }
  }

  /**
   * A time that is a number; its fraction is cut off, to the earlier unit.
   *
   * @return empty for a number that is infinite or not of the years 1 to 9999
   */
  public OptionalLong read(double number) {
    double units = Math.floor(number);
    boolean fits =
        units >= (double) FIRST_SECOND * unit.perSecond()
            && units < (LAST_SECOND + 1.0) * unit.perSecond();
    return fits ? OptionalLong.of((long) units) : OptionalLong.empty();
  }

  /**
   * A time that is a text: a number, or a date or time as {@link TimeShape} reads it.
   *
   * @return empty for anything else, and for years beyond 1 to 9999
   */
  public OptionalLong read(String text) {
    Optional<TimeShape.Time> time = TimeShape.read(text);
    if (time.isEmpty()) {
      return OptionalLong.empty();
    }
    double value = time.get().value();
    return switch (time.get().shape()) {
      case NUMBER -> read(value);
      case OFFSET_DATE_TIME -> units(value, 0);
      case DATE, DATE_TIME -> local(value);
    };
  }

  private OptionalLong local(double seconds) {
    LocalDateTime time = LocalDateTime.ofEpochSecond((long) Math.floor(seconds), 0, ZoneOffset.UTC);
    return units(seconds, zone.getRules().getOffset(time).getTotalSeconds());
  }

  /** From seconds that are exact to the microsecond. */
  private OptionalLong units(double seconds, int offset) {
    double micros = Math.rint((seconds - offset) * MICROS_OF_A_SECOND);
    return read(micros / (MICROS_OF_A_SECOND / unit.perSecond()));
  }

  /** The clock's time in the zone, to the second. */
  public LocalDateTime local(long units) {
    Instant instant = Instant.ofEpochSecond(second(units));
    return LocalDateTime.ofInstant(instant, zone);
  }

  /** The second of a time; those beyond the years 1 to 9999 count as the first or the last one. */
  public long second(long units) {
    long second = Math.floorDiv(units, (long) unit.perSecond());
    return Math.max(FIRST_SECOND, Math.min(second, LAST_SECOND));
  }
}
