package org.mtl4j.core.feature;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.core.schema.Vocabulary;

/** The parts of times, whatever becomes of them: 0 for a missing time, else 1 and the part. */
final class TimeIds {
  private TimeIds() {}

  static RawInput input(DatetimeFeature spec) {
    return new RawInput(spec.name(), spec.column(), new RawType.Times(spec.rule()));
  }

  /** No other feature's table has a slash in its name. */
  static String table(DatetimeFeature spec, TimePart part) {
    return spec.name() + "/" + part.name().toLowerCase(Locale.ROOT);
  }

  /** Per part [n]. */
  static List<int[]> encode(DatetimeFeature spec, RawBatch rows) {
    TimeReader reader = new TimeReader(spec.rule(), rows.columns().indexOf(spec.column()));
    List<TimePart> parts = spec.layout().parts();
    int[][] ids = new int[parts.size()][rows.rowCount()];
    for (int r = 0; r < rows.rowCount(); r++) {
      long time = reader.read(rows, r);
      if (time == TimeRule.MISSING) {
        continue; // Vocabulary.MISSING is what an array begins with.
      }
      LocalDateTime local = spec.rule().local(time);
      for (int p = 0; p < ids.length; p++) {
        ids[p][r] = Vocabulary.MISSING + 1 + parts.get(p).of(local);
      }
    }
    return List.of(ids);
  }
}
