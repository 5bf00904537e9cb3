package org.mtl4j.core.feature;

import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;

/**
 * {@link TimeIds#encode} in a graph, in whole numbers throughout: java.time knows no graph. Days
 * become dates by Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms"
 * (howardhinnant.github.io/date_algorithms.html), whose years begin in March, so that a leap day is
 * a year's last.
 */
final class TimeTwin {
  private static final long DAY_SECONDS = 86_400;

  /** 1 March of year 0, the beginning of an era of 400 years, is so many days before 1970. */
  private static final long ERA_EPOCH = 719_468;

  private static final long ERA_DAYS = 146_097;

  /** 1 January is day 306 of a year that begins in March; 1 March is day 60 of a leap year. */
  private static final long JANUARY = 306;

  private static final long MARCH = 59;

  private final Ops tf;

  /** A twin that makes its operations in a scope. */
  TimeTwin(Ops tf) {
    this.tf = tf;
  }

  /**
   * Per part its ids [B].
   *
   * @param raw [B], {@link TimeRule#MISSING} for missing
   */
  List<Operand<TInt64>> ids(DatetimeFeature spec, Operand<TInt64> raw) {
    Operand<TInt64> zeros = tf.zerosLike(raw);
    Operand<TBool> missing = tf.math.equal(raw, constant(TimeRule.MISSING));
    Operand<TInt64> units = constant(spec.rule().unit().perSecond());
    Operand<TInt64> second = tf.math.floorDiv(tf.select(missing, zeros, raw), units);
    second = tf.math.maximum(second, constant(TimeRule.FIRST_SECOND));
    second = tf.math.minimum(second, constant(TimeRule.LAST_SECOND));
    Operand<TInt64> local = tf.math.add(second, offset(spec.rule().zone().getRules(), second));
    Map<TimePart, Operand<TInt64>> parts = parts(local);
    List<Operand<TInt64>> ids = new ArrayList<>();
    for (TimePart part : spec.layout().parts()) {
      Operand<TInt64> id = tf.math.add(parts.get(part), constant(1));
      ids.add(tf.select(missing, zeros, id));
    }
    return ids;
  }

  /** Seconds that the zone's clock is ahead of UTC. */
  private Operand<TInt64> offset(ZoneRules rules, Operand<TInt64> second) {
    List<Long> starts = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    Instant first = Instant.ofEpochSecond(TimeRule.FIRST_SECOND);
    offsets.add((long) rules.getOffset(first).getTotalSeconds());
    ZoneOffsetTransition next = rules.nextTransition(first);
    while (next != null && next.toEpochSecond() <= TimeRule.LAST_SECOND) {
      starts.add(next.toEpochSecond());
      offsets.add((long) next.getOffsetAfter().getTotalSeconds());
      next = rules.nextTransition(next.getInstant());
    }
    if (starts.isEmpty()) {
      return constant(offsets.get(0));
    }
    Operand<TInt64> count =
        tf.squeeze(
            tf.upperBound(
                tf.expandDims(constants(starts), tf.constant(0)),
                tf.expandDims(second, tf.constant(0)),
                TInt64.class),
            Squeeze.axis(List.of(0L)));
    return tf.gather(constants(offsets), count, tf.constant(0));
  }

  private Map<TimePart, Operand<TInt64>> parts(Operand<TInt64> local) {
    Operand<TInt64> day = div(local, DAY_SECONDS);
    Operand<TInt64> time = sub(local, times(day, DAY_SECONDS));
    // 1970 began on a Thursday.
    Operand<TInt64> weekday = mod(tf.math.add(day, constant(3)), 7);
    Day date = day(day);
    Operand<TInt64> thursday = tf.math.add(sub(day, weekday), constant(3));
    Map<TimePart, Operand<TInt64>> parts = new EnumMap<>(TimePart.class);
    parts.put(TimePart.MINUTE, mod(div(time, 60), 60));
    parts.put(TimePart.HOUR, div(time, 3600));
    parts.put(TimePart.WEEKDAY, weekday);
    parts.put(TimePart.DAY_OF_MONTH, date.ofMonth());
    parts.put(TimePart.DAY_OF_YEAR, date.ofYear());
    parts.put(TimePart.WEEK, div(day(thursday).ofYear(), 7));
    parts.put(TimePart.MONTH, date.month());
    parts.put(TimePart.QUARTER, div(date.month(), 3));
    return parts;
  }

  /** A day's place in the calendar, all from 0. */
  private record Day(Operand<TInt64> ofMonth, Operand<TInt64> ofYear, Operand<TInt64> month) {}

  private Day day(Operand<TInt64> sinceEpoch) {
    Operand<TInt64> days = tf.math.add(sinceEpoch, constant(ERA_EPOCH));
    Operand<TInt64> ofEra = mod(days, ERA_DAYS);
    Operand<TInt64> leaps =
        sub(sub(tf.math.add(ofEra, div(ofEra, 36_524)), div(ofEra, 1460)), div(ofEra, 146_096));
    Operand<TInt64> year = div(leaps, 365);
    Operand<TInt64> yearStart = sub(tf.math.add(times(year, 365), div(year, 4)), div(year, 100));
    Operand<TInt64> ofMarchYear = sub(ofEra, yearStart);
    Operand<TInt64> march = div(tf.math.add(times(ofMarchYear, 5), constant(2)), 153);
    Operand<TInt64> ofMonth = sub(ofMarchYear, div(tf.math.add(times(march, 153), constant(2)), 5));
    Operand<TInt64> fromMarch = tf.math.add(tf.math.add(ofMarchYear, constant(MARCH)), leap(year));
    Operand<TBool> january = tf.math.greaterEqual(ofMarchYear, constant(JANUARY));
    return new Day(
        ofMonth,
        tf.select(january, sub(ofMarchYear, constant(JANUARY)), fromMarch),
        mod(tf.math.add(march, constant(2)), 12));
  }

  /** 1 for a leap year of an era, else 0. */
  private Operand<TInt64> leap(Operand<TInt64> year) {
    Operand<TInt64> zero = constant(0);
    Operand<TBool> fourth = tf.math.equal(mod(year, 4), zero);
    Operand<TBool> century = tf.math.equal(mod(year, 100), zero);
    Operand<TBool> era = tf.math.equal(mod(year, 400), zero);
    Operand<TBool> leap =
        tf.math.logicalOr(era, tf.math.logicalAnd(fourth, tf.math.logicalNot(century)));
    return tf.dtypes.cast(leap, TInt64.class);
  }

  private Operand<TInt64> sub(Operand<TInt64> a, Operand<TInt64> b) {
    return tf.math.sub(a, b);
  }

  private Operand<TInt64> times(Operand<TInt64> a, long b) {
    return tf.math.mul(a, constant(b));
  }

  private Operand<TInt64> div(Operand<TInt64> a, long b) {
    return tf.math.floorDiv(a, constant(b));
  }

  private Operand<TInt64> mod(Operand<TInt64> a, long b) {
    return tf.math.floorMod(a, constant(b));
  }

  private Operand<TInt64> constant(long value) {
    return tf.constant(value);
  }

  private Operand<TInt64> constants(List<Long> values) {
    return tf.constant(values.stream().mapToLong(Long::longValue).toArray());
  }
}
