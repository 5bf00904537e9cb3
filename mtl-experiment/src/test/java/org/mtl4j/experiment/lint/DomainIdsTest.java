package org.mtl4j.experiment.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.data.union.IdScope;

/** Two domains that count their users from 0: nothing that a check finds is of one user. */
class DomainIdsTest {
  private static final int USERS = 400;
  private static final Columns COLUMNS =
      new Columns(
          List.of(
              new Columns.Column("domain", ColumnType.TEXT),
              new Columns.Column("user", ColumnType.NUMBER),
              new Columns.Column("city", ColumnType.TEXT),
              new Columns.Column("ts", ColumnType.NUMBER)));

  /** Each user has two rows of a domain, with the city of that domain, at the same two times. */
  private static RawBatch rows(String domain) {
    String[] domains = new String[2 * USERS];
    double[] users = new double[2 * USERS];
    String[] cities = new String[2 * USERS];
    double[] times = new double[2 * USERS];
    for (int row = 0; row < 2 * USERS; row++) {
      int user = row / 2;
      domains[row] = domain;
      users[row] = user;
      cities[row] = domain + user % 7;
      times[row] = 1_700_000_000 + row;
    }
    return new RawBatch(
        COLUMNS, 2 * USERS, 0, List.of(domains, users, cities, times), row -> "row " + row);
  }

  private static LintSubject subject(Set<String> shared) {
    return new LintSubject(
        COLUMNS,
        List.of(feature("user"), feature("city")),
        List.of(),
        List.of(),
        new LintSubject.Data(
            Map.of(),
            new SplitRule.Random(.1, .1),
            List.of(),
            new IdScope(Optional.of("domain"), shared),
            LintSubject.Items.NONE));
  }

  private static CategoricalFeature feature(String name) {
    return new CategoricalFeature(
        name, name, Optional.of(FeatureGroup.USER), name, 2, new CategoricalFeature.Hashed(16));
  }

  @Test
  void attributesContradictEachOtherWithinADomainOnly() {
    assertThat(attributes(Set.of())).isEmpty();
    assertThat(attributes(Set.of("user")))
        .singleElement()
        .extracting(Finding::evidence)
        .asString()
        .startsWith("It differs between training rows of one \"user\" for 400 of the 400");
  }

  private static List<Finding> attributes(Set<String> shared) {
    LintCheck check = new ContradictoryAttributes("CHECK", subject(shared));
    check.observe(Split.TRAIN, rows("us"));
    check.observe(Split.TRAIN, rows("de"));
    return check.findings();
  }

  @Test
  void momentIsAUsersInADomainOnly() {
    assertThat(overlap(Set.of())).isEmpty();
    assertThat(overlap(Set.of("user")))
        .singleElement()
        .extracting(Finding::evidence)
        .asString()
        .startsWith("800 of 800 validation and test rows (100.0 %) have the \"user\" and \"ts\"");
  }

  private static List<Finding> overlap(Set<String> shared) {
    LintCheck check = new SplitOverlap("CHECK", subject(shared));
    check.observe(Split.TRAIN, rows("us"));
    check.observe(Split.TEST, rows("de"));
    return check.findings();
  }
}
