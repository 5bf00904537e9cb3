package org.mtl4j.core.schema;

import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;

/** A part of a local time that comes again, counted from 0. */
public enum TimePart {
  /** Of the hour. */
  MINUTE(ChronoField.MINUTE_OF_HOUR, 60),
  /** Of the day. */
  HOUR(ChronoField.HOUR_OF_DAY, 24),
  /** Monday first. */
  WEEKDAY(ChronoField.DAY_OF_WEEK, 7),
  /** The first is 0. */
  DAY_OF_MONTH(ChronoField.DAY_OF_MONTH, 31),
  /** 1 January is 0. */
  DAY_OF_YEAR(ChronoField.DAY_OF_YEAR, 366),
  /** Of ISO 8601: week 0 is the one with the year's first Thursday. */
  WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 53),
  /** January is 0. */
  MONTH(ChronoField.MONTH_OF_YEAR, 12),
  /** January to March is 0. */
  QUARTER(IsoFields.QUARTER_OF_YEAR, 4);

  private final TemporalField field;
  private final int size;

  TimePart(TemporalField field, int size) {
    this.field = field;
    this.size = size;
  }

  /** Number of different values. */
  public int size() {
    return size;
  }

  /** The part of a local time, from 0 to {@link #size} - 1. */
  public int of(LocalDateTime time) {
    return (int) (time.get(field) - field.range().getMinimum());
  }
}
