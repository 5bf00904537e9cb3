package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.union.IdScope;

class GroupsTest {
  private static final Columns COLUMNS = Columns.of(ColumnType.UNTYPED, List.of("user"));

  @Test
  void aValueHasItsNumberInEveryBlockAndRowsWithoutOneAreAlone() {
    Groups groups = groups("evaluation.group_by", 1_000_000);
    assertThat(groups.of(rows("ann", null, "bob", "ann", null)))
        .hasValueSatisfying(numbers -> assertThat(numbers).containsExactly(0, 1, 2, 0, 3));
    assertThat(groups.of(rows("bob", "cid")))
        .hasValueSatisfying(numbers -> assertThat(numbers).containsExactly(2, 4));
  }

  @Test
  void equalIdsOfTwoDomainsAreTwoGroupsUnlessTheyAreShared() {
    Columns columns = Columns.of(ColumnType.TEXT, List.of("domain", "user"));
    String[] domains = {"us", "de", "us", "de"};
    String[] users = {"7", "7", "8", "7"};
    RawBatch rows = new RawBatch(columns, 4, 0, List.of(domains, users), row -> "row " + row);
    Optional<String> user = Optional.of("user");
    IdScope apart = new IdScope(Optional.of("domain"), Set.of());
    assertThat(Groups.of(user, columns, apart).of(rows))
        .hasValueSatisfying(numbers -> assertThat(numbers).containsExactly(0, 1, 2, 1));
    IdScope shared = new IdScope(Optional.of("domain"), Set.of("user"));
    assertThat(Groups.of(user, columns, shared).of(rows))
        .hasValueSatisfying(numbers -> assertThat(numbers).containsExactly(0, 0, 1, 0));
  }

  /** A value is reckoned at 104 bytes and 2 a character. */
  @Test
  void valuesThatTheShareOfTheHeapCannotHoldAreRefused() {
    String key = "evaluation.group_by";
    assertThat(groups(key, 440).of(rows("ann", "bob", "ann"))).isPresent();
    MtlException error =
        catchThrowableOfType(
            MtlException.class, () -> groups(key, 438).of(rows("ann", "bob", "ann")));
    assertThat(error.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(error)
        .hasMessageStartingWith(
            "evaluation.group_by: Expected what fits into 50 % of the heap, 0.0 MB; found that"
                + " numbering 2 different groups takes more. Leave group_by out, or group by a"
                + " column of fewer values.");
  }

  @Test
  void anOptionThatNamesTheColumnIsNamed() {
    assertThatThrownBy(() -> groups("--group", 438).of(rows("ann", "bob")))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            "--group: Expected what fits into 50 % of the heap, 0.0 MB; found that numbering 2"
                + " different groups takes more. Leave --group out, or group by a column of fewer"
                + " values. Or give Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere.");
  }

  private static Groups groups(String key, long heap) {
    return Groups.of(Optional.of("user"), COLUMNS, IdScope.WHOLE, key, new HeapShare(0.5, heap));
  }

  private static RawBatch rows(String... users) {
    return new RawBatch(COLUMNS, users.length, 0, List.of((Object) users), row -> "row " + row);
  }
}
