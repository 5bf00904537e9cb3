package org.mtl4j.data.fit;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedTimeCycles;
import org.mtl4j.core.feature.FittedTimeIds;
import org.mtl4j.core.feature.TimeReader;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;

/** A time: there is nothing to learn of it but which parts do not vary. */
final class DatetimeFit implements FeatureFit {
  private static final int NONE = -1;

  private final DatetimeFeature spec;
  private final TimeReader reader;
  private final int[] first;
  private final boolean[] varies;

  /** Nothing seen yet. */
  DatetimeFit(DatetimeFeature spec, int column) {
    this.spec = spec;
    this.reader = new TimeReader(spec.rule(), column);
    this.first = new int[spec.layout().parts().size()];
    this.varies = new boolean[first.length];
    Arrays.fill(first, NONE);
  }

  @Override
  public void observe(RawBatch rows) {
    List<TimePart> parts = spec.layout().parts();
    for (int row = 0; row < rows.rowCount(); row++) {
      long time = reader.read(rows, row);
      if (time == TimeRule.MISSING) {
        continue;
      }
      LocalDateTime local = spec.rule().local(time);
      for (int p = 0; p < first.length; p++) {
        int part = parts.get(p).of(local);
        first[p] = first[p] == NONE ? part : first[p];
        varies[p] |= part != first[p];
      }
    }
  }

  @Override
  public FittedFeature fit(List<String> warnings) {
    String subject = "features.%s: ".formatted(spec.name());
    if (first[0] == NONE) {
      warnings.add(
          "%sthe column \"%s\" is missing in every training row; it tells a model nothing."
              .formatted(subject, spec.column()));
    }
    for (int p = 0; p < first.length; p++) {
      if (first[0] != NONE && !varies[p]) {
        String part = spec.layout().parts().get(p).name().toLowerCase(Locale.ROOT);
        warnings.add(
            "%s%s is the same in every training row; leave it out of parts."
                .formatted(subject, part));
      }
    }
    return spec.layout().dim().isPresent() ? new FittedTimeIds(spec) : new FittedTimeCycles(spec);
  }
}
