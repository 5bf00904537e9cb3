package org.mtl4j.core.feature;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.Vocabulary;

/** What the ids of a trained table stand for, which says whose row a row of another table is. */
public sealed interface TableIds {
  /**
   * Values that training rows had.
   *
   * @param vocabulary says which id is whose
   */
  record Tokens(Vocabulary vocabulary) implements TableIds {
    @Override
    public String words() {
      return vocabulary.tokens().size() + " tokens";
    }
  }

  /**
   * Hash buckets.
   *
   * @param buckets number of them
   */
  record Buckets(int buckets) implements TableIds {
    @Override
    public String words() {
      return buckets + " hash buckets";
    }
  }

  /**
   * Ranges of a number: the nth is taken for the nth, wherever it begins.
   *
   * @param cuts where they begin
   */
  record Ranges(List<Double> cuts) implements TableIds {
    /** Copies the list. */
    public Ranges {
      cuts = List.copyOf(cuts);
    }

    @Override
    public String words() {
      return (cuts.size() + 1) + " buckets of a number";
    }
  }

  /**
   * What is the same in all data, the hours of a day say.
   *
   * @param rows number of ids
   */
  record Fixed(int rows) implements TableIds {
    @Override
    public String words() {
      return rows + " ids of parts of a time";
    }
  }

  /** What they are, for people. */
  String words();

  /**
   * Which row becomes which row of a table with such ids; empty if the two have no id in common
   * that stands for a value.
   */
  default Optional<RowMapping> onto(TableIds target) {
    if (this instanceof Tokens mine && target instanceof Tokens its) {
      return Optional.of(RowMapping.byToken(mine.vocabulary(), its.vocabulary()))
          .filter(mapping -> mapping.copied() > Vocabulary.FIRST_TOKEN);
    }
    if (this instanceof Buckets mine && equals(target)) {
      return Optional.of(RowMapping.same(mine.buckets() + 1));
    }
    if (this instanceof Ranges mine
        && target instanceof Ranges its
        && mine.cuts().size() == its.cuts().size()) {
      return Optional.of(RowMapping.same(mine.cuts().size() + 2));
    }
    return this instanceof Fixed mine && equals(target)
        ? Optional.of(RowMapping.same(mine.rows()))
        : Optional.empty();
  }

  /**
   * Per trained table of a pipeline what its ids stand for; those that a file gives are not there.
   */
  static Map<String, TableIds> of(FeaturePipeline pipeline) {
    Map<String, TableIds> found = new LinkedHashMap<>();
    for (FittedFeature feature : pipeline.features()) {
      if (feature instanceof FittedIds single) {
        single.tables().stream()
            .filter(table -> !table.kind().frozen())
            .forEach(table -> found.put(table.name(), of(single, table)));
      } else if (feature instanceof FittedList list) {
        list.values().tables().forEach(table -> found.put(table.name(), of(list.values())));
      }
    }
    return Collections.unmodifiableMap(found);
  }

  private static TableIds of(FittedIds feature, TableSpec table) {
    if (feature instanceof FittedCategorical values) {
      return of(values);
    }
    if (feature instanceof FittedCross cross) {
      return of(cross.joined());
    }
    if (feature instanceof FittedPretrained vectors) {
      return of(vectors.values());
    }
    return feature instanceof FittedBuckets number
        ? new Ranges(number.cuts())
        : new Fixed(table.rows());
  }

  private static TableIds of(FittedCategorical values) {
    return values.spec().ids() instanceof Hashed hashed
        ? new Buckets(hashed.buckets())
        : new Tokens(values.vocabulary().orElseThrow());
  }
}
