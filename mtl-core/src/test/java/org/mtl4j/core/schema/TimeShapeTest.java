package org.mtl4j.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeShapeTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);

  /** Against java.time: random date-times of 9999 years and their neighbours, in all spellings. */
  @Test
  void timesAreReadAsJavaReadsThem() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      LocalDateTime time =
          LocalDateTime.of(1 + random.nextInt(9_999), 1 + random.nextInt(12), 1, 0, 0)
              .plusSeconds(random.nextInt(86_400 * 28))
              .plusNanos(i % 3 == 0 ? 0 : random.nextInt(1_000_000_000));
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(1_200) - 600));
      assertTime(
          time.toLocalDate().toString(),
          TimeShape.DATE,
          time.toLocalDate().atStartOfDay(),
          ZoneOffset.UTC);
      assertTime(time.toString(), TimeShape.DATE_TIME, time, ZoneOffset.UTC);
      assertTime(time.atOffset(offset).toString(), TimeShape.OFFSET_DATE_TIME, time, offset);
    }
  }

  private static void assertTime(
      String text, TimeShape shape, LocalDateTime expected, ZoneOffset offset) {
    assertThat(TimeShape.read(text))
        .as("%s, seed %d", text, SEED)
        .hasValueSatisfying(
            time -> {
              assertThat(time.shape()).isEqualTo(shape);
              Instant instant = expected.toInstant(offset);
              int micros = instant.getNano() / 1_000;
              double seconds = instant.getEpochSecond() + micros / 1e6;
              assertThat(time.value()).isEqualTo(seconds);
            });
  }

  @Test
  void whatIsNeitherANumberNorATimeOfIso8601IsNone() {
    String[] none = {
      "",
      "x7",
      "1/13/2010",
      "2024",
      "2024-3-1",
      "2024-02-30",
      "2024-03",
      "20240301T10:00",
      "2024-03-01T",
      "2024-03-01T24:00",
      "2024-03-01t10:00",
      "2024-03-01T10",
      "2024-03-01T10:00:60",
      "2024-03-01T10:00:00.",
      "2024-03-01T10:00.5",
      "2024-03-01T10:00:00.1234567890",
      "2024-03-01T10:00+99:00",
      "2024-03-01T10:00 UTC",
      " 2024-03-01",
      "2024-03-01 ",
      "NaN"
    };
    for (String text : none) {
      assertThat(TimeShape.read(text).filter(time -> time.shape() != TimeShape.NUMBER))
          .as(text)
          .isEmpty();
    }
    assertThat(TimeShape.read("2024")).contains(new TimeShape.Time(TimeShape.NUMBER, 2024));
    assertThat(TimeShape.read("x7")).isEmpty();
  }
}
