package org.mtl4j.experiment.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.config.ConfigFile;

class SpaceTest {
  private static Space space(String method, String... keys) {
    return Space.of(
        ConfigFile.parse(
            "objective: click/auc\nmethod: {type: %s}\nspace:\n  %s\n"
                .formatted(method, String.join("\n  ", keys)),
            "space.yaml"));
  }

  private static List<String> drawn(Space space, String key, int trials) {
    return space.trials(trials).stream().map(trial -> trial.spelt(key)).toList();
  }

  @Test
  void aTrialsValuesFollowFromItsNumberAndTheKeyAlone() {
    List<String> few = drawn(space("random", "lr: {from: 0.1, to: 1}"), "lr", 3);
    assertThat(few).doesNotHaveDuplicates().hasSize(3);
    List<String> more =
        drawn(space("halving", "x: {values: [a, b]}", "lr: {from: 0.1, to: 1}"), "lr", 20);
    assertThat(more).startsWith(few.toArray(String[]::new)).hasSize(20);
  }

  @Test
  void aGridHasAllCombinationsTheLastKeyFastest() {
    Space space =
        space("grid", "m: {values: [[64], [128, 64]]}", "e: {from: 1, to: 3, integer: true}");
    assertThat(space.trials(1).stream().map(t -> t.spelt("m") + t.spelt("e")))
        .containsExactly("[64]1", "[64]2", "[64]3", "[128, 64]1", "[128, 64]2", "[128, 64]3");
  }

  @Test
  void noTrialComesTwice() {
    Space space = space("random", "a: {values: [1, 2, 2]}", "b: {from: 1, to: 3, integer: true}");
    assertThat(space.trials(50)).hasSize(6).extracting(Trial::values).doesNotHaveDuplicates();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsPlace() {
    assertThatThrownBy(
            () ->
                space(
                    "random",
                    "a: {from: 1}",
                    "b: {values: [1], to: 3}",
                    "c: {values: []}",
                    "d: {form: 1}"))
        .hasMessageContaining("space.a (space.yaml:4:3)")
        .hasMessageContaining("found only from")
        .hasMessageContaining("found both")
        .hasMessageContaining("Expected at least one, found none")
        .hasMessageContaining("Did you mean \"from\"?");
    assertThatThrownBy(() -> space("grid", "lr: {from: 0.1, to: 1}"))
        .hasMessageContaining("space.lr (space.yaml:4:3)");
    assertThatThrownBy(() -> space("random", "training.threads: {values: [1]}"))
        .hasMessageContaining("training.threads");
    assertThatThrownBy(() -> space("halving", "training.epochs: {values: [1]}"))
        .hasMessageContaining("training.epochs");
  }
}
