package org.mtl4j.data.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.CategoricalFeature.IdRule;
import org.mtl4j.core.schema.CategoricalFeature.Learnt;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.WeightRule;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

class ListFitTest {
  private static final Columns COLUMNS =
      new Columns(
          List.of(
              new Columns.Column("genres", ColumnType.TEXT),
              new Columns.Column("genre", ColumnType.TEXT)));

  private static CategoricalFeature value(String name, int dim, IdRule ids) {
    return new CategoricalFeature(name, name, Optional.empty(), "genre", dim, ids);
  }

  private static MultiCategoricalFeature list(int maxLength, int dim, IdRule ids) {
    return new MultiCategoricalFeature(
        value("genres", dim, ids), new ListRule("|", maxLength, ListRule.Keep.FIRST), Pooling.MEAN);
  }

  /** One whose missing marker is "?". */
  private static BatchSource source() {
    return new BatchSource() {
      @Override
      public Columns columns() {
        return COLUMNS;
      }

      @Override
      public Set<String> missing(String column) {
        return Set.of("?");
      }

      @Override
      public RawCursor open() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String fingerprint() {
        throw new UnsupportedOperationException();
      }
    };
  }

  private static FeatureFitter observed(List<FeatureSpec> specs, String... genres) {
    FeatureFitter fitter = new FeatureFitter(specs, source());
    String[] single = new String[genres.length];
    single[0] = "a";
    RawBatch rows =
        new RawBatch(COLUMNS, genres.length, 0, List.of(genres, single), row -> "row " + row);
    fitter.observe(rows);
    return fitter;
  }

  @Test
  void valuesCountOneByOneAndTogetherWithThoseOfTheirTable() {
    FeatureFitter fitter =
        observed(
            List.of(list(9, 2, new Learnt(1)), value("genre", 2, new Learnt(1))),
            "b|c",
            null,
            "c|a|c|?",
            "d");
    var fitted = fitter.fit();
    FittedList genres = (FittedList) fitted.get(0);
    assertThat(genres.values().vocabulary().orElseThrow().tokens())
        .containsExactly("c", "a", "b", "d");
    assertThat(((FittedCategorical) fitted.get(1)).vocabulary())
        .isEqualTo(genres.values().vocabulary());
    assertThat(genres.ids("d|x| c")).containsExactly(5, 1, 2, -1);
    assertThat(genres.ids("a|?|c")).containsExactly(3, -1, 2, -1);
    assertThat(genres.ids(null)).containsOnly(-1);
  }

  @Test
  void lengthIsThatOfTheLongestListUpToTheLimit() {
    assertThat(
            ((FittedList) observed(List.of(list(9, 2, new Hashed(5))), "a", "b|c").fit().get(0))
                .length())
        .isEqualTo(2);
    FittedList cut =
        (FittedList) observed(List.of(list(2, 2, new Learnt(1))), "a|b|c").fit().get(0);
    assertThat(cut.length()).isEqualTo(2);
    assertThat(cut.values().vocabulary().orElseThrow().tokens()).containsExactly("a", "b");
  }

  private static MultiCategoricalFeature weighted() {
    MultiCategoricalFeature plain = list(9, 2, new Learnt(1));
    return new MultiCategoricalFeature(
        plain.value(), plain.list(), plain.pooling(), Optional.of(new WeightRule(":")));
  }

  @Test
  void weightsArePartOfNoValue() {
    FittedList genres =
        (FittedList) observed(List.of(weighted()), "b:2|c: .5", "c|:7|? : 1").fit().get(0);
    assertThat(genres.values().vocabulary().orElseThrow().tokens()).containsExactly("c", "b");
    List<String> texts = genres.texts("c:3|?:4|b|:5");
    int[] ids = genres.idsOf(texts);
    assertThat(ids).containsExactly(2, -1, 3);
    assertThat(genres.weights(texts, ids)).containsExactly(3, 0, 1);
  }

  @Test
  void weightThatIsNoneIsRefusedWithItsPlace() {
    MtlException failure =
        catchThrowableOfType(
            MtlException.class, () -> observed(List.of(weighted()), "b:2", "c|a:much"));
    assertThat(failure.problems())
        .containsExactly(
            new Problem(
                ErrorCode.DATA_VALUE,
                "row 1",
                "The column \"genres\" has the value \"a:much\": expected a weight from 0 to 3.4e38"
                    + " behind its last \":\", or nothing.",
                "Mend the weight, leave such rows out by data.where, or take another"
                    + " weight_separator if the character is part of the values."));
  }

  @Test
  void columnWithoutAnyValueIsWarnedOf() {
    FeatureFitter fitter = observed(List.of(list(9, 2, new Learnt(1))), null, "|", " ");
    assertThat(((FittedList) fitter.fit().get(0)).length()).isEqualTo(1);
    assertThat(fitter.warnings())
        .containsExactly(
            "features.genres: the column \"genres\" has no value in any training row; it tells a"
                + " model nothing.");
  }

  @Test
  void sharedTableHasOneWidth() {
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () ->
                new FeatureFitter(
                    List.of(value("genre", 4, new Learnt(1)), list(9, 2, new Learnt(1))),
                    source()));
    assertThat(failure.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.where()).isEqualTo("features.genres");
              assertThat(problem.what())
                  .isEqualTo(
                      "Expected dim 4 and ids a vocabulary of min_count 1, as feature \"genre\" has"
                          + " of the same table \"genre\", found dim 2 and ids a vocabulary of"
                          + " min_count 1.");
            });
  }
}
