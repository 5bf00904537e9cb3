package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.wiring.MtlServices;

/** Nobody who was there is denied; hardly anybody else is taken for one who was. */
class UserIdsTest {
  private static final int STRANGERS = 2_000;

  private static UserIds.Seen seen(int users, String evaluation) {
    BatchSource rows =
        BatchSource.of(
            () -> IntStream.range(0, users).mapToObj(i -> Map.of("user", "u" + i, "click", i % 2)));
    ExperimentPlan plan =
        MtlServices.standard()
            .read(
                ConfigFile.parse(
                    """
                    name: users
                    data: {source: {type: csv, path: log.csv}}
                    features: {user: {type: categorical}}
                    tasks: {click: {type: binary, label: click}}
                    evaluation: %s
                    """
                        .formatted(evaluation),
                    "users.yaml"));
    UserIds ids = new UserIds(plan, rows.columns());
    try (RawCursor cursor = rows.open()) {
      for (var block = cursor.next(4096); block.isPresent(); block = cursor.next(4096)) {
        ids.observe(block.get());
      }
    }
    return ids.seen();
  }

  private static void check(UserIds.Seen seen, int users) {
    Predicate<String> holding = seen.holding("user");
    for (int user = 0; user < users; user += users / 100) {
      assertThat(holding).accepts("u" + user);
    }
    long taken = IntStream.range(0, STRANGERS).filter(i -> holding.test("stranger " + i)).count();
    assertThat(taken).isLessThan(STRANGERS / 20);
  }

  @Test
  void usersAreFoundAgain() {
    check(seen(1_000, "{group_by: user}"), 1_000);
  }

  @Test
  void manyUsersAreFoundAgain() {
    check(seen(60_000, "{cold: [user]}"), 60_000);
  }

  @Test
  void whereNobodyLookedNobodyCanTell() {
    UserIds.Seen seen = seen(100, "{}");
    assertThat(seen.columns()).isEqualTo(List.of());
    assertThat(seen.holding("user")).accepts("stranger");
  }

  /** A session or a gender that was noted says nothing of who is there. */
  @Test
  void ofAnotherColumnNobodyCanTell() {
    assertThat(seen(100, "{group_by: user}").holding("user_id")).accepts("stranger");
  }
}
