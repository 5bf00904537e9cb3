package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListFeature;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;

/**
 * Values of hashed features that share a bucket, and so a row of the table, with another. Counted
 * exactly up to 65,536 different values a table, fewer where many tables share the memory; beyond
 * that in some of the buckets, by hash, with all the values of each.
 */
final class HashCollisions implements LintCheck {
  private static final int VALUES = 65_536;
  private static final int CELLS = 262_144;

  /** Of fewer buckets than these a sample says little. */
  private static final int LEAST_BUCKETS = 16;

  private final String name;
  private final List<Table> tables = new ArrayList<>();

  HashCollisions(String name, LintSubject subject) {
    this.name = name;
    Map<String, List<Input>> inputs = new LinkedHashMap<>();
    for (FeatureSpec feature : subject.features()) {
      CategoricalFeature value = value(feature);
      if (value != null && value.ids() instanceof Hashed) {
        inputs
            .computeIfAbsent(value.table(), table -> new ArrayList<>())
            .add(Input.of(feature, subject.columns()));
      }
    }
    int limit = LintLimits.ofHeap().rows(VALUES, CELLS, inputs.size());
    inputs.values().forEach(of -> tables.add(new Table(of, limit)));
  }

  private static CategoricalFeature value(FeatureSpec feature) {
    if (feature instanceof ListFeature list) {
      return list.value();
    }
    if (feature instanceof CrossFeature cross) {
      return cross.value();
    }
    return feature instanceof CategoricalFeature categorical ? categorical : null;
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    if (split == Split.TRAIN) {
      tables.forEach(table -> table.observe(rows));
    }
  }

  @Override
  public List<Finding> findings() {
    return tables.stream()
        .map(Table::collisions)
        .filter(Collisions::any)
        .map(this::finding)
        .toList();
  }

  private Finding finding(Collisions found) {
    Table table = found.table();
    String evidence =
        table.isCrowded()
            ? String.format(
                Locale.ROOT,
                "The table \"%s\" of hash_buckets: %d has more than %,d different values in the"
                    + " training rows: all of them share a bucket with others.",
                table.first.table(),
                table.rule.buckets(),
                table.limit)
            : String.format(
                Locale.ROOT,
                "The table \"%s\" of hash_buckets: %d has %s%,d different values in the training"
                    + " rows: %,d of them share a bucket with another, and %.1f %% of all values in"
                    + " the rows are such (%s).",
                table.first.table(),
                table.rule.buckets(),
                table.values.oneIn() == 1 ? "" : "about ",
                found.values(),
                found.sharing(),
                100 * found.rowShare(),
                table.values.words("buckets"));
    return new Finding(
        name, Severity.WARNING, "features." + table.first.name(), evidence, remedy(found));
  }

  private static String remedy(Collisions found) {
    long more = 10 * found.values();
    while (more <= found.table().rule.buckets()) {
      more *= 10;
    }
    return more > Integer.MAX_VALUE
        ? "A model cannot tell such values apart."
        : String.format(
            Locale.ROOT,
            "A model cannot tell such values apart: with hash_buckets: %d about %,d would share one;"
                + " without hash_buckets, by a vocabulary, none.",
            more,
            Math.round(expectedSharing(found.values(), more)));
  }

  /**
   * n (1 - (1 - 1 / m)^(n - 1)): each of n values shares one of m buckets unless no other is in it.
   */
  private static double expectedSharing(long values, long buckets) {
    return -values * Math.expm1((values - 1) * Math.log1p(-1.0 / buckets));
  }

  /**
   * What is known of a table.
   *
   * @param values different values; no less than these if the table is crowded
   * @param sharing how many of them share a bucket
   * @param rowShare what part of all values in the rows they are
   */
  private record Collisions(Table table, long values, long sharing, double rowShare) {
    boolean any() {
      return sharing > 0 || table.isCrowded();
    }
  }

  /** A feature and its columns, of a cross more than one. */
  private record Input(FeatureSpec feature, List<Integer> columns) {
    static Input of(FeatureSpec feature, Columns columns) {
      return new Input(feature, feature.columns().stream().map(columns::indexOf).toList());
    }

    List<String> values(RawBatch rows, int row) {
      if (feature instanceof CrossFeature) {
        List<String> texts = new ArrayList<>();
        columns.forEach(column -> texts.add(rows.text(column, row)));
        return texts.stream().anyMatch(text -> text == null || text.isEmpty())
            ? List.of()
            : List.of(CrossFeature.join(texts));
      }
      String text = rows.text(columns.get(0), row);
      if (!(feature instanceof ListFeature list)) {
        return text == null || text.isEmpty() ? List.of() : List.of(text);
      }
      List<String> values = list.list().values(text);
      return list.weight().isEmpty()
          ? values
          : values.stream().map(list.weight().get()::value).filter(v -> !v.isEmpty()).toList();
    }
  }

  /** A value, and how often it came. */
  private static final class Seen {
    private final int bucket;
    private long times;

    Seen(int bucket) {
      this.bucket = bucket;
    }
  }

  /** The values of a table's features. */
  private static final class Table {
    private final List<Input> inputs;
    private final CategoricalFeature first;
    private final Hashed rule;
    private final int limit;
    private final HashSample<Seen> values;

    Table(List<Input> inputs, int limit) {
      this.inputs = inputs;
      this.first = value(inputs.get(0).feature());
      this.rule = (Hashed) first.ids();
      this.limit = limit;
      this.values = new HashSample<>(limit);
    }

    void observe(RawBatch rows) {
      for (Input input : inputs) {
        for (int row = 0; row < rows.rowCount(); row++) {
          input.values(rows, row).forEach(this::add);
        }
      }
    }

    /** All values of a bucket are in the sample, or none. */
    private void add(String value) {
      int bucket = rule.bucket(value);
      values
          .at(ValueHash.mix(bucket), ValueHash.of(value), () -> new Seen(bucket))
          .ifPresent(seen -> seen.times++);
    }

    Collisions collisions() {
      Map<Integer, Integer> inBucket = inBucket();
      long sharing = 0;
      long shared = 0;
      long times = 0;
      for (Seen seen : values.values()) {
        boolean shares = inBucket.get(seen.bucket) > 1;
        sharing += shares ? 1 : 0;
        shared += shares ? seen.times : 0;
        times += seen.times;
      }
      return new Collisions(
          this,
          isCrowded() ? limit : values.distinct(),
          sharing * values.oneIn(),
          shared / (double) Math.max(1, times));
    }

    /** Whether buckets hold so many values each that too few of them are in the sample. */
    boolean isCrowded() {
      return values.oneIn() > 1 && inBucket().size() < LEAST_BUCKETS;
    }

    private Map<Integer, Integer> inBucket() {
      Map<Integer, Integer> inBucket = new LinkedHashMap<>();
      values.values().forEach(seen -> inBucket.merge(seen.bucket, 1, Integer::sum));
      return inBucket;
    }
  }
}
