package org.mtl4j.data.union;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

class IdScopeTest {
  private static final Columns COLUMNS =
      Columns.of(ColumnType.UNTYPED, List.of("domain", "user", "page"));
  private static final RawBatch ROWS =
      new RawBatch(
          COLUMNS,
          4,
          0,
          List.of(
              new String[] {"us", "de", "u", "us"},
              new String[] {"7", "7", "s=7", null},
              new String[] {"home", "home", "help", "help"}),
          row -> "row " + row);

  private static String[] ids(IdScope scope, String column, Columns columns) {
    ScopedIds ids = scope.bind(column, columns);
    return new String[] {ids.of(ROWS, 0), ids.of(ROWS, 1), ids.of(ROWS, 2), ids.of(ROWS, 3)};
  }

  @Test
  void idsAreTheirDomainsUnlessTheyAreShared() {
    IdScope scope = new IdScope(Optional.of("domain"), Set.of("page"));
    String[] users = ids(scope, "user", COLUMNS);
    assertThat(users).doesNotHaveDuplicates();
    assertThat(users[3]).isNull();
    assertThat(ids(scope, "page", COLUMNS)).containsExactly("home", "home", "help", "help");
    assertThat(ids(IdScope.WHOLE, "user", COLUMNS)).containsExactly("7", "7", "s=7", null);
  }

  @Test
  void rowsWithoutTheDomainsColumnAreOfOne() {
    IdScope scope = new IdScope(Optional.of("shop"), Set.of());
    assertThat(ids(scope, "user", COLUMNS)).containsExactly("7", "7", "s=7", null);
  }

  @Test
  void sharedColumnThatIsNotThereIsNamed() {
    new IdScope(Optional.of("domain"), Set.of("page", "user")).check(COLUMNS);
    assertThatThrownBy(() -> new IdScope(Optional.of("domain"), Set.of("pages")).check(COLUMNS))
        .hasMessage(
            "data.source.shared_ids: The source has no column \"pages\". Did you mean \"page\"?");
  }
}
