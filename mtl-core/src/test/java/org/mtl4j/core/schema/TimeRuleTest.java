package org.mtl4j.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.schema.TimeRule.Unit;

class TimeRuleTest {
  private static final TimeRule UTC = new TimeRule(Unit.SECONDS, ZoneId.of("UTC"));
  private static final TimeRule BERLIN =
      new TimeRule(Unit.MILLISECONDS, ZoneId.of("Europe/Berlin"));

  @Test
  void numbersAreUnitsSince1970CutToTheEarlierOne() {
    assertThat(UTC.read(1_711_909_800.9)).hasValue(1_711_909_800);
    assertThat(UTC.read(-0.1)).hasValue(-1);
    assertThat(BERLIN.read("1711909800123")).hasValue(1_711_909_800_123L);
    assertThat(UTC.read("1711909800123")).isEmpty();
    assertThat(UTC.read(-62_135_596_800.0)).hasValue(-62_135_596_800L);
    assertThat(UTC.read(-62_135_596_801.0)).isEmpty();
    assertThat(UTC.read(253_402_300_799.9)).hasValue(253_402_300_799L);
    assertThat(UTC.read(253_402_300_800.0)).isEmpty();
    assertThat(UTC.read(Double.POSITIVE_INFINITY)).isEmpty();
  }

  /** `date -d 2024-03-31T18:30Z +%s` is 1711909800; Berlin was two hours ahead, in winter one. */
  @Test
  void textsWithoutAnOffsetAreOfTheZonesClock() {
    assertThat(UTC.read("2024-03-31T18:30")).hasValue(1_711_909_800);
    assertThat(UTC.read("2024-03-31 18:30:00.999999")).hasValue(1_711_909_800);
    assertThat(UTC.read("2024-03-31T20:30+02:00")).hasValue(1_711_909_800);
    assertThat(UTC.read("2024-03-31")).hasValue(1_711_843_200);
    assertThat(BERLIN.read("2024-03-31T20:30")).hasValue(1_711_909_800_000L);
    assertThat(BERLIN.read("2024-03-30T19:30")).hasValue(1_711_823_400_000L);
    assertThat(BERLIN.read("2024-03-31T18:30:00.123Z")).hasValue(1_711_909_800_123L);
    assertThat(UTC.read("31.3.2024")).isEmpty();
    assertThat(UTC.read("0000-12-31")).isEmpty();
  }

  @Test
  void clockOfTheZoneSaysTheParts() {
    LocalDateTime local = BERLIN.local(1_711_909_800_123L);
    assertThat(local).isEqualTo(LocalDateTime.of(2024, 3, 31, 20, 30));
    assertThat(TimePart.MINUTE.of(local)).isEqualTo(30);
    assertThat(TimePart.HOUR.of(local)).isEqualTo(20);
    assertThat(TimePart.WEEKDAY.of(local)).isEqualTo(6); // A Sunday.
    assertThat(TimePart.DAY_OF_MONTH.of(local)).isEqualTo(30);
    assertThat(TimePart.DAY_OF_YEAR.of(local)).isEqualTo(90);
    assertThat(TimePart.WEEK.of(local)).isEqualTo(12);
    assertThat(TimePart.MONTH.of(local)).isEqualTo(2);
    assertThat(TimePart.QUARTER.of(local)).isZero();
    // 2021 began on a Friday, in the last week of a year of 53.
    assertThat(TimePart.WEEK.of(LocalDateTime.of(2021, 1, 1, 0, 0))).isEqualTo(52);
  }
}
