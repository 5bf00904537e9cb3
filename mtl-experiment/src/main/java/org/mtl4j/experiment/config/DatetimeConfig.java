package org.mtl4j.experiment.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;

/**
 * A point in time, as parts that come again.
 *
 * @param column the source's column; by default the name
 * @param group user, item or context
 * @param unit what numbers count since 1970
 * @param zone whose clock says what hour it is: a region, an offset, or UTC
 * @param parts which ones
 * @param encoding what becomes of a part
 * @param dim for embedding: the width, 8 by default
 * @param serveAs what serving always gives, for a feature that is known in training only
 */
@ConfigName("datetime")
public record DatetimeConfig(
    Optional<String> column,
    Optional<FeatureGroup> group,
    @Default("seconds") TimeRule.Unit unit,
    @Default("UTC") String zone,
    @Default("[hour, weekday]") List<TimePart> parts,
    @Default("embedding") Encoding encoding,
    Optional<Integer> dim,
    Optional<String> serveAs)
    implements FeatureConfig {
  private static final int DIM = 8;

  /** What becomes of a part. */
  public enum Encoding {
    /** Each value is an id, looked up in a table of the part's own. */
    EMBEDDING,
    /** The sine and cosine of its place on a circle. */
    CYCLIC
  }

  /**
   * Checks zone, parts, width and what is served.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public DatetimeConfig {
    TimeRule rule = new TimeRule(unit, zoneId(zone));
    if (encoding == Encoding.CYCLIC && dim.isPresent()) {
      throw new IllegalArgumentException(
          "dim: expected none with cyclic, two numbers a part, found " + dim.get());
    }
    parts = new DatetimeFeature.Layout(parts, dim).parts();
    String served = serveAs.orElse("");
    if (!served.isEmpty() && rule.read(served).isEmpty()) {
      throw new IllegalArgumentException(
          "serve_as: expected %s since 1970, ISO 8601 such as 2024-03-31T18:30, or \"\" for a missing one, found \"%s\""
              .formatted(unit.name().toLowerCase(Locale.ROOT), Excerpt.of(served)));
    }
  }

  private static ZoneId zoneId(String zone) {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "zone: expected UTC, a region such as Europe/Berlin or an offset such as +02:00, found \""
              + zone
              + "\"",
          e);
    }
  }

  @Override
  public FeatureSpec toSpec(String name, Map<String, FeatureConfig> all) {
    Optional<Integer> width =
        encoding == Encoding.CYCLIC ? Optional.empty() : Optional.of(dim.orElse(DIM));
    return new DatetimeFeature(
        name,
        column.orElse(name),
        group,
        new TimeRule(unit, zoneId(zone)),
        new DatetimeFeature.Layout(parts, width));
  }
}
