package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.data.union.ScopedIds;

/** The attributes of a sample of ids: the first value of each, and whether another came. */
final class GroupAttributes {
  private static final int IDS = 16_384;
  private static final int CELLS = 1_000_000;
  private static final double MANY = 0.01;

  private final CategoricalFeature id;
  private final ScopedIds ids;
  private final List<? extends FeatureSpec> attributes;
  private final List<LintedValue> values;
  private final HashSample<Attributes> members;

  /**
   * Of a group.
   *
   * @param id what tells its members apart
   * @param attributes its other features
   */
  GroupAttributes(
      CategoricalFeature id, List<? extends FeatureSpec> attributes, LintSubject subject) {
    this.id = id;
    this.ids = subject.ids(id);
    this.attributes = attributes;
    this.values = attributes.stream().map(f -> LintedValue.of(f, subject.columns())).toList();
    this.members = new HashSample<>(LintLimits.ofHeap().rows(IDS, CELLS, attributes.size()));
  }

  /** What is known of one id: its spelling, and per attribute rows, first value, another one. */
  private record Attributes(String id, int[] rows, long[] first, boolean[] varies) {}

  void observe(RawBatch rows) {
    for (int r = 0; r < rows.rowCount(); r++) {
      int row = r;
      long hash = ValueHash.of(rows, ids.column(), row);
      if (hash != ValueHash.MISSING) {
        members
            .at(hash, domain(rows, row), () -> none(rows.text(ids.column(), row)))
            .ifPresent(known -> compare(known, rows, row));
      }
    }
  }

  /** A domain's ids are its own, unless they are shared. */
  private long domain(RawBatch rows, int row) {
    return ids.domain().isEmpty() ? 0 : ValueHash.of(rows, ids.domain().getAsInt(), row);
  }

  private Attributes none(String text) {
    int n = values.size();
    return new Attributes(Excerpt.of(text), new int[n], new long[n], new boolean[n]);
  }

  private void compare(Attributes known, RawBatch rows, int row) {
    for (int a = 0; a < values.size(); a++) {
      long value = values.get(a).hash(rows, row);
      if (value == ValueHash.MISSING) {
        continue;
      }
      if (known.rows()[a]++ == 0) {
        known.first()[a] = value;
      } else {
        known.varies()[a] |= known.first()[a] != value;
      }
    }
  }

  List<Finding> findings(String check) {
    List<Finding> findings = new ArrayList<>();
    for (int attribute = 0; attribute < values.size(); attribute++) {
      int a = attribute;
      List<Attributes> repeated = members.values().stream().filter(id -> id.rows()[a] > 1).toList();
      List<String> varied =
          repeated.stream().filter(id -> id.varies()[a]).map(Attributes::id).sorted().toList();
      if (varied.size() > MANY * repeated.size()) {
        findings.add(finding(check, attributes.get(a), varied, repeated.size()));
      }
    }
    return findings;
  }

  private Finding finding(String check, FeatureSpec attribute, List<String> varied, int repeated) {
    return new Finding(
        check,
        Severity.WARNING,
        "features." + attribute.name(),
        String.format(
            Locale.ROOT,
            "It differs between training rows of one \"%s\" for %,d of the %,d that come more than"
                + " once, \"%s\" for one (%s).",
            id.column(),
            varied.size(),
            repeated,
            varied.get(0),
            members.words("values")),
        "If it is a property of the moment, leave it out of the group; if it changes in time, each"
            + " row needs the value of its own time.");
  }
}
